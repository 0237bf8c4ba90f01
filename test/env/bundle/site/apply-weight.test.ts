import { expect } from "chai";
import { applyWeight } from "../../../../env/bundle/site/apply-weight.js";

describe("the weight of @apply", () => {
  it("counts what classes apply in turn", () => {
    expect(applyWeight(".a { @apply p-4 m-4 } .b { @apply a a }")).to.equal(8);
    expect(applyWeight("h1, h2 { @apply p-4 m-4 !important; @apply md:p-8 }")).to.equal(3);
    expect(
      applyWeight(".a { color: red } .a:hover { @apply p-4 } @media print { .b { @apply a } }"),
    ).to.equal(3);
    expect(applyWeight("a { color: red }")).to.equal(0);
  });

  it("doubles with each class that applies another twice", () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, i) => `.c${i + 1} { @apply c${i} c${i} }`).join("\n");
    // w(0) = 1, w(n) = 1 + 2 w(n - 1) = 2^(n + 1) - 1; each rule applies two of the one before.
    expect(applyWeight(chain(3))).to.equal(2 + 6 + 14);
    expect(applyWeight(chain(30))).to.be.above(2 ** 30);
  });

  it("is without end for circles and long chains", () => {
    expect(applyWeight(".a { @apply b } .b { @apply a }")).to.equal(Number.POSITIVE_INFINITY);
    const long = Array.from({ length: 200 }, (_, i) => `.c${200 - i} { @apply c${199 - i} }`).join("\n");
    expect(applyWeight(long)).to.equal(Number.POSITIVE_INFINITY);
  });
});
