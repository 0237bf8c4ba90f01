import { expect } from "chai";
import fc from "fast-check";
import { checkSequences, microBatches, packSequences } from "../../../../agents/policy/engine/packing.js";
import {
  pick,
  pickUnits,
  sequencesOf,
  shard,
  unitsOf,
  unshard,
} from "../../../../agents/policy/engine/shards.js";
import { createLocalEngine, type Sequence } from "../../../../agents/policy/index.js";
import { UsageError } from "../../../../infra/errors.js";
import { largestDifference, tinyConfig, tinySequences } from "./tiny.js";

const tokens = (minLength: number) =>
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength, maxLength: 6 }).map((ids) => Int32Array.from(ids));
/** Few distinct prompts, so that groups occur. */
const sequences = fc.array(
  fc.record({
    prompt: fc.constantFrom([1], [1, 2], [3, 4, 5]).map((ids) => Int32Array.from(ids)),
    completion: tokens(1),
  }),
  { minLength: 1, maxLength: 12 },
);

describe("packing", () => {
  it("lays every sequence out for attention as it stands", () => {
    const property = fc.property(sequences, (given) => {
      const { ids, positions, attention, predictingRows, targets } = packSequences(given);
      const { time, rowOfSlot, slotOfRow } = attention;
      let next = 0;
      given.forEach(({ prompt, completion }, b) => {
        const whole = [...prompt, ...completion];
        for (let t = 0; t < whole.length - 1; t++) {
          const row = rowOfSlot[b * time + t] as number;
          expect([ids[row], positions[row]]).to.deep.equal([whole[t], t]);
        }
        completion.forEach((token, i) => {
          const slot = b * time + prompt.length - 1 + i;
          expect(predictingRows[next]).to.equal(rowOfSlot[slot]);
          expect(targets[next]).to.equal(token);
          next++;
        });
      });
      slotOfRow.forEach((slot, row) => {
        expect(rowOfSlot[slot]).to.equal(row);
      });
    });
    fc.assert(property);
  });

  it("holds equal prompts once", () => {
    const prompt = Int32Array.of(1, 2, 3);
    const group = [4, 5, 6].map((token) => ({ prompt, completion: Int32Array.of(token, token, 0) }));
    expect(packSequences(group).ids).to.have.length(3 + 3 * 2);
  });

  it("puts each sequence into one micro-batch of bounded size", () => {
    const property = fc.property(sequences, fc.integer({ min: 1, max: 40 }), (given, most) => {
      const batches = microBatches(given, most);
      expect(batches.flat().sort((a, b) => a - b)).to.deep.equal(given.map((_, i) => i));
      for (const batch of batches.filter(({ length }) => length > 1)) {
        const { ids, attention } = packSequences(batch.map((i) => given[i] as Sequence));
        expect(ids.length).to.be.at.most(most);
        expect(attention.batch * attention.time).to.be.at.most(2 * most);
      }
    });
    fc.assert(property);
  });

  /** Sequences of given lengths; equal prompts are those of equal first numbers. */
  const made = (...sizes: readonly [prompt: number, length: number, completion: number][]): Sequence[] =>
    sizes.map(([prompt, length, completion]) => ({
      prompt: new Int32Array(length).fill(prompt),
      completion: new Int32Array(completion),
    }));

  it("takes the longest first, and as many as fit", () => {
    // Inputs of 3, 5, 6 and 3 tokens; the first two share a prompt of 2.
    const given = made([1, 2, 2], [1, 2, 4], [2, 1, 6], [3, 3, 1]);
    expect(microBatches(given, 10)).to.deep.equal([[2], [1, 0, 3]]);
    expect(microBatches(given, 9)).to.deep.equal([[2], [1, 0, 3]]);
    expect(microBatches(given, 8)).to.deep.equal([[2], [1, 0], [3]]);
    expect(microBatches(given, 1)).to.deep.equal([[2], [1], [0], [3]]);
    expect(microBatches([], 10)).to.deep.equal([]);
  });

  it("counts a prompt once in each micro-batch that its group is cut into", () => {
    const group = made(...Array.from({ length: 5 }, () => [1, 4, 3] as [number, number, number]));
    expect(microBatches(group, 8)).to.deep.equal([[0, 1], [2, 3], [4]]);
    expect(microBatches(group, 7)).to.deep.equal([[0], [1], [2], [3], [4]]);
  });

  it("keeps the padding of attention below twice the tokens", () => {
    const given = made([1, 1, 10], ...[2, 3, 4, 5, 6].map((p) => [p, 1, 1] as [number, number, number]));
    // Four rows of ten slots are 40, and twenty tokens twice.
    expect(microBatches(given, 20)).to.deep.equal([
      [0, 1, 2, 3],
      [4, 5],
    ]);
  });

  it("refuses sequences that no pass can take, and takes the longest that fits", () => {
    const check =
      (...sizes: readonly [number, number, number][]) =>
      () =>
        checkSequences(made(...sizes), 8);
    expect(check([1, 4, 5], [1, 8, 1])).not.to.throw();
    expect(check([1, 4, 5], [1, 4, 6])).to.throw(
      UsageError,
      "Sequence 1 is 10 tokens long, but the model holds 8. Shorten the prompt or the completion.",
    );
    expect(check([1, 0, 5])).to.throw(
      UsageError,
      "Sequence 0 has 0 prompt and 5 completion tokens; each must have at least one.",
    );
    expect(check([1, 2, 1], [1, 3, 0])).to.throw(
      UsageError,
      "Sequence 1 has 3 prompt and 0 completion tokens",
    );
  });

  it("does not change what is computed", async () => {
    const engine = await createLocalEngine({ config: tinyConfig, seed: 1, backend: "wasm" });
    const [a, b] = tinySequences(2) as [Sequence, Sequence];
    const group = tinySequences(5, 8).map(({ completion }, i) => ({
      prompt: i < 3 ? a.prompt : b.prompt,
      completion,
    }));
    const together = await engine.logProbs(group);
    for (const [i, sequence] of group.entries()) {
      const [alone] = await engine.logProbs([sequence]);
      expect(largestDifference(together[i] as Float32Array, alone as Float32Array)).to.be.below(1e-5);
    }
    await engine.close();
  });
});

describe("shards", () => {
  it("hold each item once, and results come back in order", () => {
    const property = fc.property(sequences, fc.integer({ min: 1, max: 4 }), (given, count) => {
      const shards = shard(given, count);
      expect(shards).to.have.length(count);
      const results = shards.map((indices) => indices.map((index) => given[index]));
      expect(unshard(shards, results)).to.deep.equal(given);
    });
    fc.assert(property);
  });

  it("share a step of groups evenly and keep groups together", () => {
    const prompts = Array.from({ length: 8 }, (_, i) => Int32Array.from({ length: 20 }, () => i));
    const group = prompts.flatMap((prompt) =>
      Array.from({ length: 8 }, (_, i) => ({ prompt, completion: new Int32Array(10 + i) })),
    );
    const [first, second] = shard(group, 2).map(
      (indices) => new Set(indices.map((index) => group[index]?.prompt)),
    );
    expect(first?.size).to.equal(4);
    expect(second?.size).to.equal(4);
    expect([...(first ?? [])].filter((prompt) => second?.has(prompt))).to.have.length(0);
  });

  it("split one big group", () => {
    const group = Array.from({ length: 16 }, () => ({ prompt: Int32Array.of(1, 2) }));
    expect(shard(group, 2).map(({ length }) => length)).to.deep.equal([8, 8]);
  });

  it("are dealt by falling cost to whichever has the least so far", () => {
    const prompt = (token: number, length: number) => ({ prompt: new Int32Array(length).fill(token) });
    // Still to be sampled, 100 tokens each: a group of four costs 200 apiece once it is cut, the other 110.
    const group = [prompt(1, 10), prompt(2, 100), prompt(2, 100), prompt(2, 100), prompt(2, 100)];
    expect(shard(group, 2)).to.deep.equal([
      [1, 3, 0],
      [2, 4],
    ]);
  });

  it("cut a group into runs of at most a fourth of a shard", () => {
    const of = (token: number, count: number) =>
      Array.from({ length: count }, () => ({
        prompt: new Int32Array(10).fill(token),
        completion: new Int32Array(5),
      }));
    // Costs 20 + 40 + 20 + 20 = 100: a fourth is 25, a prompt of 10 and three answers of 5.
    const given = [...of(1, 2), ...of(2, 6), ...of(3, 2), ...of(4, 2)];
    expect(shard(given, 1)).to.deep.equal([[2, 3, 4, 5, 6, 7, 0, 1, 8, 9, 10, 11]]);
  });

  it("take the part of a loss that is theirs", () => {
    const given = of3();
    const settings = { epsilon: 0.1, epsilonHigh: 0.3, beta: 0.02, entropyCoef: 0.5 };
    expect(pickUnits({ kind: "crossEntropy", sequences: given }, [2, 0])).to.deep.equal({
      kind: "crossEntropy",
      sequences: [given[2], given[0]],
    });
    expect(pickUnits({ kind: "policyGradient", sequences: given, ...settings }, [1])).to.deep.equal({
      kind: "policyGradient",
      sequences: [given[1]],
      ...settings,
    });
    expect(pick(given)).to.deep.equal([]);
    expect(unitsOf({ kind: "crossEntropy", sequences: given })).to.equal(given);
    expect(sequencesOf({ kind: "crossEntropy", sequences: given })).to.equal(given);
  });

  it("keep pairs together, each as long as both of its answers", () => {
    const answer = (...completion: number[]) => ({
      prompt: Int32Array.of(1, 2),
      completion: Int32Array.from(completion),
      referenceLogProbs: new Float32Array(completion.length),
    });
    const [first, second] = [
      { chosen: answer(3), rejected: answer(4, 5) },
      { chosen: answer(6, 7), rejected: answer(8) },
    ] as const;
    const loss = { kind: "preference" as const, beta: 0.3, pairs: [first, second] };
    expect(pickUnits(loss, [1])).to.deep.equal({ ...loss, pairs: [second] });
    expect(unitsOf(loss)).to.deep.equal([
      { prompt: Int32Array.of(1, 2), completion: Int32Array.of(3, 4, 5) },
      { prompt: Int32Array.of(1, 2), completion: Int32Array.of(6, 7, 8) },
    ]);
    expect(sequencesOf(loss)).to.deep.equal([first.chosen, first.rejected, second.chosen, second.rejected]);
  });
});

/** Three sequences with what a policy gradient needs. */
function of3() {
  return [1, 2, 3].map((token) => ({
    prompt: Int32Array.of(token),
    completion: Int32Array.of(token),
    advantage: token,
    oldLogProbs: Float32Array.of(-token),
  }));
}
