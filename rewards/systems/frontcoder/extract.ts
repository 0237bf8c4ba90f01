import { BLANKS, strip } from "../../metrics/ports/python-text.js";

const FENCE = new RegExp(`\`\`\`(?:html|svg|xml)[${BLANKS}]*\\n([\\s\\S]*?)\\n\`\`\``, "iu");
const DOCTYPE = new RegExp(`<!DOCTYPE[${BLANKS}]+html[^>]*>[\\s\\S]*?</html>`, "iu");
const HTML = /<html[^>]*>[\s\S]*?<\/html>/iu;
const SVG = /<svg[^>]*>[\s\S]*?<\/svg>/iu;
const BODY = /<body[^>]*>([\s\S]*?)<\/body>/iu;
const CENTRED = "margin:0;padding:0;display:flex;justify-content:center;align-items:center;min-height:100vh;";

/**
 * The page in a completion as FrontCoder's released reward finds it; "" when there is none. The first rule that matches
 * wins: a fence marked html, svg or xml (even an empty one); a document from its doctype; an html element; an svg in a page of
 * its own; the content of a body. It keeps upstream's traps: the first fence counts, a fence inside the page ends it, and a
 * truncated page with a complete icon becomes that icon.
 */
export function extractHtml(text: string): string {
  if (strip(text) === "") return "";
  const fence = FENCE.exec(text);
  if (fence) return strip(fence[1]!);
  const document = DOCTYPE.exec(text) ?? HTML.exec(text);
  if (document) return strip(document[0]);
  const svg = SVG.exec(text);
  if (svg) return page(` style="${CENTRED}"`, `\n${svg[0]}\n`);
  const body = BODY.exec(text);
  return body ? page("", strip(body[1]!)) : "";
}

function page(attributes: string, content: string): string {
  return `<!DOCTYPE html>\n<html>\n<head><meta charset="UTF-8"></head>\n<body${attributes}>${content}</body>\n</html>`;
}
