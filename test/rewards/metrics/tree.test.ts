import { expect } from "chai";
import { classNames, classOverlap } from "../../../rewards/metrics/tree/class-overlap.js";
import { pageTags, sequenceSimilarity, tagSequence } from "../../../rewards/metrics/tree/tag-sequence.js";

/** Elements below the body, each as `name.class.class`. */
const below = (html: string) =>
  pageTags(html)
    .slice(3)
    .map(({ name, classes }) => [name, ...classes].join("."));

describe("the elements of a page", () => {
  // Each list as html5lib 1.1 gives it.
  it("are in document order, with their classes", () => {
    const page =
      '<!--c--><!doctype html><div id=x class=" wide  b\tc"><Template class=t><p class>x</p></TEMPLATE ><p>y</div>';
    expect(tagSequence(page).slice(0, 3)).to.deep.equal(["html", "head", "body"]);
    expect(below(page)).to.deep.equal(["div.wide.b.c", "template.t", "p", "p"]);
  });

  it("lie in templates as anywhere, and in nothing that only begins like one", () => {
    expect(below("<template\n><b>i</b></template><i>")).to.deep.equal(["template", "b", "i"]);
    expect(below("<templates><template/>x")).to.deep.equal(["templates", "template"]);
    expect(below("<p>template</p><template><p>")).to.deep.equal(["p", "template", "p"]);
  });

  it("keep the case of drawings", () => {
    expect(below("<svg><linearGradient id=a /></svg><p>z")).to.deep.equal(["svg", "linearGradient", "p"]);
  });
});

describe("sequenceSimilarity", () => {
  it("is twice the longest common subsequence over both lengths", () => {
    expect(sequenceSimilarity([..."abc"], [..."ac"])).to.equal(4 / 5);
    expect(sequenceSimilarity([..."abcd"], [..."dcba"])).to.equal(2 / 8);
    expect(sequenceSimilarity(["a"], ["b"])).to.equal(0);
    expect(sequenceSimilarity(["a"], [])).to.equal(0);
    expect(sequenceSimilarity([], [])).to.equal(0);
  });

  it("looks at the first 200 entries", () => {
    const ones = new Array<string>(200).fill("a");
    expect(sequenceSimilarity([...ones, ..."bcd"], [...ones, ..."xyz"])).to.equal(1);
    expect(sequenceSimilarity(["b", ...ones], ones)).to.equal((2 * 199) / 400);
  });
});

describe("classOverlap", () => {
  it("is the share of all names that both have", () => {
    expect(classOverlap(["a", "b", "c"], ["b", "c", "d"])).to.equal(2 / 4);
    expect(classOverlap(["a", "a"], ["a"])).to.equal(1);
    expect(classOverlap([], [])).to.equal(1);
    expect(classOverlap(["a"], [])).to.equal(0);
    expect(classOverlap([], ["a"])).to.equal(0);
  });

  it("is taken over the names of a page", () => {
    expect([...classNames(pageTags("<p class='b a'><i class=b>"))]).to.deep.equal(["b", "a"]);
  });
});
