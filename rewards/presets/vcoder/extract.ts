import { BLANKS, strip } from "../../upstream/python-text.js";

const TICKS = "```";
const FENCE = new RegExp(`${TICKS}html[${BLANKS}]*\\n([\\s\\S]*?)${TICKS}`, "u");

/**
 * The page inside the first closed `html` fence whose opening stands on a line of its own (VCoder,
 * `extract_html_from_completion`). Null without one; an empty fence gives an empty page.
 */
export function extractHtml(completion: string): string | null {
  const body = FENCE.exec(completion)?.[1];
  return body === undefined ? null : strip(body);
}

const COMPLETE = new RegExp(`${TICKS}html[${BLANKS}]*([\\s\\S]*?)${TICKS}`, "u");
const BARE = new RegExp(`${TICKS}[${BLANKS}]*(<!DOCTYPE|<html)([\\s\\S]*?)${TICKS}`, "iu");
const OPEN = new RegExp(`^${TICKS}(?:html)?[${BLANKS}]*([\\s\\S]*)`, "iu");

/** What VCoder's Design2Code run stores for a response: the fenced page, cut-off fences included, else the text. */
export function cleanupResponse(text: string): string {
  const complete = COMPLETE.exec(text)?.[1];
  if (complete !== undefined) return strip(complete);
  const bare = BARE.exec(text);
  if (bare) return strip(`${bare[1]}${bare[2]}`);
  return strip(OPEN.exec(text)?.[1] ?? text);
}

const ANY_FENCE = new RegExp(`${TICKS}(?:html)?[${BLANKS}]*([\\s\\S]*?)[${BLANKS}]*${TICKS}`, "iu");
const LEADING_FENCE = new RegExp(`^${TICKS}(?:html)?[${BLANKS}]*`, "iu");

/** The OpenEnv variant's extraction: closed think sections dropped, then the first fence, else everything. */
export function extractOpenEnvHtml(content: string): string {
  const text = strip(content.replace(/<think>[\s\S]*?<\/think>/gi, ""));
  const fenced = ANY_FENCE.exec(text)?.[1];
  return strip(fenced ?? text.replace(LEADING_FENCE, ""));
}

const TURN_FENCE = new RegExp(`^${TICKS}(?:html)?[${BLANKS}]*([\\s\\S]*?)[${BLANKS}]*${TICKS}`, "u");

/** The page in a developer turn of the OpenEnv agents: an `html` parameter of a tool call, a leading fence, or all. */
export function developerHtml(content: string): string {
  if (content.includes("<tool_call>") && /<function=[\p{L}\p{N}_]+>/u.test(content)) {
    const parameters = content.matchAll(
      /<parameter=([\p{L}\p{N}_]+)>([\s\S]*?)(?:<\/parameter>|$(?![\s\S]))/gu,
    );
    const html = [...parameters].filter(([, name]) => name === "html").at(-1)?.[2];
    if (html !== undefined) return strip(html);
  }
  return TURN_FENCE.exec(content)?.[1] ?? content;
}
