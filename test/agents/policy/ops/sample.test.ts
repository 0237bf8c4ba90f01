import { expect } from "chai";
import type { SampleOptions } from "../../../../agents/policy/ops/ops.js";
import { sampleTokens } from "../../../../agents/policy/ops/sample.js";

describe("sampling of tokens", () => {
  const plain: SampleOptions = { temperature: 1, topK: 0, topP: 1 };
  /** The ids drawn from one distribution by several draws. */
  const drawn = (
    shares: readonly number[],
    draws: readonly number[],
    options: Partial<SampleOptions> = {},
  ) => {
    const logits = Float32Array.from(draws.flatMap(() => shares.map(Math.log)));
    return [...sampleTokens(logits, shares.length, Float32Array.from(draws), { ...plain, ...options }).ids];
  };
  const shares = [0.5, 0.1, 0.3, 0.1];

  it("goes through the tokens in order until their shares exceed the draw", () => {
    expect(drawn(shares, [0, 0.49, 0.51, 0.59, 0.61, 0.89, 0.91, 0.999_999])).to.deep.equal([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  it("sharpens or flattens by the temperature", () => {
    // Shares to the power of 2 are 0.25, 0.01, 0.09 and 0.01 of 0.36: up to 0.694, 0.722, 0.972 and 1.
    const draws = [0.69, 0.7, 0.72, 0.73, 0.97, 0.98];
    expect(drawn(shares, draws, { temperature: 0.5 })).to.deep.equal([0, 1, 1, 2, 2, 3]);
    // Their roots are 0.707, 0.316, 0.548 and 0.316 of 1.887: up to 0.375, 0.542, 0.832 and 1.
    expect(drawn(shares, [0.37, 0.38, 0.54, 0.55, 0.83, 0.84], { temperature: 2 })).to.deep.equal([
      0, 1, 1, 2, 2, 3,
    ]);
  });

  it("takes the likeliest at temperature 0, of equals the first", () => {
    expect(drawn(shares, [0.99], { temperature: 0 })).to.deep.equal([0]);
    expect(drawn([0.2, 0.4, 0.4], [0.99], { temperature: 0 })).to.deep.equal([1]);
    const negative = Float32Array.of(-9, -3, -5);
    expect([
      ...sampleTokens(negative, 3, Float32Array.of(0), { ...plain, temperature: 0 }).ids,
    ]).to.deep.equal([1]);
  });

  it("keeps the k likeliest, of equals the first", () => {
    expect(drawn(shares, [0.62, 0.63, 0.999], { topK: 2 })).to.deep.equal([0, 2, 2]);
    expect(drawn(shares, [0.999], { topK: 3 })).to.deep.equal([2]);
    expect(drawn(shares, [0.55, 0.56], { topK: 3 })).to.deep.equal([0, 1]);
    expect(drawn(shares, [0.999], { topK: 1 })).to.deep.equal([0]);
    expect(drawn(shares, [0.999], { topK: 4 })).to.deep.equal([3]);
    expect(drawn(shares, [0.999], { topK: 9 })).to.deep.equal([3]);
  });

  it("keeps the smallest set of the likeliest that holds the nucleus", () => {
    expect(drawn(shares, [0.999], { topP: 0.49 })).to.deep.equal([0]);
    expect(drawn(shares, [0.62, 0.63, 0.999], { topP: 0.51 })).to.deep.equal([0, 2, 2]);
    expect(drawn(shares, [0.55, 0.56, 0.999], { topP: 0.81 })).to.deep.equal([0, 1, 2]);
    expect(drawn(shares, [0.999], { topP: 0.91 })).to.deep.equal([3]);
    expect(drawn(shares, [0.999], { topP: 1e-9 })).to.deep.equal([0]);
  });

  it("takes the nucleus of the k likeliest", () => {
    // Of 0.5, 0.3 and 0.1 a share of 0.6 is 0.54, which needs two; of all it would be 0.6, two as well; 0.88 is told apart.
    expect(drawn(shares, [0.999], { topK: 3, topP: 0.88 })).to.deep.equal([2]);
    expect(drawn(shares, [0.56], { topK: 3, topP: 0.88 })).to.deep.equal([0]);
    expect(drawn(shares, [0.56], { topP: 0.88 })).to.deep.equal([1]);
  });

  it("takes the last that is possible when rounding leaves a rest", () => {
    const logits = Float32Array.of(0, 0, Number.NEGATIVE_INFINITY);
    expect([...sampleTokens(logits, 3, Float32Array.of(1), plain).ids]).to.deep.equal([1]);
    expect([...sampleTokens(Float32Array.of(-1e9, 0), 2, Float32Array.of(0), plain).ids]).to.deep.equal([1]);
  });

  it("tells the log-probability in the whole distribution, whatever was filtered, row by row", () => {
    const logits = Float32Array.of(1000, 1000 + Math.log(3), -5, -5 + Math.log(4));
    const { ids, logProbs } = sampleTokens(logits, 2, Float32Array.of(0.99, 0), {
      ...{ temperature: 0.7, topK: 1, topP: 0.5 },
    });
    expect([...ids]).to.deep.equal([1, 1]);
    expect(logProbs[0]).to.be.closeTo(Math.log(0.75), 1e-4);
    expect(logProbs[1]).to.be.closeTo(Math.log(0.8), 1e-6);
  });
});
