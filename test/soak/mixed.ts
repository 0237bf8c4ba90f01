import { readFileSync } from "node:fs";
import type { RenderOutcome } from "../../env/contract/rendered-page.js";
import { createRenderer } from "../../env/index.js";
import { messageOf } from "../../infra/errors.js";
import { processTree } from "../../infra/processor-time.js";
import { createRandom } from "../../infra/random.js";
import type { SoakAnswer } from "./corpora.js";

export interface MixOptions {
  readonly answers: readonly SoakAnswer[];
  readonly renders: number;
  /** All browsers are killed after so many renders; 0 for never. */
  readonly killEvery: number;
  /** Milliseconds for each render. */
  readonly deadline: number;
  readonly log?: (line: string) => void;
}

export interface MixResult {
  /** Renders by what became of them: `rendered`, the reasons of failures, `no page`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Renders of which nothing came, and ordinary pages that did not render. */
  readonly lost: readonly string[];
  /** Ordinary pages that did not look the same each time. */
  readonly changed: readonly string[];
  readonly kills: number;
  readonly retries: number;
}

const VIEWPORT = { width: 800, height: 600 };

/** Renders hostile and ordinary answers in random order, several at once. Nothing may be lost, and nothing ordinary may change. */
export async function mixedSoak({
  answers,
  renders,
  killEvery,
  deadline,
  log = () => {},
}: MixOptions): Promise<MixResult> {
  const ordinary = answers.filter(({ corpus }) => corpus === "ordinary");
  const hostile = answers.filter(({ corpus }) => corpus !== "ordinary");
  const random = createRandom("mixed soak");
  // Every other one is ordinary, so that each hostile one has an ordinary one beside and after it.
  const order = Array.from({ length: renders }, (_, i) => {
    const list = i % 2 === 0 ? hostile : ordinary;
    return list[Math.floor(i / 2) % list.length] as SoakAnswer;
  });
  const shuffled = random.stream("order").shuffle(order);
  const before = new Set(browsers());
  const renderer = await createRenderer({ deadline, cache: undefined });
  const hashes = new Map<string, string>();
  const [lost, changed]: [string[], string[]] = [[], []];
  const outcomes: Record<string, number> = {};
  let [done, kills, retries] = [0, 0, 0];
  const note = async (answer: SoakAnswer, outcome: RenderOutcome) => {
    const { name, corpus } = answer;
    const became = outcome.status === "failed" ? outcome.reason : outcome.status;
    outcomes[became] = (outcomes[became] ?? 0) + 1;
    if (corpus !== "ordinary") return;
    if (outcome.status !== "rendered") lost.push(`${name}: ${became}`);
    else {
      const hash = await outcome.page.hash();
      if ((hashes.get(name) ?? hash) !== hash) changed.push(name);
      hashes.set(name, hash);
    }
  };
  const one = async (answer: SoakAnswer) => {
    try {
      const artifact = await answer.artifact();
      if (artifact === undefined) outcomes["no page"] = (outcomes["no page"] ?? 0) + 1;
      else {
        const onRetry = () => retries++;
        // An ordinary page has all the time it may need on a busy machine.
        const limit = answer.corpus === "ordinary" ? 60_000 : deadline;
        await note(answer, await renderer.render({ artifact, viewport: VIEWPORT, deadline: limit, onRetry }));
      }
    } catch (error) {
      lost.push(`${answer.corpus}: ${answer.name}: ${messageOf(error)}`);
    }
    done++;
    if (done % 100 === 0)
      log(`${done} of ${renders}, ${lost.length} lost, ${kills} kills, ${retries} retries`);
    if (killEvery > 0 && done % killEvery === 0)
      for (const pid of browsers())
        if (!before.has(pid)) {
          process.kill(pid, "SIGKILL");
          kills++;
        }
  };
  try {
    const underWay = new Set<Promise<void>>();
    for (const answer of shuffled) {
      const work: Promise<void> = one(answer).finally(() => underWay.delete(work));
      underWay.add(work);
      while (underWay.size > renderer.concurrency) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  } finally {
    await renderer.close();
  }
  return { outcomes, lost, changed, kills, retries };
}

/** The browsers this process started. */
function browsers(): number[] {
  return processTree(process.pid).filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "latin1");
      return command.includes("--remote-debugging-pipe") && !command.includes("--type=");
    } catch {
      return false;
    }
  });
}
