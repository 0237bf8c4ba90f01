import { expect } from "chai";
import fc from "fast-check";
import { wrapFragment } from "../../../env/artifact/html.js";
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

  it("says what is wrong", () => {
    const said = (text: string, maxBytes?: number) => {
      const outcome = readHtml(text, maxBytes === undefined ? {} : { maxBytes });
      return outcome.status === "refused" ? outcome.refusal.message : "ok";
    };
    expect(said(" ")).to.equal("The answer is empty; a page was expected.");
    expect(said("```html\n```")).to.equal("The answer holds an empty code block.");
    expect(said("<think>x")).to.equal("The answer stops inside its <think> block.");
    expect(said("none")).to.equal("The answer holds no HTML: no code block, document or tag.");
    expect(said("Here: <p class='a")).to.equal("The answer stops inside its first tag.");
    expect(said("a <b")).to.equal("The answer holds no HTML: no code block, document or tag.");
    expect(said("<p>a <b c")).to.equal("The answer stops inside a tag.");
    expect(said("```html\n<p>x</p>")).to.equal("The answer stops before its code block is closed.");
    expect(said("<html><body><p>x")).to.equal("The answer opens a document but stops before </html>.");
    expect(said("<html><style>p {")).to.equal("The answer stops inside a <style>, before </html>.");
    expect(said("<html><!-- </html>")).to.equal("The page never closes a comment, which swallows its end.");
    expect(said("<html>é</html>", 14)).to.equal("The page has 15 bytes; at most 14 are accepted.");
    expect(said("<html>é</html>", 15)).to.equal("ok");
  });

  it("takes a page from its doctype or <html> to its last </html>", () => {
    expect(htmlOf("a <HTML\tlang=en>x</HTML> b </html> c")).to.equal("<HTML\tlang=en>x</HTML> b </html>");
    expect(htmlOf("a <!DOCTYPE  html><p>x</p> c")).to.equal("<!DOCTYPE  html><p>x</p> c");
    expect(htmlOf("<htmlx>a</htmlx> b")).to.contain("<body>\n<htmlx>a</htmlx>\n</body>");
    expect(htmlOf("<html><body>x</body> \n")).to.equal("<html><body>x</body>");
    expect(reasonOf("<html><body>x</body> and")).to.equal("truncated");
    expect(reasonOf("```html\n<!doctype html><p>x</p>")).to.equal("truncated");
    expect(htmlOf("```html\n<!doctype html><p>x</p>\n```")).to.equal("<!doctype html><p>x</p>");
    expect(htmlOf("```html\n<html><p>x</p></html>")).to.equal("<html><p>x</p></html>");
  });

  it("takes a fragment from its first tag to its last", () => {
    const body = (text: string) => /<body>\n([\s\S]*)\n<\/body>/.exec(htmlOf(text) ?? "")?.[1];
    expect(body("Look: <my-tag a='b'>x</my-tag> done")).to.equal("<my-tag a='b'>x</my-tag>");
    expect(body("1 < 2 <br/> 3")).to.equal("<br/>");
    expect(body("x <p >y</p>")).to.equal("<p >y</p>");
    expect(reasonOf("a <1> b")).to.equal("no_html");
    expect(reasonOf("a <p<b c")).to.equal("truncated");
    expect(wrapFragment("<i>x</i>")).to.equal(
      '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title></title></head>\n<body>\n<i>x</i>\n</body>\n</html>',
    );
  });

  it("drops one thought, at the beginning only", () => {
    expect(htmlOf(` \n<THINK>a</THINK>${PAGE}`)).to.equal(PAGE);
    expect(htmlOf("<think>a</think><p>x<think>b</think></p>")).to.contain("<p>x<think>b</think></p>");
    expect(htmlOf("<p>x</p> <think>y")).to.contain("<p>x</p> <think>");
    expect(htmlOf("<p>x <think>y</think></p>")).to.contain("<p>x <think>y</think></p>");
    expect(reasonOf("<think>a</think><think>b")).to.equal("truncated");
    expect(reasonOf("<think>a</think>")).to.equal("empty");
  });
});
