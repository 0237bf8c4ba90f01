import { expect } from "chai";
import fc from "fast-check";
import { readHtml } from "../../../env/artifact/index.js";

const PAGE = '<!doctype html>\n<html lang="en"><head><title>t</title></head><body><h1>Hi</h1></body></html>';

const htmlOf = (text: string) => {
  const outcome = readHtml(text);
  if (outcome.status !== "ok" || outcome.artifact.kind !== "html") return null;
  return outcome.artifact.html;
};
const reasonOf = (text: string) => {
  const outcome = readHtml(text);
  return outcome.status === "refused" ? outcome.refusal.reason : null;
};

describe("reading a page out of an answer", () => {
  it("takes a bare document", () => {
    expect(htmlOf(PAGE)).to.equal(PAGE);
  });

  it("takes the document out of prose", () => {
    expect(htmlOf(`Sure, here it is:\n\n${PAGE}\n\nEnjoy!`)).to.equal(PAGE);
  });

  it("takes a fenced document, whatever the tag's case and the fence's indent", () => {
    expect(htmlOf(`Here:\n\`\`\`html\n${PAGE}\n\`\`\`\nbye`)).to.equal(PAGE);
    expect(htmlOf(`\`\`\`HTML\n${PAGE}\n  \`\`\``)).to.equal(PAGE);
    expect(htmlOf(`~~~\n${PAGE}\n~~~`)).to.equal(PAGE);
    expect(htmlOf(`\`\`\`html\r\n${PAGE.replaceAll("\n", "\r\n")}\r\n\`\`\``)).to.equal(PAGE);
  });

  it("takes the longest of several blocks, and only those with markup", () => {
    const text = `\`\`\`css\n${"a{}".repeat(500)}\n\`\`\`\n\`\`\`html\n<p>1</p>\n\`\`\`\n\`\`\`html\n<p>longer</p>\n\`\`\``;
    expect(htmlOf(text)).to.contain("<p>longer</p>").and.not.contain("<p>1</p>");
  });

  it("does not end a page at a fence shown inside it", () => {
    const page = "<html><body><pre>\n```js\nlet a\n```\n</pre><p>after</p></body></html>";
    expect(htmlOf(`\`\`\`html\n${page}\n\`\`\``)).to.equal(page);
  });

  it("drops a leading thought", () => {
    expect(htmlOf(`<think>maybe <html>?</think>\n${PAGE}`)).to.equal(PAGE);
    expect(reasonOf("<think>still thinking about <p>")).to.equal("truncated");
  });

  it("wraps a fragment in a minimal page", () => {
    expect(htmlOf("<div>only</div>"))
      .to.match(/^<!doctype html>/)
      .and.contain("<div>only</div>");
    expect(htmlOf("```html\n<h1>Hello</h1>\n```")).to.contain("<h1>Hello</h1>");
    expect(htmlOf('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>')).to.contain("<svg");
  });

  it("accepts a document without </html> that ends with </body>, and one that never opens <html>", () => {
    expect(htmlOf("<html><body><p>x</p></body>")).to.equal("<html><body><p>x</p></body>");
    expect(htmlOf("<!doctype html><title>x</title><p>y")).to.equal("<!doctype html><title>x</title><p>y");
  });

  it("refuses with the reason", () => {
    expect(reasonOf("")).to.equal("empty");
    expect(reasonOf("  \n\t")).to.equal("empty");
    expect(reasonOf("```html\n\n```")).to.equal("empty");
    expect(reasonOf("I cannot do that.")).to.equal("no_html");
    expect(reasonOf("a < b and b > c")).to.equal("no_html");
    expect(reasonOf(`<p>${"x".repeat(2_000_000)}</p>`)).to.equal("too_large");
  });

  it("tells an answer that was cut off", () => {
    expect(reasonOf("<!doctype html><html><body><h1>Hi</h1><p>and th")).to.equal("truncated");
    expect(reasonOf('<!doctype html><html><body><a href="htt')).to.equal("truncated");
    expect(reasonOf("<html><head><style>body { color: r")).to.equal("truncated");
    expect(reasonOf("```html\n<div>half")).to.equal("truncated");
    expect(reasonOf("<div>x</div><!-- to be")).to.equal("truncated");
    expect(reasonOf("<div>x</div><script>let a =")).to.equal("truncated");
  });

  it("tells a page that swallows its own end from one that was cut off", () => {
    expect(reasonOf("<html><body><h1>x</h1><script>let a = 1;</body></html>")).to.equal("malformed");
    expect(reasonOf("<html><body><!-- never closed </body></html>")).to.equal("malformed");
  });

  it("speaks in sentences", () => {
    for (const text of ["", "no page", "<html><body><p>", "<html><style></html>"]) {
      const outcome = readHtml(text);
      expect(outcome.status === "refused" && outcome.refusal.message).to.match(/^[A-Z].+\.$/);
    }
  });

  it("is total: any text gives an artifact or a refusal", () => {
    const piece = fc.constantFrom(
      "<html>",
      "</html>",
      "```",
      "```html\n",
      "\n",
      "<p",
      '="',
      "<!--",
      "-->",
      "<script>",
      "x",
      ">",
      "<body>",
      "<think>",
      "~~~",
      "<svg>",
      "&",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "binary" })), { maxLength: 40 }), (pieces) => {
        const outcome = readHtml(pieces.join(""));
        return outcome.status === "ok" || outcome.refusal.message.length > 0;
      }),
      { numRuns: 500 },
    );
  });

  it("stays quick on hostile text", () => {
    const started = performance.now();
    for (const text of [
      "```html\n<html>\n".repeat(20_000),
      "<script>".repeat(20_000),
      "<a ".repeat(50_000),
      "`".repeat(100_000),
      "<html>\n```\n".repeat(30_000),
      "<svg ".repeat(30_000),
    ])
      readHtml(text);
    expect(performance.now() - started).to.be.below(5000);
  });
});
