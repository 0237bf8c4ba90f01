import { decimal, pythonPattern } from "../../../metrics/ports/python-text.js";

/** The four dimensions of WidgetAnchor's judge, each 0 to 1. */
export interface DimensionScores {
  readonly layout: number;
  readonly color: number;
  readonly typo: number;
  readonly overall: number;
}

const DIMENSIONS = ["layout", "color", "typo", "overall"] as const;

/** Weights of the dimensions in the total. */
export const DIMENSION_WEIGHTS: DimensionScores = { layout: 0.3, color: 0.3, typo: 0.2, overall: 0.2 };

/** Weighted sum of the dimensions, 0 to 1. */
export function dimensionTotal(scores: DimensionScores): number {
  return DIMENSIONS.reduce((sum, name) => sum + DIMENSION_WEIGHTS[name] * scores[name], 0);
}

const BOXED = /\\?boxed\{([^}]+)\}/u;

/**
 * Reads `\boxed{layout: X, color: Y, typo: Z, overall: W}` (0 to 100 each), or the same pairs anywhere when nothing is
 * boxed; the first number of each counts. With `missing: "zero"`, as published, a dimension without a number is 0; by
 * default such an answer is null, for it says nothing about the page.
 */
export function parseAbsoluteJudgement(
  text: string,
  { missing = "null" }: { readonly missing?: "null" | "zero" } = {},
): DimensionScores | null {
  // Every opening within the part up to the last brace is closed, so that no search runs to the end in vain.
  const source = BOXED.exec(text.slice(0, text.lastIndexOf("}") + 1))?.[1] ?? text;
  const found: Record<string, number> = {};
  for (const name of DIMENSIONS) {
    const number = pythonPattern(`${name}\\s*[:=]\\s*(\\d+(?:\\.\\d+)?)`, "i").exec(source)?.[1];
    if (number === undefined && missing === "null") return null;
    found[name] = number === undefined ? 0 : Math.min(1, decimal(number) / 100);
  }
  return found as unknown as DimensionScores;
}

/** Winner of a meeting of two candidates. */
export type Winner = "A" | "B" | "tie";

/** Judgement of two candidates, read from a judge's answer. */
export interface PairwiseJudgement {
  /** Null when the answer does not give all four scores of the candidate. */
  readonly a: DimensionScores | null;
  readonly b: DimensionScores | null;
  /** Null when the answer names neither a winner nor a tie. */
  readonly winner: Winner | null;
}

/**
 * Reads an answer to "which of A and B is closer": four scores for each candidate, and `\boxed{Candidate A is better}`,
 * `\boxed{Candidate B is better}` or `\boxed{Tie}` within one line. A is looked for before B.
 */
export function parsePairwiseJudgement(text: string): PairwiseJudgement {
  return {
    a: candidateScores(text, "Candidate A"),
    b: candidateScores(text, "Candidate B"),
    winner: boxedIn(text, "A is better") ? "A" : boxedIn(text, "B is better") ? "B" : tie(text),
  };
}

const TIE = pythonPattern("\\btie\\b", "i");

/** A tie when `boxed{`, the word and `}` follow one another within a line and no other brace closes in between. */
function tie(text: string): Winner | null {
  const closed = text.split("\n").flatMap((line) => line.split("}").slice(0, -1));
  return closed.some((part) => TIE.test(afterOpening(part) ?? "")) ? "tie" : null;
}

/** What follows the first `boxed{`; null without one. */
function afterOpening(text: string): string | null {
  const opening = /boxed\{/iu.exec(text);
  return opening && text.slice(opening.index + opening[0].length);
}

/** The first `layout=` after the name, the first `color=` after that, and so on; whole numbers over 100. */
function candidateScores(text: string, name: string): DimensionScores | null {
  const start = new RegExp(name, "iu").exec(text);
  if (!start) return null;
  let at = start.index + start[0].length;
  const found: Record<string, number> = {};
  for (const dimension of DIMENSIONS) {
    const pattern = pythonPattern(`${dimension}\\s*=\\s*(\\d+)`, "gi");
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return null;
    found[dimension] = decimal(match[1] ?? "") / 100;
    at = pattern.lastIndex;
  }
  return found as unknown as DimensionScores;
}

/** True when some line holds `boxed{`, then the words, then `}`. */
function boxedIn(text: string, words: string): boolean {
  return text.split("\n").some((line) => {
    const rest = afterOpening(line);
    if (rest === null) return false;
    const verdict = new RegExp(words, "iu").exec(rest);
    return verdict !== null && rest.includes("}", verdict.index + verdict[0].length);
  });
}
