import { expect } from "chai";
import { bodyTextLength, domSequence, MAX_DOM_NODES } from "../../../rewards/metrics/dom-sequence.js";
import { markupValidity } from "../../../rewards/metrics/html-validity.js";
import { LANDMARK_ROLES, landmarkSimilarity } from "../../../rewards/metrics/landmarks.js";
import { lcsLength } from "../../../rewards/metrics/lcs.js";
import { codePointLength, lengthScore } from "../../../rewards/metrics/length.js";
import { findRepetition } from "../../../rewards/metrics/repetition.js";

describe("the text of a page", () => {
  it("is counted without white space and what is not read", () => {
    expect(
      bodyTextLength("<title>no</title><p>a b</p>\n<div>cd<script>no</script><style>no</style></div>"),
    ).to.equal(4);
    for (const tag of ["script", "style", "template", "noscript", "option", "textarea"])
      expect(bodyTextLength(`<p>ab</p><${tag}>hidden</${tag}>`), tag).to.equal(2);
    expect(bodyTextLength("")).to.equal(0);
  });

  it("is no part of its nodes, of which there are so many at most", () => {
    const nodes = domSequence('<!--before--><body><p B="2" a="1">x<!--c--></p>');
    expect(nodes.map(({ tag }) => tag)).to.deep.equal(["html", "head", "body", "p", "#comment"]);
    expect(nodes[3]!.key).to.equal('p [["a","1"],["b","2"]]');
    expect(nodes[2]!.key).to.equal("body");
    const sorted = domSequence("<p c=1 a=2 d=3 b=4>").at(-1)!.attributes;
    expect(sorted.map(([name]) => name).join("")).to.equal("abcd");
    expect(domSequence("<p></p>".repeat(MAX_DOM_NODES))).to.have.length(MAX_DOM_NODES);
    expect(domSequence("<p></p>".repeat(MAX_DOM_NODES - 3))).to.have.length(MAX_DOM_NODES);
    expect(domSequence("<p></p>".repeat(MAX_DOM_NODES - 4))).to.have.length(MAX_DOM_NODES - 1);
  });
});

describe("landmarks", () => {
  const node = (tag: string, ...attributes: [string, string][]) => ({ tag, attributes, key: "" });
  const roles = (a: Parameters<typeof landmarkSimilarity>[0], match?: "token") =>
    landmarkSimilarity(a, [], match).roles;

  it("by substring are tags and values that hold the role", () => {
    for (const role of LANDMARK_ROLES) {
      expect(roles([node(role)])[role], role).to.equal(0);
      expect(roles([node("div", ["class", `X${role.toUpperCase()}y`])])[role], role).to.equal(0);
      expect(roles([node("div", [role, "x"])])[role], role).to.equal(1);
    }
    expect(landmarkSimilarity([node("nav", ["id", "nav"])], [node("nav")]).roles.nav).to.be.closeTo(
      2 / 3,
      1e-12,
    );
    expect(landmarkSimilarity([node("nav")], [node("nav"), node("nav")]).score).to.be.closeTo(
      (5 + 2 / 3) / 6,
      1e-12,
    );
    expect(landmarkSimilarity([], []).score).to.equal(1);
    expect(roles([node("#comment", ["a", "nav"])]).nav).to.equal(1);
  });

  it("by token are whole words of names", () => {
    const words: Record<string, (typeof LANDMARK_ROLES)[number]> = {
      aside: "sidebar",
      navigation: "nav",
      banner: "header",
      contentinfo: "footer",
      ad: "ad",
      mainX: "main",
    };
    for (const [word, role] of Object.entries(words)) {
      const name = word === "mainX" ? "theMain-x" : word;
      for (const attribute of ["class", "id", "role", "aria-label"])
        expect(roles([node("div", [attribute, name])], "token")[role], name).to.equal(0);
      expect(roles([node("div", ["title", name])], "token")[role], name).to.equal(1);
    }
    expect(roles([node("header")], "token").header).to.equal(0);
    expect(roles([node("thead")], "token").ad).to.equal(1);
    expect(roles([node("div", ["class", "adnav"])], "token")).to.include({ ad: 1, nav: 1 });
    expect(roles([node("div", ["class", "my_ad.nav"])], "token")).to.include({ ad: 0, nav: 0 });
  });
});

describe("sequences and lengths", () => {
  it("have a longest common subsequence, whatever stands at their ends", () => {
    const of = (text: string) => Int32Array.from(text, (letter) => letter.charCodeAt(0));
    const cases: readonly (readonly [string, string, number])[] = [
      ["", "", 0],
      ["a", "", 0],
      ["abc", "abc", 3],
      ["xabcy", "xacy", 4],
      ["abcbdab", "bdcaba", 4],
      ["aaaa", "aa", 2],
      ["xyz", "abc", 0],
      [`${"ab".repeat(20)}c`, `c${"ba".repeat(20)}`, 39],
      [`p${"q".repeat(32)}r`, `r${"q".repeat(32)}p`, 32],
      [`p${"qz".repeat(32)}r`, `r${"q".repeat(64)}p`, 32],
      ["human".repeat(13), "chimpanzee".repeat(7), 28],
    ];
    for (const [a, b, length] of cases) expect(lcsLength(of(a), of(b)), `${a} ${b}`).to.equal(length);
  });

  it("are scored by the bounds they are given", () => {
    expect(lengthScore(15, 10, 20)).to.equal(0.5);
    expect([5, 10, 19, 20, 25].map((tokens) => lengthScore(tokens, 10, 20))).to.deep.equal([1, 1, 0.1, 0, 0]);
    expect(codePointLength("a😀é")).to.equal(3);
  });

  it("repeat themselves by windows of the size they are given", () => {
    const options = { window: 8, step: 4, gram: 2, minimum: 4, local: 0.5, jaccard: 0.9 };
    // Windows abababab (2 of 7 grams are new), then one of 4 letters: abab.
    expect(findRepetition("abababab", options)).to.deep.equal({ degenerate: true, local: 5 / 7, between: 1 });
    expect(findRepetition("abcdefgh", options)).to.deep.equal({
      degenerate: false,
      local: 0,
      between: 3 / 7,
    });
    expect(findRepetition("aaa", options)).to.deep.equal({ degenerate: false, local: 0, between: 0 });
    expect(findRepetition("aaaa", options)).to.deep.equal({ degenerate: true, local: 1 - 1 / 3, between: 0 });
    expect(findRepetition("aaaa", { ...options, local: 2 / 3 }).degenerate).to.equal(true);
    expect(findRepetition("aaaa", { ...options, local: 0.67 }).degenerate).to.equal(false);
    expect(findRepetition("abcdefgh", { ...options, jaccard: 3 / 7 }).degenerate).to.equal(true);
    expect(findRepetition("aaaa", { ...options, gram: 5 })).to.deep.equal({
      degenerate: false,
      local: 0,
      between: 0,
    });
    // A window is compared with the next two only: the copy of the first stands in the fourth and fifth.
    const [x, y] = ["abcd", "efghijklmnop"];
    expect(findRepetition(`${x}${y}${x}`, { ...options, window: 4 }).between).to.equal(0);
    expect(findRepetition(`${x}efgh${x}`, { ...options, window: 4 }).between).to.equal(1);
  });
});

describe("the validity of markup", () => {
  it("weighs an error as five elements", () => {
    const score = (html: string) => markupValidity(html).score;
    expect(score("<!doctype html><p>a</p>")).to.equal(1);
    expect(score("<!doctype html><b><i>a</i>")).to.equal(2 / 7);
    expect(score("")).to.equal(0);
    expect(score("text")).to.equal(0);
    expect(markupValidity("<!doctype html>\n<b>a").errors).to.deep.equal([
      { code: "unclosed-element", line: 2, column: 1, tag: "b" },
    ]);
    expect(markupValidity("<!doctype html>\n <p>a</p></i>").errors).to.deep.equal([
      { code: "end-tag-without-matching-open-element", line: 2, column: 10, tag: "i" },
    ]);
    expect(markupValidity("<!doctype html><p a a>").errors).to.deep.equal([
      { code: "duplicate-attribute", line: 1, column: 22 },
    ]);
  });

  it("lets out the end tags that the standard does", () => {
    const open =
      "<!doctype html><html><head><link><meta><body><p><ul><li></ul><dl><dt><dd></dl><select><optgroup><option></select>" +
      "<table><caption><colgroup><col><tr><th><td><tfoot></table><ruby><rt><rp></ruby><br><img><input><hr><wbr><embed>";
    expect(markupValidity(open).errors).to.deep.equal([]);
    expect(markupValidity("<!doctype html><svg><path/><g></g></svg>").errors).to.deep.equal([]);
    expect(markupValidity("<!doctype html><svg><path></svg>").errors.map(({ tag }) => tag)).to.deep.equal([
      "path",
    ]);
    expect(markupValidity("<!doctype html><div/>").errors).to.have.length(1);
    expect(markupValidity("<!doctype html><p></body></html></html>").errors).to.deep.equal([]);
    expect(markupValidity("<!doctype html><template><b></template>").errors.map(({ tag }) => tag)).to.include(
      "b",
    );
    expect(markupValidity("<!doctype html><b><p></b>x</p>").elements).to.equal(2);
  });
});
