import { BLANKS, strip } from "../../metrics/ports/python-text.js";

/** FrontCoder asks for this many scores. */
export const JUDGE_SCORES = 20;
const HIGHEST = 5;

const OPENING_FENCE = new RegExp(`^\`\`\`(?:json)?[${BLANKS}]*`, "u");
const CLOSING_FENCE = new RegExp(`[${BLANKS}]*\`\`\`$`, "u");
const SCORES_OBJECT = new RegExp(`\\{[^{}]*"scores"[${BLANKS}]*:[${BLANKS}]*\\[[^\\]]+\\][^{}]*\\}`, "u");
const LONE_DIGIT = /(?<![\p{L}\p{N}_])[0-5](?![\p{L}\p{N}_])/gu;

/**
 * The twenty scores in a judge's reply, each 0..5, as FrontCoder's released code reads them: the first flat JSON object with
 * "scores" when it has twenty, else the first twenty lone digits of the reply, else (and on any malformed value) zeros.
 * NaN counts as 5 there. Use {@link parseScoresStrictly} to learn that a reply cannot be read.
 */
export function parseScoresAsReleased(reply: string): number[] {
  const zeros = new Array<number>(JUDGE_SCORES).fill(0);
  try {
    const object = SCORES_OBJECT.exec(withoutFence(reply));
    if (object) {
      const scores = parsePythonJson(object[0]).scores;
      if (scores.length >= JUDGE_SCORES) return scores.slice(0, JUDGE_SCORES).map(clampedFloat);
    }
    const digits = reply.match(LONE_DIGIT) ?? [];
    return digits.length >= JUDGE_SCORES ? digits.slice(0, JUDGE_SCORES).map(Number) : zeros;
  } catch {
    return zeros;
  }
}

/** The scores of a reply that is one JSON object with exactly `count` numbers in 0..5; else null. */
export function parseScoresStrictly(reply: string, count: number): number[] | null {
  try {
    const { scores } = JSON.parse(withoutFence(reply)) as { scores?: unknown };
    if (!Array.isArray(scores) || scores.length !== count) return null;
    return scores.every((score) => typeof score === "number" && score >= 0 && score <= HIGHEST)
      ? scores
      : null;
  } catch {
    return null;
  }
}

function withoutFence(reply: string): string {
  const text = strip(reply);
  return text.startsWith("```") ? text.replace(OPENING_FENCE, "").replace(CLOSING_FENCE, "") : text;
}

/** Python's reader also takes NaN and the infinities; all of them end up clamped, so any infinity will do for NaN. */
function parsePythonJson(text: string): { scores: unknown[] } {
  const portable = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) => {
    if (token.startsWith('"')) return token;
    return token.startsWith("-") ? "-1e999" : "1e999";
  });
  return JSON.parse(portable);
}

function clampedFloat(value: unknown): number {
  return Math.max(0, Math.min(HIGHEST, pythonFloat(value)));
}

/** `float(value)` of Python; throws where it throws. */
function pythonFloat(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") throw new TypeError("Not a number.");
  const text = strip(value).replace(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?nan$/i.test(text)) return Number.POSITIVE_INFINITY;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  throw new TypeError("Not a number.");
}
