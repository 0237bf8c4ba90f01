import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import { scoreOf } from "./probe-html.js";

const HEADLINE: Probe = { kind: "exists", query: { role: "heading", text: "Make better days" } };

const HIDDEN: Record<string, string> = {
  "display: none": "h1{display:none}",
  "visibility: hidden": "h1{visibility:hidden}",
  "opacity: 0": "h1{opacity:0}",
  "opacity of two ancestors": "h1,div{opacity:.4}",
  "filter: opacity(0)": "h1{filter:opacity(0)}",
  "a heavy blur": "h1{filter:blur(20px)}",
  "a mask": "h1{mask-image:linear-gradient(transparent,transparent)}",
  "the background's colour": "h1{color:#fff}",
  "nearly the background's colour": "h1{color:#fdfdfd}",
  "the colour of a box behind it": "div{background:#123456}h1{color:#123456}",
  "a transparent colour": "h1{color:transparent}",
  "a transparent fill": "h1{-webkit-text-fill-color:transparent}",
  "a font of 2 px": "h1{font-size:2px}",
  "a scale of nearly nothing": "h1{transform:scale(.01)}",
  "a place left of the page": "h1{position:absolute;left:-5000px}",
  "a place right of the window": "h1{position:absolute;left:5000px}",
  "a place above the page": "h1{position:absolute;top:-5000px}",
  "a far indent": "h1{text-indent:-5000px}",
  "a box of one pixel": "h1{position:absolute;width:1px;height:1px;overflow:hidden}",
  "a box without height": "div{height:0;overflow:hidden}",
  "an inset clip": "h1{clip-path:inset(50%)}",
  "an old-style clip": "h1{position:absolute;clip:rect(0,0,0,0)}",
  "skipped content": "div{content-visibility:hidden}",
};

const SHOWN: Record<string, string> = {
  "plain text": "",
  "text on a dark box": "div{background:#000}h1{color:#fff}",
  "text filled with a gradient":
    "h1{background:linear-gradient(90deg,#c00,#00c);-webkit-background-clip:text;background-clip:text;color:transparent}",
  "text in a rounded box that hides its overflow": "div{overflow:hidden;border-radius:1rem}",
  "text far down the page": "h1{margin-top:4000px}",
  "text in a harmless clip": "h1{clip-path:inset(0)}",
  "text in capitals": "h1{text-transform:uppercase}",
  "text at a colour of another space": "h1{color:oklch(.4 .1 200)}",
};

const page = (css: string) => `<style>${css}</style><div><h1>Make better days</h1></div>`;

describe("what a probe can see", () => {
  for (const [name, css] of Object.entries(HIDDEN)) {
    it(`does not see text with ${name}`, async () => {
      expect(await scoreOf(page(css), HEADLINE)).to.equal(0);
    });
  }

  for (const [name, css] of Object.entries(SHOWN)) {
    it(`sees ${name}`, async () => {
      expect(await scoreOf(page(css), HEADLINE)).to.equal(1);
    });
  }

  it("does not see what is folded away in details", async () => {
    const html = "<details><summary>Ask</summary><h1>Make better days</h1></details>";
    expect(await scoreOf(html, HEADLINE)).to.equal(0);
    expect(await scoreOf(html.replace("<details>", "<details open>"), HEADLINE)).to.equal(1);
  });

  it("does not see text that stands in closed details without an element of its own", async () => {
    const probe: Probe = { kind: "exists", query: { includes: "Make better days" } };
    const html = "<details><summary>Ask</summary>Make better days</details>";
    expect(await scoreOf(html, probe)).to.equal(0);
    expect(await scoreOf(html.replace("<details>", "<details open>"), probe)).to.equal(1);
  });

  it("does not see text in comments, attributes, scripts or templates", async () => {
    const html = `<!-- <h1>Make better days</h1> --><h1 title="Make better days"></h1>
      <template><h1>Make better days</h1></template><script type="text/plain"><h1>Make better days</h1></script>`;
    expect(await scoreOf(html, HEADLINE)).to.equal(0);
  });
});
