import { expect } from "chai";
import fc from "fast-check";
import {
  aggregateScores,
  colorSimilarity,
  compareBlocks,
  findPossibleMerge,
  meanOfFour,
  mergeByBbox,
  type TextBlock,
  withClip,
} from "../../../rewards/metrics/design2code/index.js";
import { differenceOfMeans } from "../../../rewards/metrics/design2code/matching.js";

const block = (text: string, x: number, y: number, color: TextBlock["color"] = [0, 0, 0]): TextBlock => ({
  text,
  bbox: [x, y, 0.2, 0.05],
  color,
});

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const anyBlock = fc.record({
  text: fc.oneof(fc.constantFrom("home", "about us", "contact", "sign in"), fc.string()),
  bbox: fc.tuple(fraction, fraction, fraction, fraction),
  color: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
});
const anyBlocks = fc.array(anyBlock, { maxLength: 7 });

describe("compareBlocks", () => {
  const page = [
    block("welcome", 0.1, 0.1),
    block("to our shop", 0.1, 0.2),
    block("contact", 0.1, 0.9, [9, 99, 200]),
  ];

  it("gives a page compared with itself full marks", () => {
    const { size, text, position, color, matches } = compareBlocks(page, page);
    expect([size, text, position, color]).to.deep.equal([1, 1, 1, 1]);
    expect(matches.length).to.equal(3);
  });

  it("joins a heading that was split", () => {
    const split = [block("welcome to", 0.1, 0.1), block("our shop", 0.3, 0.1)];
    const whole: TextBlock = { text: "welcome to our shop", bbox: [0.1, 0.1, 0.4, 0.05], color: [0, 0, 0] };
    expect(compareBlocks(split, [whole]).matches.length).to.equal(1);
    expect(meanOfFour(compareBlocks([whole], split))).to.be.closeTo(1, 1e-9);
  });

  it("falls with distance, colour and missing text", () => {
    const far = page.map(
      ({ bbox: [x, y, w, h], ...rest }): TextBlock => ({ ...rest, bbox: [x + 0.1, y, w, h] }),
    );
    expect(compareBlocks(far, page).position).to.be.closeTo(0.9, 1e-9);
    const red = page.map((one): TextBlock => ({ ...one, color: [255, 0, 0] }));
    expect(compareBlocks(red, page).color).to.be.below(0.7);
    expect(compareBlocks(page.slice(0, 2), page).size).to.be.closeTo(4 / 5, 1e-9);
  });

  it("is 0 when a side has no blocks or nothing is alike", () => {
    for (const [a, b] of [
      [[], page],
      [page, []],
      [[], []],
      [[block("zzzz", 0, 0)], [block("abcd", 0, 0)]],
    ] as const) {
      const { size, text, position, color, sumAreas } = compareBlocks(a, b);
      expect([size, text, position, color, sumAreas]).to.deep.equal([0, 0, 0, 0, 0]);
      expect(withClip(compareBlocks(a, b), 0.8).final).to.be.closeTo(0.16, 1e-12);
    }
  });

  it("never gives anything but numbers in range", () => {
    fc.assert(
      fc.property(anyBlocks, anyBlocks, (a, b) => {
        const { size, text, position, color, sumAreas } = compareBlocks(a, b);
        for (const value of [size, text, color]) expect(value).to.be.within(0, 1 + 1e-9);
        expect(position).to.be.within(-1, 1);
        expect(Number.isFinite(sumAreas)).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it("pairs every page perfectly with itself, whatever is on it", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyBlock, { selector: ({ text }) => text, minLength: 1, maxLength: 6 }),
        (blocks) => {
          const { matches } = compareBlocks(blocks, blocks);
          for (const { text, position } of matches) {
            expect(text).to.be.within(0.5, 1);
            expect(position).to.be.within(0, 1);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("the pieces of Design2Code", () => {
  it("joins blocks in one box and averages their colours one after the other", () => {
    const same = [
      block("a", 0, 0, [10, 10, 10]),
      block("x", 0, 0.5),
      block("b", 0, 0, [20, 10, 11]),
      block("c", 0, 0),
    ];
    const [first, second] = mergeByBbox(same);
    expect(first).to.deep.equal({ text: "a b c", bbox: [0, 0, 0.2, 0.05], color: [7.5, 5, 5.25] });
    expect(second?.text).to.equal("x");
  });

  it("does not change the lists it is given", () => {
    const own = Object.freeze([block("alpha", 0, 0), block("beta", 0.2, 0)]) as readonly TextBlock[];
    const wanted = Object.freeze([block("alpha beta", 0, 0)]) as readonly TextBlock[];
    expect(findPossibleMerge(own, wanted).prediction.length).to.equal(1);
    expect(own.length).to.equal(2);
  });

  it("counts a gain only when the best match improves", () => {
    expect(differenceOfMeans([-0.5], [-0.9])).to.be.closeTo(0.4, 1e-12);
    expect(differenceOfMeans([-0.9, -0.2], [-0.8])).to.equal(0);
    expect(differenceOfMeans([], [])).to.equal(0);
  });

  it("compares colours between 0 and 1", () => {
    expect(colorSimilarity([1, 2, 3], [1, 2, 3])).to.equal(1);
    expect(colorSimilarity([0, 0, 0], [255, 255, 255])).to.be.closeTo(0, 1e-3);
  });

  it("averages files", () => {
    expect(aggregateScores({ a: [1, 1, 1, 1, 1, 1], b: [0, 0, 0, 0, 0, 1] })).to.deep.equal([
      0.5, 0.5, 0.5, 0.5, 0.5, 1,
    ]);
    expect(aggregateScores({})).to.deep.equal([0, 0, 0, 0, 0, 0]);
  });
});
