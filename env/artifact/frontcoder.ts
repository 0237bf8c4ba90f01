/**
 * The extraction rules of the published FrontCoder reward (`training/rl/reward/html_reward.py`), kept for comparison.
 * The first rule that matches wins; an empty string means that none did.
 *
 * They differ from ours: the first fence counts, not the longest; a fence inside the page ends it; an untagged fence is
 * ignored; a page cut off after an inline icon yields that icon; a fragment without a body yields nothing.
 *
 * @example
 * extractFrontcoder("```html\n<p>x</p>\n```"); // "<p>x</p>"
 */
export function extractFrontcoder(text: string): string {
  if (text.trim() === "") return "";
  const fence = /```(?:html|svg|xml)\s*\n([\s\S]*?)\n```/i.exec(text);
  if (fence) return (fence[1] as string).trim();
  const typed = /<!DOCTYPE\s+html[^>]*>[\s\S]*?<\/html>/i.exec(text);
  if (typed) return typed[0].trim();
  const document = /<html[^>]*>[\s\S]*?<\/html>/i.exec(text);
  if (document) return document[0].trim();
  const drawing = /<svg[^>]*>[\s\S]*?<\/svg>/i.exec(text);
  if (drawing) return minimalPage(CENTRED_BODY, drawing[0]);
  const body = /<body[^>]*>([\s\S]*?)<\/body>/i.exec(text);
  if (body) return minimalPage("<body>", (body[1] as string).trim());
  return "";
}

const CENTRED_BODY =
  '<body style="margin:0;padding:0;display:flex;justify-content:center;align-items:center;min-height:100vh;">';

function minimalPage(body: string, content: string): string {
  return `<!DOCTYPE html>\n<html>\n<head><meta charset="UTF-8"></head>\n${body}\n${content}\n</body>\n</html>`;
}
