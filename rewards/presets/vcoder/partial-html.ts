import { parseSoup } from "../../metrics/tree/soup.js";
import { serializeSoup } from "../../metrics/tree/soup-serialize.js";
import { BLANKS, strip } from "../../upstream/python-text.js";

const TICKS = "```";
const FENCE = new RegExp(`${TICKS}(?:html)?[${BLANKS}]*`, "iu");
const FENCE_END = new RegExp(`[${BLANKS}]*${TICKS}[${BLANKS}]*$`, "u");

/**
 * A page that can be shown while it is still being written (VCoder's streaming demo): think sections dropped, the text after
 * the fence, an open style block and open elements closed. Empty while there is nothing to show.
 */
export function fixPartialHtml(raw: string): string {
  const text = raw.replace(/<think>[\s\S]*?<\/think>/g, "");
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
  const fence = FENCE.exec(text);
  if (fence) return text.slice(fence.index + fence[0].length).replace(FENCE_END, "");
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
