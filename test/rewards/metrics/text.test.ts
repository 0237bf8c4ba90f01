import { expect } from "chai";
import fc from "fast-check";
import { createRandom } from "../../../infra/random.js";
import { codePointLength, lengthScore } from "../../../rewards/metrics/length.js";
import { findRepetition } from "../../../rewards/metrics/repetition.js";

/** Windows and sets, spelled out. */
function plainRepetition(text: string): { local: number; between: number } {
  const codes = [...text];
  const windows: Set<string>[] = [];
  let local = 0;
  for (let start = 0; codes.length >= 100 && start < codes.length; start += 4000) {
    const window = codes.slice(start, start + 8000);
    if (window.length < 100) continue;
    const grams = window.slice(0, -7).map((_, i) => window.slice(i, i + 8).join(""));
    windows.push(new Set(grams));
    local = Math.max(local, 1 - windows.at(-1)!.size / grams.length);
  }
  let between = 0;
  for (const [i, set] of windows.entries()) {
    for (const other of windows.slice(i + 1, i + 3)) {
      const shared = [...set].filter((gram) => other.has(gram)).length;
      between = Math.max(between, shared / (set.size + other.size - shared));
    }
  }
  return { local, between };
}

describe("findRepetition", () => {
  it("equals windows of sets spelled out", () => {
    const random = createRandom(3);
    for (let round = 0; round < 12; round++) {
      const letters = [..."ab<>é😀 ="].slice(0, random.integer(2, 9));
      const block = Array.from({ length: random.integer(20, 9000) }, () => random.pick(letters)).join("");
      const text = block.repeat(random.integer(1, 4)).slice(0, 22_000);
      const { local, between } = findRepetition(text);
      expect({ local, between }).to.deep.equal(plainRepetition(text));
    }
  });

  it("finds a short period, a repeated half, and nothing in prose", () => {
    const random = createRandom(5);
    const noise = (length: number) =>
      Array.from({ length }, () => String.fromCharCode(random.integer(33, 123))).join("");
    expect(findRepetition("abcdefgh".repeat(500)).degenerate).to.equal(true);
    expect(findRepetition(noise(4000).repeat(3)).degenerate).to.equal(true);
    expect(findRepetition(noise(20_000)).degenerate).to.equal(false);
    expect(findRepetition("a".repeat(99)).degenerate).to.equal(false);
  });

  it("takes any string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const { local, between } = findRepetition(text);
        expect(local).to.be.within(0, 1);
        expect(between).to.be.within(0, 1);
      }),
    );
  });
});

describe("lengthScore", () => {
  it("is full, then a slope, then nothing", () => {
    expect([0, 12_000, 13_000, 14_000, 16_000, 99_999].map((tokens) => lengthScore(tokens))).to.deep.equal([
      1, 1, 0.75, 0.5, 0, 0,
    ]);
  });

  it("counts code points", () => {
    expect(codePointLength("a😀é")).to.equal(3);
  });
});
