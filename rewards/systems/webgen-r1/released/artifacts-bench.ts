import { decimal, pythonPattern, strip } from "../../../metrics/ports/python-text.js";

const OVERALL = ["Overall Score", "总体打分"].map((key) =>
  pythonPattern(`"${key}":\\s*"?(\\d+(?:\\.\\d+)?)"?`, "g"),
);

/**
 * ArtifactsBench's reading of a judge's total (`extract_mllm_overall`), as text: the last number after `"Overall Score":`, or
 * after the Chinese key when the English one never matches; of a range the first number. Null when there is none.
 */
export function overallScoreText(reply: string): string | null {
  for (const pattern of OVERALL) {
    const last = [...reply.matchAll(pattern)].at(-1);
    if (last) return last[1] ?? null;
  }
  return null;
}

/** The same as a number of 0 to 100; null when there is none or it is off the scale. */
export function overallScore(reply: string): number | null {
  const text = overallScoreText(reply);
  const value = text === null ? Number.NaN : decimal(text);
  return value >= 0 && value <= 100 ? value : null;
}

/** Last HTML or SVG block of an answer. */
export type LastBlock =
  | { readonly type: "html" | "svg"; readonly content: string }
  | { readonly type: "None"; readonly content: "None" };

/** ArtifactsBench's artifact: the last `<html>...</html>`, else the last `<svg>...</svg>`, in lower case. */
export function lastHtmlOrSvg(text: string): LastBlock {
  for (const type of ["html", "svg"] as const) {
    const block = lastElement(text, type);
    if (block !== null) return { type, content: block };
  }
  return { type: "None", content: "None" };
}

function lastElement(text: string, tag: string): string | null {
  const open = new RegExp(`<${tag}[^>]*>`, "gu");
  const close = `</${tag}>`;
  let last: string | null = null;
  for (let match = open.exec(text); match; match = open.exec(text)) {
    const end = text.indexOf(close, match.index + match[0].length);
    if (end < 0) break;
    last = text.slice(match.index, end + close.length);
    open.lastIndex = end + close.length;
  }
  return last;
}

type Row = Readonly<Record<string, unknown>>;

const firstText = (row: Row, keys: readonly string[]): string => {
  const found = keys.map((key) => row[key]).find((value) => typeof value === "string" && value !== "");
  return typeof found === "string" ? found : "";
};

/** The question of a row: the first of its fields that is not empty. */
export function questionOf(row: Row): string {
  return firstText(row, ["original_question", "question", "input", "prompt"]);
}

/** The answer of a row: the first of its fields that is not empty, from after the last `</think>`, trimmed. */
export function answerOf(row: Row): string {
  return strip(firstText(row, ["model_infer_result", "output", "answer"]).split("</think>").at(-1) ?? "");
}
