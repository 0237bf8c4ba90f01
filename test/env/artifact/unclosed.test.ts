import { expect } from "chai";
import fc from "fast-check";
import { parse } from "parse5";
import { unclosedAtEnd } from "../../../env/artifact/unclosed.js";

/** parse5's words for a text that ends too early, and ours; it does not tell which element a text is in. */
const INSIDE: Readonly<Record<string, string>> = {
  "eof-before-tag-name": "a tag",
  "eof-in-tag": "a tag",
  "eof-in-comment": "a comment",
  "eof-in-doctype": "the doctype",
  "eof-in-cdata": "a CDATA section",
  "eof-in-script-html-comment-like-text": "an element of text",
  "eof-in-element-that-can-contain-only-text": "an element of text",
};

function byParse5(html: string): string | undefined {
  let inside: string | undefined;
  parse(html, {
    onParseError: ({ code }) => {
      inside ??= INSIDE[code];
    },
  });
  return inside;
}

const ours = (html: string) => unclosedAtEnd(html)?.replace(/^a <.*>$/, "an element of text");

const SIGNS = [
  "<",
  "</",
  ">",
  "/",
  "=",
  '"',
  "'",
  " ",
  "\n",
  "\t",
  "\f",
  "\r",
  "!",
  "?",
  "a",
  "-",
  "x",
  "\0",
  "&lt;",
];
const COMMENTS = [
  "<!",
  "<!--",
  "--",
  "-->",
  "--!>",
  "->",
  "<?",
  "</ ",
  "<![CDATA[",
  "]]>",
  "<!DOCTYPE html>",
];
const TAGS = ["<p", "<a b", "<a b=", "<a b='", "<p>", "</p>", "<b>"];
const TEXTS = [
  "<script",
  "<script>",
  "</script>",
  "</script",
  "</SCRIPT ",
  "<style>",
  "</style>",
  "<textarea>",
  "</textarea>",
  "<xmp>",
  "</xmp>",
  "<noscript>",
  "</noscript>",
];
const DRAWINGS = ["<svg>", "</svg>", "<svg/>", '<svg><path d=""/>', "<math>", "</math>", "<mi>"];

describe("what markup is inside of when it ends", () => {
  it("is what parse5 says", () => {
    const piece = fc.constantFrom(...SIGNS, ...COMMENTS, ...TAGS, ...TEXTS, "<title>", "</title>");
    const drawing = fc.constantFrom(...SIGNS, ...COMMENTS, ...TAGS, ...TEXTS, ...DRAWINGS);
    for (const pieces of [piece, drawing])
      fc.assert(
        fc.property(fc.array(pieces, { maxLength: 14 }), (all) => {
          const html = all.join("");
          expect(ours(html), JSON.stringify(html)).to.equal(byParse5(html));
        }),
        { numRuns: 5000 },
      );
  });

  it("is named", () => {
    expect(unclosedAtEnd("<p>Hello")).to.equal(undefined);
    expect(unclosedAtEnd('<p>Hello <a href="x')).to.equal("a tag");
    expect(unclosedAtEnd("<style>p {")).to.equal("a <style>");
    expect(unclosedAtEnd("<script><!--<script></script>")).to.equal("a <script>");
    expect(unclosedAtEnd("<!-- a --!><!-- b")).to.equal("a comment");
    expect(unclosedAtEnd("<svg><style>p {")).to.equal(undefined);
    expect(unclosedAtEnd("<svg><foreignObject><style>p {")).to.equal("a <style>");
    expect(unclosedAtEnd("<!DOCTYPE html SYSTEM")).to.equal("the doctype");
  });
});
