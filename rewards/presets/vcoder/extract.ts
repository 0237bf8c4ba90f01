import { pythonStrip, PYTHON_SPACE as S } from "../frontcoder/python-text.js";

const TICKS = "```";
const FENCE = new RegExp(`${TICKS}html${S}*\\n([\\s\\S]*?)${TICKS}`, "u");

/**
 * The page inside the first closed `html` fence whose opening stands on a line of its own (VCoder,
 * `extract_html_from_completion`). Null without one; an empty fence gives an empty page.
 */
export function extractHtml(completion: string): string | null {
  const body = FENCE.exec(completion)?.[1];
  return body === undefined ? null : pythonStrip(body);
}

const COMPLETE = new RegExp(`${TICKS}html${S}*([\\s\\S]*?)${TICKS}`, "u");
const BARE = new RegExp(`${TICKS}${S}*(<!DOCTYPE|<html)([\\s\\S]*?)${TICKS}`, "iu");
const OPEN = new RegExp(`^${TICKS}(?:html)?${S}*([\\s\\S]*)`, "iu");

/** What VCoder's Design2Code run stores for a response: the fenced page, cut-off fences included, else the text. */
export function cleanupResponse(text: string): string {
  const complete = COMPLETE.exec(text)?.[1];
  if (complete !== undefined) return pythonStrip(complete);
  const bare = BARE.exec(text);
  if (bare) return pythonStrip(`${bare[1]}${bare[2]}`);
  return pythonStrip(OPEN.exec(text)?.[1] ?? text);
}

const ANY_FENCE = new RegExp(`${TICKS}(?:html)?${S}*([\\s\\S]*?)${S}*${TICKS}`, "iu");
const LEADING_FENCE = new RegExp(`^${TICKS}(?:html)?${S}*`, "iu");

/** The OpenEnv variant's extraction: closed think sections dropped, then the first fence, else everything. */
export function extractOpenEnvHtml(content: string): string {
  const text = pythonStrip(content.replace(/<think>[\s\S]*?<\/think>/gi, ""));
  const fenced = ANY_FENCE.exec(text)?.[1];
  return pythonStrip(fenced ?? text.replace(LEADING_FENCE, ""));
}

const TURN_FENCE = new RegExp(`^${TICKS}(?:html)?${S}*([\\s\\S]*?)${S}*${TICKS}`, "u");

/** The page in a developer turn of the OpenEnv agents: an `html` parameter of a tool call, a leading fence, or all. */
export function developerHtml(content: string): string {
  if (content.includes("<tool_call>") && /<function=[\p{L}\p{N}_]+>/u.test(content)) {
    const parameters = content.matchAll(
      /<parameter=([\p{L}\p{N}_]+)>([\s\S]*?)(?:<\/parameter>|$(?![\s\S]))/gu,
    );
    const html = [...parameters].filter(([, name]) => name === "html").at(-1)?.[2];
    if (html !== undefined) return pythonStrip(html);
  }
  return TURN_FENCE.exec(content)?.[1] ?? content;
}
