import type { Winner } from "./judge-answers.js";

/** Asks a judge which of two candidates is closer to the target; null when it could not tell. */
export type Duel = (a: number, b: number) => Promise<Winner | null>;

/** Rules of a tournament. */
export interface TournamentOptions {
  /** Candidates below this programmatic score do not take part. Default 0.3. */
  readonly threshold?: number;
  /** Weight of the programmatic score; the wins have the rest. Default 0.3. */
  readonly programmaticWeight?: number;
  /** Reward of a candidate that did not render. Default -1. */
  readonly failed?: number;
  /**
   * `released`: each pair is judged once, the later candidate as A; a lone survivor has no wins; a judge that fails ends the
   * tournament; a programmatic score below 0 counts as not rendered. `mended` (default): each pair is judged in both
   * orders, a lone survivor counts as winner, and a verdict that could not be had is a tie.
   */
  readonly rules?: "mended" | "released";
}

/** Result of a tournament. */
export interface TournamentResult {
  /** One reward per candidate, in order. */
  readonly rewards: readonly number[];
  /** Wins per candidate, divided by the most wins; null for those that did not take part. */
  readonly wins: readonly (number | null)[];
  /** Verdicts that could not be had. */
  readonly undecided: number;
}

/**
 * WidgetAnchor's round robin: candidates that render and reach the threshold meet in pairs (a win counts 1, a tie 1/2);
 * reward = `w programmatic + (1 - w) wins` for them, `w programmatic` for those filtered out.
 * `scores` are programmatic scores, null where rendering failed.
 */
export async function roundRobin(
  scores: readonly (number | null)[],
  duel: Duel,
  options: TournamentOptions = {},
): Promise<TournamentResult> {
  const { threshold = 0.3, programmaticWeight = 0.3, failed = -1, rules = "mended" } = options;
  const released = rules === "released";
  const pool = [...scores.keys()].filter((i) => scores[i] !== null && scores[i]! >= threshold);
  const meetings: (readonly [number, number])[] = [];
  for (const [later, a] of pool.entries()) {
    for (const b of pool.slice(0, later)) {
      meetings.push([a, b]);
      if (!released) meetings.push([b, a]);
    }
  }
  const verdicts = await Promise.all(
    meetings.map(([a, b]) => (released ? duel(a, b) : duel(a, b).catch(() => null))),
  );
  const wins = new Map(pool.map((i) => [i, 0]));
  const credit = (i: number, points: number) => wins.set(i, wins.get(i)! + points);
  for (const [m, [a, b]] of meetings.entries()) {
    const verdict = verdicts[m];
    credit(a, verdict === "A" ? 1 : verdict === "B" ? 0 : 0.5);
    credit(b, verdict === "B" ? 1 : verdict === "A" ? 0 : 0.5);
  }
  if (!released && pool.length === 1) wins.set(pool[0]!, 1);
  const most = Math.max(0, ...wins.values());
  const share = (i: number) => (most > 0 ? wins.get(i)! / most : wins.get(i)!);
  return {
    rewards: scores.map((score, i) => {
      if (score === null || (released && score < 0)) return failed;
      return programmaticWeight * score + (wins.has(i) ? (1 - programmaticWeight) * share(i) : 0);
    }),
    wins: scores.map((_, i) => (wins.has(i) ? share(i) : null)),
    undecided: verdicts.filter((verdict) => verdict === null).length,
  };
}
