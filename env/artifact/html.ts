import type { ArtifactOutcome, RefusalReason } from "../contract/artifact.js";
import { htmlBlocks } from "./markdown.js";
import { unclosedAtEnd } from "./unclosed.js";

export interface ReadHtmlOptions {
  /** Most UTF-8 bytes a page may have, default 2,000,000. */
  readonly maxBytes?: number;
}

/** Largest page accepted unless told otherwise, in UTF-8 bytes. */
export const MAX_HTML_BYTES = 2_000_000;

/**
 * Reads the page out of what a model wrote. Total: every string gives an artifact or a refusal with its reason.
 *
 * In order:
 * 1. A leading `<think>` block is dropped.
 * 2. Of the fenced blocks tagged `html`, `svg` or `xml`, or untagged and holding markup, the longest counts. A fence
 *    inside the page does not end it.
 * 3. Without such a block: from the first doctype or `<html>` to the last `</html>`.
 * 4. Without a document: from the first tag to the last, as a fragment. Fragments are wrapped in a minimal page.
 *
 * A document without `</html>` and `</body>`, an unclosed fence, or a text that stops inside a tag, comment, script or
 * style is `truncated`; an unclosed tag, comment, script or style that swallows a present `</html>` is `malformed`.
 *
 * @example
 * readHtml("Here you are:\n```html\n<h1>Hello</h1>\n```"); // { status: "ok", artifact: { kind: "html", html: "<!doctype html>..." } }
 */
export function readHtml(text: string, { maxBytes = MAX_HTML_BYTES }: ReadHtmlOptions = {}): ArtifactOutcome {
  if (text.trim() === "") return refuse("empty", "The answer is empty; a page was expected.");
  const found = extract(text);
  if ("reason" in found) return refuse(found.reason, found.message);
  const bytes = Buffer.byteLength(found.html);
  if (bytes > maxBytes) {
    return refuse("too_large", `The page has ${bytes} bytes; at most ${maxBytes} are accepted.`);
  }
  return { status: "ok", artifact: { kind: "html", html: found.html } };
}

type Found = { readonly html: string } | { readonly reason: RefusalReason; readonly message: string };

function extract(text: string): Found {
  const answer = text.replace(/^\s*<think>[\s\S]*?<\/think>/i, "");
  if (/^\s*<think>/i.test(answer))
    return { reason: "truncated", message: "The answer stops inside its <think> block." };
  const blocks = htmlBlocks(answer);
  const block = blocks.reduce<(typeof blocks)[number] | undefined>(
    (best, each) => (best === undefined || each.body.length > best.body.length ? each : best),
    undefined,
  );
  const body = (block?.body ?? answer).trim();
  if (body === "") return { reason: "empty", message: "The answer holds an empty code block." };
  const start = body.search(/<!doctype\s+html|<html[\s>]/i);
  if (start < 0) return fragment(body, block !== undefined && !block.closed);
  const page = body.slice(start);
  const end = page.toLowerCase().lastIndexOf("</html>");
  if (end < 0) {
    const open = unclosedAtEnd(page);
    if (open !== undefined)
      return { reason: "truncated", message: `The answer stops inside ${open}, before </html>.` };
    const explicit = /<html[\s>]/i.test(page);
    if ((explicit && !/<\/body>\s*$/i.test(page)) || block?.closed === false)
      return { reason: "truncated", message: "The answer opens a document but stops before </html>." };
    return { html: page };
  }
  const html = page.slice(0, end + "</html>".length);
  const swallowed = unclosedAtEnd(html);
  if (swallowed !== undefined)
    return { reason: "malformed", message: `The page never closes ${swallowed}, which swallows its end.` };
  return { html };
}

function fragment(text: string, cut: boolean): Found {
  const start = text.search(/<[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/i);
  if (start < 0) {
    if (/^<[a-z][a-z0-9-]*\s[^>]*$/i.test(text.slice(text.lastIndexOf("<"))))
      return { reason: "truncated", message: "The answer stops inside its first tag." };
    return { reason: "no_html", message: "The answer holds no HTML: no code block, document or tag." };
  }
  const markup = text.slice(start);
  const open = unclosedAtEnd(markup);
  if (open !== undefined) return { reason: "truncated", message: `The answer stops inside ${open}.` };
  if (cut) return { reason: "truncated", message: "The answer stops before its code block is closed." };
  const html = markup.slice(0, markup.lastIndexOf(">") + 1);
  return { html: wrapFragment(html) };
}

/** A minimal page around a fragment. */
export function wrapFragment(fragment: string): string {
  return `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title></title></head>\n<body>\n${fragment}\n</body>\n</html>`;
}

function refuse(reason: RefusalReason, message: string): ArtifactOutcome {
  return { status: "refused", kind: "html", refusal: { reason, message } };
}
