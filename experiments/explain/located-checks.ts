import type { Query } from "../../env/contract/probe.js";
import type { Box, TextRun } from "../../env/contract/rendered-page.js";
import type { ChecklistItem, Probe, RenderedPage } from "../../index.js";

/** A checklist item that was not fully met. */
export interface FailedCheck {
  readonly id: number;
  readonly title: string;
  readonly points: number;
  readonly of: number;
  readonly detail: string;
  /** Where the answer has what the check is about; null when it is nowhere. */
  readonly own: Box | null;
  /** Where the reference has it. */
  readonly wanted: Box | null;
}

/** The items a page failed, each with its place on the page and on the reference as far as it has one. */
export function failedChecks(
  checklist: readonly ChecklistItem[],
  page: RenderedPage,
  reference: RenderedPage | null,
): FailedCheck[] {
  const probed = checklist.filter(({ probe }) => probe);
  return probed.flatMap((item, i) => {
    const result = page.probes[i];
    if (!result || result.score === null || result.score >= 1) return [];
    const named = quotedIn(result.detail);
    const nowhere = [page, reference].every((where) => where === null || placeOf(named, where) === null);
    const texts = nowhere ? textsOfProbe(item.probe as Probe) : named;
    return [
      {
        id: item.id,
        title: item.title,
        points: result.score * item.maxScore,
        of: item.maxScore,
        detail: result.detail,
        own: placeOf(texts, page),
        wanted: reference ? placeOf(texts, reference) : null,
      },
    ];
  });
}

/** The texts that a probe's result names: what is missing, what was found instead. */
const quotedIn = (detail: string): string[] =>
  [...detail.matchAll(/"([^"]+)"/g)].map(([, text]) => text as string);

/** The texts a probe looks for. */
function textsOfProbe(probe: Probe): string[] {
  switch (probe.kind) {
    case "all":
      return probe.of.flatMap(textsOfProbe);
    case "click":
      return [...textsOfQuery(probe.query), ...probe.expect.flatMap(textsOfProbe)];
    case "quality":
      return probe.subjects.flatMap(textsOfQuery);
    case "columns":
    case "order":
      return probe.queries.flatMap(textsOfQuery);
    case "groups":
      return probe.groups.flat();
    case "table":
      return probe.rows.flat();
    case "text":
      return [probe.equals, ...textsOfQuery(probe.query)];
    case "sequence":
      return [...probe.equals, ...textsOfQuery(probe.query)];
    default:
      return "query" in probe && probe.query ? textsOfQuery(probe.query) : [];
  }
}

const textsOfQuery = ({ text, like, includes, name }: Query): string[] =>
  [text, like, includes, name].filter((value) => value !== undefined);

/** The lines of the first text that stands on the page; null when none does. */
function placeOf(texts: readonly string[], { snapshot }: RenderedPage): Box | null {
  for (const text of texts) {
    const lines = linesOf(flatten(text), snapshot.texts);
    if (lines.length > 0) return lines.reduce(union);
  }
  return null;
}

/** Runs of one element that make up the text or hold it. */
function linesOf(text: string, runs: readonly TextRun[]): Box[] {
  if (text === "") return [];
  const whole =
    runs.find((run) => flatten(run.text) === text) ?? runs.find((run) => holds(flatten(run.text), text));
  if (whole) return [whole.box];
  const elements = new Set(runs.map(({ element }) => element));
  for (const element of elements) {
    const own = runs.filter((run) => run.element === element);
    if (holds(flatten(own.map((run) => run.text).join(" ")), text)) return own.map(({ box }) => box);
  }
  return [];
}

/** Whether whole words of a text make up another: "day" is in "the day after", not in "today". */
const holds = (text: string, words: string) =>
  ` ${text.replace(/[.,:;!?]/g, "")} `.includes(` ${words.replace(/[.,:;!?]/g, "")} `);

function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  return { x, y, width: right - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

const flatten = (text: string) => text.replace(/\s+/g, " ").trim().toLowerCase();
