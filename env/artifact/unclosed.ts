import { type ErrorCodes, parse } from "parse5";

/** parse5 reports where a text ended too early under these codes; the rest of the code says inside what. */
const INSIDE: Readonly<Record<string, string>> = {
  "eof-before-tag-name": "a tag",
  "eof-in-tag": "a tag",
  "eof-in-comment": "a comment",
  "eof-in-doctype": "the doctype",
  "eof-in-cdata": "a CDATA section",
  "eof-in-script-html-comment-like-text": "a <script>",
  "eof-in-element-that-can-contain-only-text": "a <script>, <style>, <title> or <textarea>",
};

/**
 * What the markup is still inside of when it ends, in words, or undefined when it ends between elements.
 * Elements left open do not count: HTML closes them by itself.
 *
 * @example
 * unclosedAtEnd('<p>Hello <a href="x'); // "a tag"
 */
export function unclosedAtEnd(html: string): string | undefined {
  let inside: string | undefined;
  parse(html, {
    onParseError: ({ code }: { code: ErrorCodes }) => {
      inside ??= INSIDE[code];
    },
  });
  return inside ?? rawTextAtEnd(html);
}

/** An unclosed script or style is no parse error in itself, so it is looked for. */
function rawTextAtEnd(html: string): string | undefined {
  const opening = /<!--[\s\S]*?-->|<(script|style|textarea|title)(?=[\s>/])[^>]*>/gi;
  for (let match = opening.exec(html); match !== null; match = opening.exec(html)) {
    const tag = match[1];
    if (tag === undefined) continue;
    const closing = new RegExp(`</${tag}[\\s/>]`, "gi");
    closing.lastIndex = opening.lastIndex;
    if (closing.exec(html) === null) return `a <${tag.toLowerCase()}>`;
    opening.lastIndex = closing.lastIndex;
  }
  return undefined;
}
