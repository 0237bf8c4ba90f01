import type { RewardContext, Score } from "../../env/contract/scoring.js";
import { pagePicture } from "../../env/render/picture.js";
import type { JobModule } from "../../env/sandbox/index.js";
import { messageOf } from "../../infra/errors.js";
import { unpackContext } from "./context-data.js";
import { type Origin, remake } from "./origin.js";

/** What is measured of one answer in a worker process. */
export interface MeasureInput {
  /** Of `packContext`. */
  readonly context: Uint8Array;
  readonly rewards: readonly Origin[];
}

/** What a reward said; one of the three. */
export interface Measured {
  readonly score?: Score;
  readonly threw?: string;
  /** Nobody in the worker knows how to make it. */
  readonly unknown?: true;
}

async function measure({ context: bytes, rewards }: MeasureInput): Promise<Measured[]> {
  const context = await unpackContext(bytes);
  const own: RewardContext = { ...context, signal: new AbortController().signal };
  const measured: Measured[] = [];
  for (const origin of rewards) {
    const reward = remake(origin);
    if (reward === undefined || !("score" in reward)) measured.push({ unknown: true });
    else
      try {
        measured.push({ score: await reward.score(own) });
      } catch (error) {
        measured.push({ threw: messageOf(error) });
      }
  }
  return measured;
}

/** What is done with rendered answers in worker processes. */
export const jobs: JobModule["jobs"] = { measure };

/** A picture of one pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Has a picture decoded, which loads what decodes pictures. */
export async function prepare(): Promise<void> {
  await pagePicture(Buffer.from(PIXEL, "base64"), "The sample");
}
