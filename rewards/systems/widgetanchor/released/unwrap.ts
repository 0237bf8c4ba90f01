import { BLANK, pythonPattern, stripStart } from "../../../metrics/ports/python-text.js";

/**
 * WidgetAnchor's models sometimes answer with a printed list of message parts, `[{'type': 'text', 'text': '...'}]`. These
 * functions take the text out of it; any other text comes back unchanged.
 */

const TEXT_KEY = pythonPattern(`['"]text['"]:\\s*['"]([^]+)`);
const WHOLE_PART = pythonPattern(`\\[?\\{['"]type['"]:\\s*['"]text['"],\\s*['"]text['"]:\\s*['"]([^]+)`);
/** Cuts what closes the list: blanks, `]`, `}`, blanks and a quote, each of them optional. */
function withoutClosing(text: string): string {
  let end = blanksBefore(text, text.length);
  if (text[end - 1] === "]") end--;
  if (text[end - 1] === "}") end--;
  end = blanksBefore(text, end);
  if (text[end - 1] === "'" || text[end - 1] === '"') end--;
  return text.slice(0, end);
}

function blanksBefore(text: string, end: number): number {
  let start = end;
  while (start > 0 && BLANK.test(text.charAt(start - 1))) start--;
  return start;
}

function unescapeQuotes(text: string): string {
  return text.replaceAll("\\'", "'").replaceAll('\\"', '"').replaceAll("\\n", "\n");
}

/** As inference does: only when the text begins like a list of parts; also turns `\t` into a tab. */
export function unwrapAtInference(text: string): string {
  const head = stripStart(text);
  if (!head.startsWith("[{") && !head.startsWith("{'")) return text;
  const inner = TEXT_KEY.exec(text)?.[1];
  return inner === undefined ? text : unescapeQuotes(withoutClosing(inner)).replaceAll("\\t", "\t");
}

/** As training and the benchmark do: a part of type text anywhere. */
export function unwrapAtTraining(text: string): string {
  const inner = WHOLE_PART.exec(text)?.[1];
  return inner === undefined ? text : withoutClosing(unescapeQuotes(inner));
}
