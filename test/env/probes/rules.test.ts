import { expect } from "chai";
import type { Probe, Query, Rule } from "../../../env/contract/probe.js";
import { scoreOf, scoresOf } from "./probe-html.js";

const quality = (rule: Rule, ...subjects: Query[]): Probe => ({ kind: "quality", rule, subjects });
const text = (words: string): Query => ({ text: words });

describe("rules of quality", () => {
  it("count only for content that is there", async () => {
    const subjects = [text("Here"), text("Not here")];
    const rules: Rule[] = ["contrast", "fits", "legible", "uncovered"];
    const scores = await scoresOf(
      "<p>Here</p>",
      rules.map((rule) => quality(rule, ...subjects)),
    );
    expect(scores).to.deep.equal([0.5, 0.5, 0.5, 0.5]);
    const blank = await scoresOf(
      "<p></p>",
      rules.map((rule) => quality(rule, ...subjects)),
    );
    expect(blank).to.deep.equal([0, 0, 0, 0]);
  });

  it("contrast: 4.5:1 for text, 3:1 for large text, against the worst end of a gradient", async () => {
    const check = (style: string) =>
      scoreOf(`<p style="${style}">Words</p>`, quality("contrast", text("Words")));
    expect(await check("color:#767676")).to.equal(1);
    expect(await check("color:#808080")).to.equal(0);
    expect(await check("color:#808080;font-size:24px")).to.equal(1);
    expect(await check("color:#fff;background:linear-gradient(#000,#eee)")).to.equal(0);
    expect(await check("color:#fff;background:linear-gradient(#000,#333)")).to.equal(1);
    expect(await check("opacity:.5")).to.equal(0);
  });

  it("fits: inside the window, on a page that does not scroll sideways", async () => {
    const probe = quality("fits", text("Words"));
    expect(await scoreOf("<p>Words</p>", probe)).to.equal(1);
    expect(await scoreOf(`<p style="width:900px">Words</p>`, probe)).to.equal(0);
    expect(await scoreOf(`<p>Words</p><div style="width:900px;height:9px"></div>`, probe)).to.equal(0);
    const narrow: Probe = { kind: "quality", rule: "fits", subjects: [text("Words")], width: 375 };
    expect(await scoresOf(`<p style="width:600px">Words</p>`, [probe, narrow, probe])).to.deep.equal([
      1, 0, 1,
    ]);
  });

  it("landmark: in the one named, with a single main", async () => {
    const probe: Probe = { kind: "quality", rule: "landmark", landmark: "main", subjects: [text("Words")] };
    expect(await scoreOf("<main><p>Words</p></main>", probe)).to.equal(1);
    expect(await scoreOf("<nav><p>Words</p></nav>", probe)).to.equal(0);
    expect(await scoreOf("<main><p>Words</p></main><main></main>", probe)).to.equal(0);
  });

  it("outline: one level-1 heading and no level skipped on the way", async () => {
    const probe = quality("outline", text("Words"));
    expect(await scoreOf("<h1>Top</h1><h2>Words</h2>", probe)).to.equal(1);
    expect(await scoreOf("<h1>Top</h1><h3>Words</h3>", probe)).to.equal(0);
    expect(await scoreOf("<h1>Top</h1><h1>Words</h1>", probe)).to.equal(0);
    expect(await scoreOf("<h2>Words</h2>", probe)).to.equal(0);
    expect(await scoreOf("<h1>Top</h1><h3>Skip</h3><h2>Words</h2>", probe)).to.equal(1);
  });

  it("named: a field needs more than a placeholder", async () => {
    const field = (html: string) => scoreOf(html, quality("named", { role: "textbox" }));
    expect(await field("<label>City<input></label>")).to.equal(1);
    expect(await field(`<input aria-label="City">`)).to.equal(1);
    expect(await field(`<input placeholder="City">`)).to.equal(0);
    const button = (html: string) => scoreOf(html, quality("named", { role: "button" }));
    expect(await button("<button>Go</button>")).to.equal(1);
    expect(await button(`<button><svg width="9" height="9"></svg></button>`)).to.equal(0);
  });

  it("focusable: by Tab, in reading order", async () => {
    const probe = quality("focusable", text("Words"));
    expect(await scoreOf("<button>Words</button>", probe)).to.equal(1);
    expect(await scoreOf("<div>Words</div>", probe)).to.equal(0);
    expect(await scoreOf("<button disabled>Words</button>", probe)).to.equal(0);
    expect(await scoreOf(`<button tabindex="-1">Words</button>`, probe)).to.equal(0);
    expect(await scoreOf(`<button tabindex="2">Words</button>`, probe)).to.equal(0);
    const reversed = `<div style="display:flex;flex-direction:column-reverse"><a href="#">Other</a><button>Words</button></div>`;
    expect(await scoreOf(reversed, probe)).to.equal(0);
  });

  it("legible: 14 px and lines with room", async () => {
    const check = (style: string) =>
      scoreOf(`<p style="${style}">Words</p>`, quality("legible", text("Words")));
    expect(await check("font-size:14px")).to.equal(1);
    expect(await check("font-size:13px")).to.equal(0);
    expect(await check("font-size:20px;line-height:15px")).to.equal(0);
    const long = "many words ".repeat(30).trim();
    const probe = quality("legible", { includes: "many words" });
    expect(
      await scoreOf(
        `<p style="position:absolute;left:0;width:800px;font-size:14px;text-align:justify">${long}</p>`,
        probe,
      ),
    ).to.equal(0);
    expect(await scoreOf(`<p style="font-size:16px;width:600px">${long}</p>`, probe)).to.equal(1);
  });

  it("tappable: 24 by 24 px", async () => {
    const probe = quality("tappable", text("Words"));
    expect(await scoreOf(`<button style="padding:8px">Words</button>`, probe)).to.equal(1);
    expect(await scoreOf(`<button style="padding:0;border:0">Words</button>`, probe)).to.equal(0);
  });

  it("uncovered: nothing on top, nothing cut off, wherever it stands on the page", async () => {
    const probe = quality("uncovered", text("Words"));
    const cover = (top: number) =>
      `<div style="position:absolute;left:0;width:800px;top:${top}px;height:300px;background:#ff0c"></div>`;
    expect(await scoreOf("<p>Words</p>", probe)).to.equal(1);
    expect(await scoreOf(`<p>Words</p>${cover(0)}`, probe)).to.equal(0);
    expect(await scoreOf(`<p style="margin-top:2000px">Words</p>`, probe)).to.equal(1);
    expect(await scoreOf(`<p style="margin-top:2000px">Words</p>${cover(1900)}`, probe)).to.equal(0);
    const cut = `<p style="width:30px;overflow:hidden;white-space:nowrap">Words</p>`;
    expect(await scoreOf(cut, probe)).to.equal(0);
  });

  it("light and dark: what lies behind", async () => {
    const html = (background: string) =>
      `<body style="color:#888;background:${background}"><p>Words</p></body>`;
    const check = (background: string) =>
      scoresOf(html(background), [quality("light", text("Words")), quality("dark", text("Words"))]);
    expect(await check("#fff")).to.deep.equal([1, 0]);
    expect(await check("#101114")).to.deep.equal([0, 1]);
    expect(await check("linear-gradient(#fff,#000)")).to.deep.equal([0, 0]);
  });
});
