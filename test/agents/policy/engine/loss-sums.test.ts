import { expect } from "chai";
import {
  addSums,
  emptySums,
  mergeShards,
  stepMetrics,
  withSequences,
} from "../../../../agents/policy/engine/loss-sums.js";

const sequence = (prompt: number, completion: number) => ({
  prompt: new Int32Array(prompt),
  completion: new Int32Array(completion),
});
const sequences = [sequence(3, 2), sequence(1, 4)];
const columns = {
  entropy: Float32Array.of(1, 2, 3, 4, 5, 6),
  kl: Float32Array.of(0.5, 0.5, 0, 0, 0, 0.25),
  clippedLow: Float32Array.of(1, 0, 1, 0, 0, 0),
  clippedHigh: Float32Array.of(0, 1, 0, 1, 1, 1),
};
const objective = {
  ...{ kind: "policyGradient" as const, epsilon: 0.2, epsilonHigh: 0.2, entropyCoef: 0 },
  sequences: [],
};

describe("the sums of a loss", () => {
  it("add up tokens, losses and what is known of each token, call by call", () => {
    const sums = emptySums();
    addSums(sums, sequences, 12, columns);
    addSums(sums, [sequence(2, 1)], 0.5, {
      entropy: Float32Array.of(7),
    });
    expect(sums).to.deep.equal({
      ...emptySums(),
      ...{ loss: 12.5, entropy: 28, kl: 1.25, clippedLow: 2, clippedHigh: 4 },
      ...{ completionTokens: 7, tokens: 13, sequences: 3 },
    });
  });

  it("become means over completion tokens", () => {
    const sums = emptySums();
    addSums(sums, sequences, 2, columns);
    expect(stepMetrics({ kind: "crossEntropy", sequences }, sums, {}, 3)).to.deep.equal({
      ...{ loss: 2, gradientNorm: 3, tokens: 10, entropy: 3.5 },
    });
    expect(stepMetrics({ ...objective, beta: 0 }, sums, { clipRatioLowMin: 0.25 }, 3)).to.deep.equal({
      ...{ loss: 2, gradientNorm: 3, tokens: 10, entropy: 3.5 },
      ...{ clipRatioLow: 2 / 6, clipRatioHigh: 4 / 6, clipRatioLowMin: 0.25 },
    });
    expect(stepMetrics({ ...objective, beta: 0.1 }, sums, {}, 3).kl).to.be.closeTo(1.25 / 6, 1e-12);
  });

  it("keep the extremes of the sequences seen so far", () => {
    const batch = sequences;
    const first = withSequences({}, batch, columns);
    expect(first).to.deep.equal({ clipRatioLowMin: 0.25, clipRatioHighMax: 0.75 });
    const milder = { clippedLow: Float32Array.of(1, 1), clippedHigh: Float32Array.of(0, 1) };
    const one = [sequence(1, 2)];
    expect(withSequences(first, one, milder)).to.deep.equal(first);
    expect(withSequences({}, one, milder)).to.deep.equal({ clipRatioLowMin: 1, clipRatioHighMax: 0.5 });
    const further = { clippedLow: Float32Array.of(0, 0), clippedHigh: Float32Array.of(1, 1) };
    expect(withSequences(first, one, further)).to.deep.equal({ clipRatioLowMin: 0, clipRatioHighMax: 1 });
    expect(withSequences({}, one, { entropy: Float32Array.of(1, 1) })).to.deep.equal({});
  });

  it("merge the extremes of shards, of which some may be empty", () => {
    const metrics = { loss: 1, gradientNorm: 2, tokens: 3 };
    const shards = [
      { ...metrics, clipRatioLowMin: 0.5, clipRatioHighMax: 0.25 },
      metrics,
      { ...metrics, clipRatioLowMin: 0.25, clipRatioHighMax: 0.75 },
    ];
    expect(mergeShards(shards)).to.deep.equal({ ...metrics, clipRatioLowMin: 0.25, clipRatioHighMax: 0.75 });
    expect(mergeShards([metrics, ...shards])).to.deep.equal({
      ...{ ...metrics, clipRatioLowMin: 0.25, clipRatioHighMax: 0.75 },
    });
    expect(mergeShards([metrics, metrics])).to.deep.equal(metrics);
  });
});
