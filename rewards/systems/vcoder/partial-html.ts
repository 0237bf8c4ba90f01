import { strip } from "../../metrics/ports/python-text.js";
import { parseSoup } from "../../metrics/ports/soup.js";
import { serializeSoup } from "../../metrics/ports/soup-serialize.js";
import { withoutThoughts } from "./extract.js";

/**
 * A page that can be shown while it is still being written (VCoder's streaming demo): think sections dropped, the text after
 * the fence, an open style block and open elements closed. Empty while there is nothing to show.
 */
export function fixPartialHtml(raw: string): string {
  const text = withoutThoughts(raw, "g");
  if (text.includes("<think>")) return "";
  let html = strip(beginning(strip(text)));
  if (html === "") return "";
  html = closeStyle(html);
  if (!/<!DOCTYPE|<html\b/i.test(html))
    html = `<!DOCTYPE html><html><head></head><body>${html}</body></html>`;
  const soup = parseSoup(html);
  const fixed = soup ? serializeSoup(soup) : html;
  return strip(fixed) === "" ? html : fixed;
}

function beginning(text: string): string {
  const fence = /```(?:html)?/i.exec(text);
  if (fence) {
    const after = strip(text.slice(fence.index + fence[0].length));
    return after.endsWith("```") ? after.slice(0, -3) : after;
  }
  if (!/<!DOCTYPE|<html\b/i.test(text)) return "";
  const lower = text.toLowerCase();
  const starts = ["<!doctype", "<html"].map((mark) => lower.indexOf(mark)).filter((at) => at >= 0);
  return text.slice(Math.min(...starts));
}

/** Balances the braces of a style block that was cut off, and ends it. */
function closeStyle(html: string): string {
  const opened = [...html.matchAll(/<style\b[^>]*>/gi)];
  const last = opened.at(-1);
  if (!last || opened.length <= [...html.matchAll(/<\/style>/gi)].length) return html;
  const css = html.slice(last.index + last[0].length);
  const missing = css.split("{").length - css.split("}").length;
  return `${html}\n${"}".repeat(Math.max(0, missing))}\n</style>`;
}
