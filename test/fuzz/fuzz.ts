import { BadFrame } from "../../env/sandbox/frames.js";
import { WebGenError } from "../../infra/errors.js";
import { createRandom } from "../../infra/random.js";
import { Coverage } from "./coverage.js";
import { mutate } from "./mutate.js";
import { type FuzzTarget, WORDS } from "./targets.js";

export interface FuzzOptions {
  /** Seconds of processor time. */
  readonly seconds: number;
  readonly seed: number;
}

/** What came of one target. */
export interface FuzzResult {
  readonly name: string;
  readonly texts: number;
  /** Pieces of code that ran. */
  readonly pieces: number;
  /** Texts kept since they ran something new. */
  readonly corpus: number;
  /** Most processor time of one text, in ms. */
  readonly slowest: number;
  /** What was thrown that has no type of ours, and texts that took longer than they may. */
  readonly findings: readonly { readonly what: string; readonly text: string }[];
}

/** Texts between two looks at the coverage, which cost more than most texts do. */
const BATCH = 20;
/** Most processor time of one text of at most 16,384 characters, in ms. */
const SLOW = 500;

/** Tries texts on a target, keeps those that run code which none ran before, and goes on from them. */
export async function fuzz(
  { name, read, corpus }: FuzzTarget,
  { seconds, seed }: FuzzOptions,
): Promise<FuzzResult> {
  const coverage = new Coverage(/\/dist\/(?:env|rewards|agents|experiments|infra)\//);
  await coverage.start();
  const random = createRandom(seed).stream(name);
  const kept = [...corpus];
  const findings = new Map<string, string>();
  const started = process.cpuUsage().user;
  let [texts, slowest] = [0, 0];
  const attempt = async (text: string) => {
    const before = process.cpuUsage().user;
    texts++;
    try {
      await read(text);
    } catch (error) {
      if (!(error instanceof WebGenError || error instanceof BadFrame))
        findings.set(`threw ${gistOf(error)}`, text);
    }
    const took = (process.cpuUsage().user - before) / 1000;
    slowest = Math.max(slowest, took);
    if (took > SLOW) findings.set("slow", text);
  };
  for (const text of corpus) await attempt(text);
  await coverage.fresh();
  while (process.cpuUsage().user - started < seconds * 1e6) {
    const batch = Array.from({ length: BATCH }, () => mutate(kept, WORDS, random));
    for (const text of batch) await attempt(text);
    if ((await coverage.fresh()) === 0) continue;
    // Which of the batch it was is not known, so all are kept until others push them out.
    kept.push(...batch.filter((text) => text.length < 4096));
    if (kept.length > MOST_KEPT) kept.splice(corpus.length, kept.length - MOST_KEPT);
  }
  coverage.stop();
  const found = [...findings].map(([what, text]) => ({ what, text }));
  return { name, texts, pieces: coverage.pieces, corpus: kept.length, slowest, findings: found };
}

const MOST_KEPT = 2000;

/** What was thrown, without what of the text stands in its message: one defect is one finding. */
function gistOf(error: unknown): string {
  return String(error)
    .replace(/"[^"]*"|'[^']*'|\d+|Unexpected .*/g, "…")
    .slice(0, 120);
}
