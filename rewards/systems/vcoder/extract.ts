import { BLANK, strip } from "../../metrics/ports/python-text.js";

const TICKS = "```";

/**
 * The page inside the first closed `html` fence whose opening stands on a line of its own (VCoder,
 * `extract_html_from_completion`). Null without one; an empty fence gives an empty page.
 */
export function extractHtml(completion: string): string | null {
  for (let at = completion.indexOf("```html"); at >= 0; at = completion.indexOf("```html", at + 1)) {
    const body = skipBlanks(completion, at + 7);
    if (!completion.slice(at + 7, body).includes("\n")) continue;
    const end = completion.indexOf(TICKS, body);
    return end < 0 ? null : strip(completion.slice(body, end));
  }
  return null;
}

/** What VCoder's Design2Code run stores for a response: the fenced page, cut-off fences included, else the text. */
export function cleanupResponse(text: string): string {
  const open = text.indexOf("```html");
  const close = open < 0 ? -1 : text.indexOf(TICKS, open + 7);
  if (close >= 0) return strip(text.slice(open + 7, close));
  for (let at = text.indexOf(TICKS); at >= 0; at = text.indexOf(TICKS, at + 1)) {
    const page = skipBlanks(text, at + 3);
    const start = /^(?:<!DOCTYPE|<html)/i.exec(text.slice(page, page + 9));
    const end = start ? text.indexOf(TICKS, page + start[0].length) : -1;
    if (end >= 0) return strip(text.slice(page, end));
  }
  return strip(text.startsWith(TICKS) ? text.slice(fenceLength(text, 0)) : text);
}

/** The OpenEnv variant's extraction: closed think sections dropped, then the first fence, else everything. */
export function extractOpenEnvHtml(content: string): string {
  const text = strip(withoutThoughts(content, "gi"));
  const open = text.indexOf(TICKS);
  if (open < 0) return text;
  const body = open + fenceLength(text, open);
  const close = text.indexOf(TICKS, body);
  if (close >= 0) return strip(text.slice(body, close));
  return open === 0 ? strip(text.slice(body)) : text;
}

/** The text without `<think>...</think>`; one that never ends stays. `gi` takes the tags in any case. */
export function withoutThoughts(text: string, flags: "g" | "gi"): string {
  const open = new RegExp("<think>", flags);
  const close = new RegExp("</think>", flags);
  let kept = "";
  let from = 0;
  for (let found = open.exec(text); found; found = open.exec(text)) {
    close.lastIndex = open.lastIndex;
    if (!close.exec(text)) break;
    kept += text.slice(from, found.index);
    from = close.lastIndex;
    open.lastIndex = from;
  }
  return kept + text.slice(from);
}

/** The page in a developer turn of the OpenEnv agents: an `html` parameter of a tool call, a leading fence, or all. */
export function developerHtml(content: string): string {
  if (content.includes("<tool_call>") && /<function=[\p{L}\p{N}_]+>/u.test(content)) {
    const parameters = content.matchAll(
      /<parameter=([\p{L}\p{N}_]+)>([\s\S]*?)(?:<\/parameter>|$(?![\s\S]))/gu,
    );
    const html = [...parameters].filter(([, name]) => name === "html").at(-1)?.[2];
    if (html !== undefined) return strip(html);
  }
  if (!content.startsWith(TICKS)) return content;
  const body = content.startsWith("```html") ? 7 : 3;
  const close = content.indexOf(TICKS, body);
  return close < 0 ? content : strip(content.slice(body, close));
}

/** Length of a fence's opening, with the word html in any case. */
function fenceLength(text: string, at: number): number {
  return /^html/i.test(text.slice(at + 3, at + 7)) ? 7 : 3;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANK.test(text[at] as string)) at++;
  return at;
}
