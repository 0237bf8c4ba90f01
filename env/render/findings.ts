import type { Finding } from "../contract/rendered-page.js";
import { decodePng, isUniform, maybeUniform } from "./pixels.js";
import type { Navigation } from "./tab/navigation.js";

/** What is known of a rendered page when its findings are written. */
export interface FindingInput {
  readonly navigation: Pick<Navigation, "console" | "errors" | "blocked">;
  readonly png: Uint8Array;
  readonly viewportWidth: number;
  readonly contentWidth: number;
  readonly contentHeight: number;
  readonly height: number;
}

/** What is worth telling about a page, each in one sentence. */
export async function findingsOf(input: FindingInput): Promise<Finding[]> {
  const { navigation, png, viewportWidth, contentWidth, contentHeight, height } = input;
  const findings: Finding[] = [];
  if (maybeUniform(png) && isUniform(await decodePng(png)))
    findings.push({ kind: "blank", message: "Nothing is painted: the whole page has one colour." });
  if (contentWidth > viewportWidth + 1)
    findings.push({
      kind: "overflow",
      message: `The page is ${contentWidth} px wide in a window of ${viewportWidth} px, so it scrolls sideways.`,
    });
  if (contentHeight > height)
    findings.push({
      kind: "truncated_height",
      message: `The page is ${contentHeight} px tall; only the first ${height} px were rendered.`,
    });
  for (const text of unique(navigation.errors))
    findings.push({ kind: "script_error", message: `Uncaught error: ${text}` });
  for (const { url, type } of unique(navigation.blocked))
    findings.push({
      kind: "blocked_request",
      message: `${type} ${url} was not loaded: pages have no network.`,
    });
  const complaints = navigation.console.filter(
    ({ level, text }) => level === "error" && !/net::ERR_BLOCKED_BY_CLIENT/.test(text),
  );
  for (const { text } of unique(complaints)) findings.push({ kind: "console_error", message: text });
  return findings;
}

/** The first ten different entries. */
function unique<T>(entries: readonly T[]): T[] {
  const seen = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  return [...seen.values()].slice(0, 10);
}
