import { expect } from "chai";
import { fencedBlocks, htmlBlocks } from "../../../env/artifact/markdown.js";

const bodies = (text: string) => fencedBlocks(text).map(({ body }) => body);

describe("fenced blocks", () => {
  it("have a tag, a body and an end", () => {
    expect(fencedBlocks("Here:\n```TSX\na\nb\n```\nand\n~~~\nc\n~~~\n")).to.deep.equal([
      { tag: "tsx", body: "a\nb", closed: true },
      { tag: "", body: "c", closed: true },
    ]);
    expect(fencedBlocks("```c++ \nx\n```\n``` objective-c\ny\n```").map(({ tag }) => tag)).to.deep.equal([
      "c++",
      "objective-c",
    ]);
    expect(fencedBlocks("```js\nopen")).to.deep.equal([{ tag: "js", body: "open", closed: false }]);
    expect(fencedBlocks("```")).to.deep.equal([{ tag: "", body: "", closed: false }]);
    expect(fencedBlocks("no `fence` ~~here~~")).to.deep.equal([]);
  });

  it("end lines as any system does", () => {
    expect(bodies("```\r\na\r\nb\r\n```\r\n")).to.deep.equal(["a\nb"]);
    expect(bodies("```\ra\rb\r```")).to.deep.equal(["a\nb"]);
  });

  it("may be indented and quoted, and end at a fence at least as long, of the same sign, alone on its line", () => {
    expect(bodies("  ```\na\n   ```  ")).to.deep.equal(["a"]);
    expect(bodies("> ```\na\n```")).to.deep.equal(["a"]);
    expect(bodies(">```\na\n```")).to.deep.equal(["a"]);
    expect(bodies("````\na\n```\nb\n````")).to.deep.equal(["a\n```\nb"]);
    expect(bodies("```\na\n`````")).to.deep.equal(["a"]);
    expect(bodies("```\na\n~~~\nb\n```")).to.deep.equal(["a\n~~~\nb"]);
    expect(bodies("~~~\na\n```\nb\n~~~~")).to.deep.equal(["a\n```\nb"]);
    expect(bodies("```\na\n``` no\nb\n```")).to.deep.equal(["a\n``` no\nb"]);
    expect(bodies("```\na\n```~~~\nb\n```")).to.deep.equal(["a\n```~~~\nb"]);
    expect(bodies("say ```\na\n```")).to.deep.equal([""]);
  });

  it("do not open where code stands in the line", () => {
    expect(bodies("```x``` is code\n```\na\n```")).to.deep.equal(["a"]);
    expect(bodies("``x\n```\na\n```")).to.deep.equal(["a"]);
  });

  it("take in what stands after the tag, and before a closing fence at the end of a page", () => {
    expect(fencedBlocks("```html <p>\nx</p>\n```")).to.deep.equal([
      { tag: "html", body: "<p>\nx</p>", closed: true },
    ]);
    expect(fencedBlocks("```html\n<p>x</p>```\nafter")).to.deep.equal([
      { tag: "html", body: "<p>x</p>", closed: true },
    ]);
    expect(bodies("```html\n<html>\nx</html> rest ```\nafter")).to.deep.equal(["<html>\nx</html> rest "]);
    expect(bodies("```html\n<p>x</p>  ```  \nafter")).to.deep.equal(["<p>x</p>  "]);
    expect(bodies("```html\n<p>x ```\n</p>\n```")).to.deep.equal(["<p>x ```\n</p>"]);
    expect(bodies("````html\n<p>x</p>```\n````")).to.deep.equal(["<p>x</p>```"]);
  });

  it("that hold a document end after it, so that it may show fences", () => {
    const page = "<html>\n```\ncode\n```\n</html>";
    expect(bodies(`\`\`\`html\n${page}\n\`\`\`\n\`\`\`\nnext\n\`\`\``)).to.deep.equal([page, "next"]);
    expect(bodies("```\n<p>\n```\ncode\n```\n</html>\n```")).to.deep.equal(["<p>", "</html>"]);
    expect(bodies("```\n<HTML lang=en>\n```\n</HTML>\n```")).to.deep.equal(["<HTML lang=en>\n```\n</HTML>"]);
    expect(bodies("```\n<htmlx>\n```\n</html>\n```")).to.deep.equal(["<htmlx>", ""]);
    expect(bodies("```\n</html>\n```\n```\nb\n```")).to.deep.equal(["</html>", "b"]);
  });

  it("end at the first fence when their document never ends", () => {
    expect(fencedBlocks("```\n<html>\n```\nb\n```\nc\n```")).to.deep.equal([
      { tag: "", body: "<html>", closed: true },
      { tag: "", body: "c", closed: true },
    ]);
  });

  it("hold markup by their tag, or when untagged by how they begin", () => {
    const block = (tag: string, body: string) => `\`\`\`${tag}\n${body}\n\`\`\`\n`;
    for (const tag of ["html", "htm", "xhtml", "svg", "xml", "HTML"])
      expect(htmlBlocks(block(tag, "x")), tag).to.have.length(1);
    for (const body of ["<p>", "\n  <p>", "<!doctype html>", "<!DOCTYPE", "<!-- c -->", "<A"])
      expect(htmlBlocks(block("", body)), body).to.have.length(1);
    for (const body of ["x", "x <p>", "< p>", "<1", "<!x>", "</p>"])
      expect(htmlBlocks(block("", body)), body).to.deep.equal([]);
    expect(htmlBlocks(block("css", "<p>"))).to.deep.equal([]);
  });
});
