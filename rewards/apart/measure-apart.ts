import type { Score, ScoringContext } from "../../env/contract/scoring.js";
import { scored, unscored } from "../../env/contract/scoring.js";
import { contentOf } from "../../env/render/tab/rendered.js";
import { createSandbox, type Sandbox, type StopReason } from "../../env/sandbox/index.js";
import { PluginError } from "../../infra/errors.js";
import type { AnyReward } from "../reward.js";
import { packContext } from "./context-data.js";
import type { Measured, MeasureInput } from "./jobs.js";
import { type Origin, originOf } from "./origin.js";

/** Pixels, laid-out nodes and characters from which a page is measured apart; what is smaller takes some milliseconds. */
const LARGE = { pixels: 2 ** 21, nodes: 2000, characters: 100_000 };
/** Seconds of processor time that measuring an answer may take. */
const LIMIT = 15;

let workers: Sandbox | undefined;

/** The worker processes in which answers are measured. They know the rewards that this package registers by name. */
function measurers(): Sandbox {
  workers ??= createSandbox({
    module: new URL("./jobs.js", import.meta.url),
    before: [new URL("../index.js", import.meta.url)],
    limit: LIMIT * 1000,
    heapMegabytes: 1024,
    memoryMegabytes: 3072,
  });
  return workers;
}

/** Whether a reward is asked in another process about an answer: where it takes long, or the answer is large, and it can be. */
export function isApart(reward: AnyReward, context: ScoringContext): boolean {
  return originOf(reward) !== undefined && (reward.heavy === true || isLarge(context));
}

function isLarge({ artifact, completion, page }: ScoringContext): boolean {
  if (completion.text.length > LARGE.characters) return true;
  if (artifact.status === "ok" && artifact.artifact.kind === "html")
    if (artifact.artifact.html.length > LARGE.characters) return true;
  if (page === null) return false;
  const pages = [page, ...(page.site?.routes.flatMap((route) => route.page ?? []) ?? [])];
  return pages.some((each) => {
    const { nodes, characters } = contentOf(each);
    return each.width * each.height > LARGE.pixels || nodes > LARGE.nodes || characters > LARGE.characters;
  });
}

interface Asked {
  readonly origin: Origin;
  readonly settle: (measured: Promise<Score | undefined>) => void;
}

/** Asks a reward about a context elsewhere; see `measureApart`. */
export type MeasureApart = (reward: AnyReward, context: ScoringContext) => Promise<Score | undefined>;

/**
 * Has a reward asked in a worker process under a deadline. Undefined when that cannot be done, and it is to be asked here. An answer that
 * cannot be measured within the limits has 0: that is its own doing. Rejects with an InfrastructureError when no worker can be had.
 */
export const measureApart: MeasureApart = measuringIn(measurers);

/** The same in workers of a pool that is opened when it is first needed. */
export function measuringIn(pool: () => Sandbox): MeasureApart {
  /** Rewards asked about a context in this turn of the event loop; they share one job, and what it decodes. */
  const pending = new Map<ScoringContext, Asked[]>();

  async function ask(
    context: Uint8Array,
    rewards: readonly Origin[],
  ): Promise<{ readonly measured: readonly Measured[] } | { readonly stopped: StopReason }> {
    const outcome = await pool().run("measure", { context, rewards } satisfies MeasureInput);
    if (outcome.status === "done") return { measured: outcome.value as Measured[] };
    if (outcome.reason === "threw") throw new PluginError(outcome.message);
    return { stopped: outcome.reason };
  }

  async function askAll(context: ScoringContext, asked: readonly Asked[]): Promise<void> {
    const bytes = packContext(context);
    // A large picture is copied twice on its way, for which the event loop is not held up at a stretch.
    await new Promise((resolve) => setImmediate(resolve));
    const origins = asked.map(({ origin }) => origin);
    const together = bytes === undefined ? undefined : ask(bytes, origins);
    const all = await together?.catch(() => undefined);
    asked.forEach(({ origin, settle }, i) => {
      if (bytes === undefined) settle(Promise.resolve(undefined));
      else if (all === undefined) settle(together?.then(() => undefined) ?? Promise.resolve(undefined));
      else if ("measured" in all) settle(Promise.resolve(scoreOf(all.measured[i])));
      // Who overran is not known; asked alone, each pays for itself.
      else settle(asked.length === 1 ? Promise.resolve(overrun(all.stopped)) : askAlone(bytes, origin));
    });
  }

  async function askAlone(bytes: Uint8Array, origin: Origin): Promise<Score | undefined> {
    const answer = await ask(bytes, [origin]);
    return "measured" in answer ? scoreOf(answer.measured[0]) : overrun(answer.stopped);
  }

  return (reward, context) => {
    const origin = originOf(reward);
    if (origin === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const asked = pending.get(context) ?? [];
      if (asked.length === 0) {
        pending.set(context, asked);
        setImmediate(() => {
          pending.delete(context);
          void askAll(context, asked);
        });
      }
      asked.push({ origin, settle: resolve });
    });
  };
}

function scoreOf(measured: Measured | undefined): Score | undefined {
  if (measured === undefined || measured.unknown) return undefined;
  if (measured.threw !== undefined) return unscored("failed", measured.threw);
  return measured.score;
}

const WHY: Readonly<Record<Exclude<StopReason, "threw">, string>> = {
  deadline: `Measuring the answer took more processor time than it may have, so it was given up.`,
  memory: "Measuring the answer needed more memory than it may have.",
  too_large: "What was measured of the answer is too large.",
  crash: "Measuring the answer broke its process.",
};

function overrun(reason: StopReason): Score {
  return scored(0, { reason: reason === "threw" ? "It threw." : WHY[reason] });
}
