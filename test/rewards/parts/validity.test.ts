import { expect } from "chai";
import fc from "fast-check";
import { markupValidity } from "../../../rewards/metrics/html-validity.js";
import { validity } from "../../../rewards/parts/validity.js";
import { contextOf } from "../support.js";

const page = (body: string) =>
  `<!DOCTYPE html>\n<html lang="en">\n<head><title>t</title></head>\n<body>\n${body}\n</body>\n</html>\n`;
const codes = (html: string) => markupValidity(html).errors.map(({ code }) => code);

describe("HTML validity", () => {
  it("is 1 for what the standard's parser takes without complaint", () => {
    for (const body of [
      "<p>Fine.<br><img src=a alt=b>",
      "<ul><li>one<li>two</ul>",
      "<svg><path d='M0 0'/></svg>",
    ])
      expect(markupValidity(page(body)), body).to.include({ score: 1 });
  });

  it("names errors with their lines, in the order of the text", () => {
    const { errors, score, elements } = markupValidity(page('<p id="a" id="b">One</p>\n</section>\n<b>two'));
    expect(errors).to.deep.equal([
      { code: "duplicate-attribute", line: 5, column: 13 },
      { code: "end-tag-without-matching-open-element", line: 6, column: 1, tag: "section" },
      { code: "unclosed-element", line: 7, column: 1, tag: "b" },
    ]);
    expect(elements).to.equal(6);
    expect(score).to.be.closeTo(6 / (6 + 15), 1e-12);
  });

  it("finds what models get wrong", () => {
    expect(codes("<p>No doctype</p>")).to.include("missing-doctype");
    expect(codes(page("<div/>"))).to.include("non-void-html-element-start-tag-with-trailing-solidus");
    expect(codes(page("<p>Fish &chips; &amp</p>"))).to.include("missing-semicolon-after-character-reference");
    expect(codes(page('<a href="x>text</a>'))).to.include("eof-in-tag");
  });

  it("sees misnesting, stray ends and what is never closed, but lets out what may be let out", () => {
    expect(codes(page("<b><i>x</b></i>"))).to.not.deep.equal([]);
    expect(codes(page("<b><i>x</i></b>"))).to.deep.equal([]);
    expect(codes(page("<div><p>x</div>"))).to.deep.equal([]);
    expect(codes(page("<div><span>x</div>"))).to.deep.equal(["unclosed-element"]);
    expect(codes(page("<p><div>x</div></p>"))).to.deep.equal(["end-tag-without-matching-open-element"]);
    expect(codes(page("<table><tr><td>x<tr><td>y</table>"))).to.deep.equal([]);
    expect(codes(page("<svg><circle r='1'/><g></g></svg><template><p>x</template>"))).to.deep.equal([]);
    expect(codes(page("<svg><g></svg>"))).to.deep.equal(["unclosed-element"]);
    expect(
      codes("<!DOCTYPE html><html><head></head><body><section><h2>cut off</h2><p>in the m"),
    ).to.deep.equal(["unclosed-element"]);
  });

  it("falls with every further error, and is 0 for what has no elements", () => {
    const scores = [0, 1, 2, 4, 8].map((count) => markupValidity(page("<p>x</p></i>".repeat(count))).score);
    expect([...scores].sort((a, b) => b - a)).to.deep.equal(scores);
    expect(markupValidity("").score).to.equal(0);
    expect(markupValidity("Just words.").score).to.equal(0);
  });

  it("lies between 0 and 1 for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string().map(page)), (html) => {
        expect(markupValidity(html).score).to.be.within(0, 1);
      }),
    );
  });

  it("is a reward that needs no browser", async () => {
    const reward = validity();
    expect(reward.needs).to.deep.equal([]);
    const score = await reward.score(contextOf(page("</i><p>One</p>")));
    expect(score.evidence).to.deep.include({
      errors: 1,
      listed: [{ code: "end-tag-without-matching-open-element", line: 5, column: 1, tag: "i" }],
    });
  });
});
