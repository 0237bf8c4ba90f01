import { SourceMap, type SourceMapPayload } from "node:module";
import type { RenderedPage, RenderOutcome } from "../../contract/rendered-page.js";
import { COMPONENT_FILE } from "./compile.js";
import { buildComponent, type ComponentPage } from "./document.js";
import { type ComponentFailure, FAILURE_MARK, MOUNTED_ATTRIBUTE } from "./prelude.js";

/**
 * Renders a React component. What does not build, throws while it renders or in an effect, or never comes to stand is a
 * failed render with its message and place, whatever was painted. Classes that only the running component puts together are
 * read off the rendered page, and it is rendered again with their styles.
 *
 * `render` renders a document.
 */
export async function renderComponent(
  source: string,
  render: (html: string) => Promise<RenderOutcome>,
): Promise<RenderOutcome> {
  const started = performance.now();
  const failed = (reason: "build_failed" | "script_error", message: string): RenderOutcome => ({
    status: "failed",
    reason,
    message,
    milliseconds: performance.now() - started,
  });
  const build = await buildComponent(source);
  if (build.status === "failed") return failed("build_failed", build.message);
  let { page } = build;
  for (let round = 1; ; round++) {
    const outcome = await render(page.html);
    if (outcome.status !== "rendered") return outcome;
    const failure = failureOf(outcome.page, page);
    if (failure !== null) return failed("script_error", await inWords(failure, source, render));
    const styled = round < MOST_ROUNDS ? await page.withClasses(classesOf(outcome.page)) : null;
    if (styled === null) return outcome;
    if (styled.status === "failed") return failed("build_failed", styled.message);
    page = styled.page;
  }
}

/** A component may show other classes once it is styled, but hardly for ever. */
const MOST_ROUNDS = 3;

/** React's small build gives numbers for its own errors; its large one says them in words. */
async function inWords(
  failure: string,
  source: string,
  render: (html: string) => Promise<RenderOutcome>,
): Promise<string> {
  if (!failure.includes("Minified React error")) return failure;
  const build = await buildComponent(source, "development");
  if (build.status === "failed") return failure;
  const outcome = await render(build.page.html);
  return (outcome.status === "rendered" ? failureOf(outcome.page, build.page) : null) ?? failure;
}

function classesOf({ snapshot }: RenderedPage): Set<string> {
  const classes = new Set<string>();
  for (const { attributes } of snapshot.elements)
    for (const each of (attributes.class ?? "").split(/\s+/)) if (each !== "") classes.add(each);
  return classes;
}

function failureOf(page: RenderedPage, { map }: ComponentPage): string | null {
  const report = page.errors.find((error) => error.startsWith(FAILURE_MARK));
  if (report !== undefined) return describe(report, map);
  if (page.html.includes(` ${MOUNTED_ATTRIBUTE}=""`)) return null;
  const [error] = page.errors;
  return `The component never came to stand on the page${error === undefined ? "." : `: ${error}`}`;
}

function describe(report: string, map: string): string {
  const { message, line, column } = readReport(report.slice(FAILURE_MARK.length));
  const sentence = message.split("\n", 1)[0] ?? message;
  const place = placeOf(map, line, column);
  return `The component failed: ${sentence}${place === null ? "" : ` (${COMPONENT_FILE}, line ${place.line}, column ${place.column})`}`;
}

/** Reads a report of failure. A component can throw a text that begins like one; then the text is the message. */
function readReport(text: string): ComponentFailure {
  const unread = { message: text.slice(0, LONGEST_MESSAGE), line: 0, column: 0 };
  if (text.length > LONGEST_REPORT) return unread;
  try {
    const report: unknown = JSON.parse(text.slice(0, text.lastIndexOf("}") + 1));
    const { message, line, column } = report as Partial<Record<keyof ComponentFailure, unknown>>;
    const isPlace = Number.isSafeInteger(line) && Number.isSafeInteger(column);
    if (typeof message !== "string" || !isPlace) return unread;
    return { message: message.slice(0, LONGEST_MESSAGE), line: Number(line), column: Number(column) };
  } catch {
    return unread;
  }
}

const LONGEST_MESSAGE = 600;
const LONGEST_REPORT = 10_000;

/** Lines of the script that come before the bundle. */
const LINES_BEFORE = 2;

function placeOf(map: string, line: number, column: number): { line: number; column: number } | null {
  if (line <= LINES_BEFORE || map === "") return null;
  const payload = JSON.parse(map) as SourceMapPayload;
  const entry = new SourceMap(payload).findEntry(line - 1 - LINES_BEFORE, column - 1);
  if (!("originalSource" in entry) || !entry.originalSource.endsWith(COMPONENT_FILE)) return null;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
