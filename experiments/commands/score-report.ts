import type { Evaluation } from "../../env/evaluate.js";
import type { Score, Task } from "../../index.js";
import type { JsonObject, JsonValue } from "../../infra/json.js";
import { rounded } from "../explain/evidence-view.js";
import { formulaOf } from "../explain/formula-costs.js";

interface ScoredFile {
  readonly file: string;
  readonly evaluation: Evaluation;
}

/** Scores for people: a row for each part, a column for each answer, then what the parts found. */
export function scoreLines(
  reward: string,
  task: Task,
  scored: readonly ScoredFile[],
  evidence: boolean,
): string[] {
  const [first] = scored;
  if (!first) return [];
  const formula = formulaOf(first.evaluation.scorecard);
  const parts = Object.keys(first.evaluation.scorecard.parts);
  const rows = [
    ["", ...scored.map(({ file }) => file)],
    ...parts.map((part) => [part, ...scored.map(({ evaluation }) => show(evaluation.scorecard.parts[part]))]),
    ["total", ...scored.map(({ evaluation }) => show(evaluation.scorecard.total))],
  ];
  return [
    `${task.id}, scored by ${reward}${formula && formula !== "it" ? `: ${formula}` : ""}`,
    "",
    ...columns(rows),
    ...scored.flatMap(({ file, evaluation }) => notes(file, evaluation, evidence)),
  ];
}

function notes(file: string, evaluation: Evaluation, evidence: boolean): string[] {
  const { scorecard, render, infrastructureError } = evaluation;
  const outcome = infrastructureError ?? (render.status === "rendered" ? undefined : render.message);
  const lines = [
    ...(outcome === undefined ? [] : [`  ${outcome}`]),
    ...(scorecard.total.message && outcome === undefined ? [`  ${scorecard.total.message}`] : []),
    ...(evidence ? Object.entries(scorecard.parts).flatMap(([part, score]) => found(part, score)) : []),
  ];
  return lines.length === 0 ? [] : ["", file, ...lines];
}

/** What one part found: its failed items one a line, everything else as names and values. */
function found(part: string, { evidence, message, value }: Score): string[] {
  const lines = message && value !== null ? [`    ${message}`] : [];
  if (typeof evidence === "object" && evidence !== null && !Array.isArray(evidence)) {
    const { failed, ...rest } = evidence as JsonObject;
    const plain = Object.entries(rest).map(([name, entry]) => `${name} ${text(entry as JsonValue)}`);
    if (plain.length > 0) lines.push(`    ${plain.join(", ")}`);
    if (Array.isArray(failed)) lines.push(...failed.map((item) => `    - ${failure(item)}`));
  } else if (evidence !== undefined) lines.push(`    ${text(evidence)}`);
  return lines.length === 0 ? [] : [`  ${part}`, ...lines];
}

function failure(item: JsonValue): string {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return text(item);
  const { title, points, of, detail } = item as JsonObject;
  if (typeof title !== "string") return text(item);
  return `${title}: ${typeof points === "number" ? Number(points.toFixed(2)) : "–"} of ${of}. ${typeof detail === "string" ? detail : ""}`;
}

/** Longest evidence that is printed in full. */
const LONGEST = 160;

function text(value: JsonValue): string {
  const written = typeof value === "string" ? value : JSON.stringify(rounded(value));
  return written.length > LONGEST ? `${written.slice(0, LONGEST)}… (--json prints all)` : written;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ")}`.trimEnd(),
  );
}

const show = (score: Score | undefined) =>
  score?.value === null || score === undefined ? (score?.status ?? "null") : score.value.toFixed(3);

/** One answer for programs. */
export function scoreJson(task: Task, { file, evaluation }: ScoredFile): JsonValue {
  const { scorecard, render } = evaluation;
  return {
    file,
    task: task.id,
    reward: scorecard.total.value,
    render: render.status,
    ...(scorecard.total.message === undefined ? {} : { message: scorecard.total.message }),
    parts: Object.fromEntries(Object.entries(scorecard.parts).map(([name, score]) => [name, { ...score }])),
  };
}
