import { expect } from "chai";
import fc from "fast-check";
import { lcsLength } from "../../../rewards/metrics/lcs.js";
import { sequenceRatio } from "../../../rewards/metrics/ports/difflib.js";

const symbols = (letters: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: letters - 1 }), { maxLength });

/** The classic table, as the original computes it. */
function quadraticLcs(a: readonly number[], b: readonly number[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    const row = [0];
    for (const [j, other] of b.entries())
      row.push(item === other ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!));
    above = row;
  }
  return above[b.length]!;
}

describe("lcsLength", () => {
  it("equals the quadratic table, across word borders", () => {
    for (const letters of [2, 5, 40]) {
      fc.assert(
        fc.property(symbols(letters, 140), symbols(letters, 140), (a, b) => {
          expect(lcsLength(Int32Array.from(a), Int32Array.from(b))).to.equal(quadraticLcs(a, b));
        }),
        { numRuns: 150 },
      );
    }
  });

  it("is symmetric, and the whole length for equal sequences", () => {
    fc.assert(
      fc.property(symbols(4, 100), symbols(4, 100), (a, b) => {
        const [x, y] = [Int32Array.from(a), Int32Array.from(b)];
        expect(lcsLength(x, y)).to.equal(lcsLength(y, x));
        expect(lcsLength(x, x)).to.equal(a.length);
      }),
    );
  });
});

describe("sequenceRatio", () => {
  it("gives the values of difflib", () => {
    expect(sequenceRatio("abcd", "bcde")).to.equal(0.75);
    expect(sequenceRatio([..."axbyc"], [..."abcxy"])).to.equal(0.6);
    expect(sequenceRatio("", "")).to.equal(1);
    expect(sequenceRatio("a", "")).to.equal(0);
    expect(sequenceRatio("😀a", "😀b")).to.equal(0.5);
  });

  it("drops popular items from 200 on, unless they extend a match", () => {
    const div = (count: number) => new Array<string>(count).fill("div");
    expect(sequenceRatio(["p", ...div(199)], div(200))).to.equal(0);
    expect(sequenceRatio(["p", ...div(198)], div(199))).to.be.closeTo(0.9949748743718593, 1e-12);
    expect(sequenceRatio(div(200), div(200))).to.equal(1);
    expect(sequenceRatio(["p", ...div(199)], div(200), { autojunk: false })).to.equal((2 * 199) / 400);
  });

  it("stays in 0..1, is 1 for equal sequences, and never above what any order could match", () => {
    fc.assert(
      fc.property(symbols(4, 60), symbols(4, 60), (a, b) => {
        const ratio = sequenceRatio(a, b);
        expect(ratio).to.be.within(0, 1);
        expect(sequenceRatio(a, a)).to.equal(1);
        const bound = a.length + b.length === 0 ? 1 : (2 * quadraticLcs(a, b)) / (a.length + b.length);
        expect(ratio).to.be.at.most(bound + 1e-12);
      }),
    );
  });
});
