import { expect } from "chai";
import { checkStep } from "../../../../agents/policy/engine/checks.js";
import type { Loss, RolloutSequence } from "../../../../agents/policy/engine/engine.js";
import { UsageError } from "../../../../infra/errors.js";
import { tinyConfig } from "./tiny.js";

const sequence: RolloutSequence = {
  prompt: Int32Array.of(1),
  completion: Int32Array.of(2, 3, 4),
  advantage: 1,
  oldLogProbs: new Float32Array(3),
  referenceLogProbs: new Float32Array(3),
};
const referred = { ...sequence, referenceLogProbs: new Float32Array(3) };
const counts = (loss: Loss) => checkStep(loss, { learningRate: 0 }, tinyConfig);
const gradient = (changes: object = {}, of: Partial<RolloutSequence> = {}): Loss => ({
  ...{ kind: "policyGradient", sequences: [sequence, { ...sequence, ...of }] },
  ...changes,
});

describe("what the means of a step are over", () => {
  it("are its own tokens and sequences, or pairs", () => {
    const own = { completionTokens: 6, tokens: 6, sequences: 2 };
    expect(counts(gradient())).to.deep.equal(own);
    expect(counts({ kind: "crossEntropy", sequences: [sequence, sequence] })).to.deep.equal(own);
    expect(counts({ kind: "preference", pairs: [{ chosen: referred, rejected: referred }] })).to.deep.equal({
      ...own,
      sequences: 1,
    });
  });

  it("are those that the loss says", () => {
    expect(counts(gradient({ counts: { tokens: 4.5 } }))).to.include({
      ...{ completionTokens: 6, tokens: 4.5, sequences: 2 },
    });
    expect(counts(gradient({ counts: { sequences: 8 } }))).to.include({ tokens: 6, sequences: 8 });
  });
});

describe("a step", () => {
  const refused: [string, Loss, RegExp][] = [
    ["no sequences", gradient({ sequences: [] }), /at least one sequence, but the loss holds none/],
    ["no pairs", { kind: "preference", pairs: [] }, /at least one sequence/],
    ["no advantage", gradient({}, { advantage: Number.NaN }), /^Sequence 1 has the advantage NaN/],
    [
      "too few old log-probabilities",
      gradient({}, { oldLogProbs: new Float32Array(2) }),
      /^Sequence 1 has 3 completion tokens but 2 oldLogProbs/,
    ],
    [
      "too few reference log-probabilities",
      gradient({ beta: 0.1 }, { referenceLogProbs: new Float32Array(2) }),
      /^Sequence 1 has 3 completion tokens but 2 referenceLogProbs, which a beta of 0\.1 needs/,
    ],
    [
      "too few importance weights",
      gradient({}, { importanceWeights: new Float32Array(4) }),
      /^Sequence 1 has 3 completion tokens but 4 importanceWeights/,
    ],
    ["an objective that makes no sense", gradient({ epsilon: -1 }), /^epsilon must be/],
    [
      "counts of nothing",
      gradient({ counts: { tokens: 0 } }),
      /counts\.tokens, which must be above 0 but is 0/,
    ],
    [
      "endless counts",
      gradient({ counts: { sequences: Number.POSITIVE_INFINITY } }),
      /counts\.sequences, which must be above 0/,
    ],
    [
      "pairs that make no sense",
      { kind: "preference", beta: -1, pairs: [{ chosen: referred, rejected: referred }] },
      /^beta must be a number above 0/,
    ],
    [
      "a pair without references",
      {
        kind: "preference",
        pairs: [{ chosen: referred, rejected: { ...referred, referenceLogProbs: new Float32Array(1) } }],
      },
      /^The rejected answer of pair 0 has 3 completion tokens but 1 referenceLogProbs/,
    ],
  ];
  for (const [what, loss, sentence] of refused)
    it(`cannot be taken with ${what}`, () => {
      expect(() => counts(loss)).to.throw(UsageError, sentence);
    });

  it("needs references and weights only where they are used", () => {
    const { referenceLogProbs: _, ...without } = sequence;
    expect(() => counts(gradient({ sequences: [without] }))).not.to.throw();
    expect(() => counts(gradient({}, { importanceWeights: new Float32Array(3) }))).not.to.throw();
  });
});
