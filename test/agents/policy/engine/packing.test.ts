import { expect } from "chai";
import fc from "fast-check";
import { microBatches, packSequences } from "../../../../agents/policy/engine/packing.js";
import { shard, unshard } from "../../../../agents/policy/engine/shards.js";
import { createLocalEngine, type Sequence } from "../../../../agents/policy/index.js";
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
});
