import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Tensor } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { readAdapter } from "../../../../agents/policy/checkpoint/adapter.js";
import { fromConfigJson, toConfigJson } from "../../../../agents/policy/checkpoint/model-config.js";
import { readModel } from "../../../../agents/policy/checkpoint/model-files.js";
import { packSequences } from "../../../../agents/policy/engine/packing.js";
import type { ModelConfig, Weights } from "../../../../agents/policy/model/config.js";
import { Decoder } from "../../../../agents/policy/model/decoder.js";
import { mergeAdapters } from "../../../../agents/policy/model/lora.js";
import {
  checkWeights,
  initialWeights,
  parametersOf,
  trainedParameters,
} from "../../../../agents/policy/model/parameters.js";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { bothOps } from "../ops/support.js";

const FOLDER = fileURLToPath(new URL("../../../../../test/fixtures/model-families/", import.meta.url));

/** Of the script beside it. */
interface Expected {
  readonly ids: readonly (readonly number[])[];
  readonly families: Readonly<
    Record<
      string,
      {
        /** Of the last two positions of each sequence. */
        readonly logits: readonly (readonly number[])[];
        readonly loss: number;
        /** Norm, and product with a fixed direction. */
        readonly gradients: Readonly<Record<string, readonly [number, number]>>;
      }
    >
  >;
}

const expected = JSON.parse(readFileSync(`${FOLDER}expected.json`, "utf8")) as Expected;

describe("models of published families", () => {
  let both: { portable: Ops; wasm: Ops };
  before(async () => {
    both = await bothOps();
  });

  for (const family of Object.keys(expected.families)) {
    describe(family, () => {
      let config: ModelConfig;
      let weights: Weights;
      before(async () => {
        const read = family.endsWith("-lora") ? readAdapter : readModel;
        ({ config, weights } = await read(`${FOLDER}${family}`));
      });

      it("holds the weights that its config asks for, and begins with as many", () => {
        checkWeights(config, weights);
        expect([...weights.keys()].sort()).to.deep.equal(
          parametersOf(config)
            .map(({ name }) => name)
            .sort(),
        );
        const begun = initialWeights(config, 1);
        for (const [name, { shape }] of weights) expect(begun.get(name)?.shape).to.deep.equal(shape);
      });

      it("is written as it was read", () => {
        const { lora, ...base } = config;
        const folder = `${FOLDER}${family.replace(/-lora$/, "")}`;
        const json = JSON.parse(readFileSync(`${folder}/config.json`, "utf8"));
        const written = toConfigJson(base, { stopToken: 0, padToken: null });
        expect(fromConfigJson(written)).to.deep.equal(base);
        expect(written.architectures).to.deep.equal(json.architectures);
      });

      for (const name of ["portable", "wasm"] as const) {
        it(`gives the logits of transformers, with the ${name} ops`, () => {
          const { logits } = expected.families[family]!;
          tf.tidy(() => expectEqual(lastLogits(config, weights, both[name]), logits.flat()));
        });

        it(`gives the loss and the gradients of transformers, with the ${name} ops`, () => {
          tf.tidy(() => {
            const { loss, gradients } = gradientsOf(config, weights, both[name]);
            const { loss: theirs, gradients: theirGradients } = expected.families[family]!;
            expect(loss).to.be.closeTo(theirs, 1e-4 * theirs);
            expect(Object.keys(gradients).sort()).to.deep.equal(Object.keys(theirGradients).sort());
            for (const [weight, [norm, along]] of Object.entries(theirGradients)) {
              const [ourNorm, ourAlong] = gradients[weight]!;
              expect(ourNorm, `norm of ${weight}`).to.be.closeTo(norm, 1e-4 * norm + 1e-7);
              expect(ourAlong, `direction of ${weight}`).to.be.closeTo(along, 1e-4 * norm + 1e-7);
            }
          });
        });

        it(`decodes token by token what it reads at once, with the ${name} ops`, () => {
          tf.tidy(() => expectEqual(decodedLogits(config, weights, both[name]), lastOf(family)));
        });
      }

      if (family.endsWith("-lora"))
        it("computes the same when its adapters are merged", () => {
          const merged = mergeAdapters(config, weights);
          expect(merged.config).to.not.have.property("lora");
          expect([...merged.weights.keys()].some((name) => name.includes("lora"))).to.equal(false);
          tf.tidy(() =>
            expectEqual(
              lastLogits(merged.config, merged.weights, both.wasm),
              expected.families[family]!.logits.flat(),
            ),
          );
        });
    });
  }
});

/** Logits of the last position of each sequence. */
const lastOf = (family: string) => expected.families[family]!.logits.filter((_, i) => i % 2 === 1).flat();

const SEQUENCES = expected.ids.map((ids) => ({
  prompt: Int32Array.from(ids.slice(0, 1)),
  completion: Int32Array.from(ids.slice(1)),
}));

function tensorsOf(weights: Weights): Map<string, Tensor> {
  return new Map([...weights].map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]));
}

function lastLogits(config: ModelConfig, weights: Weights, ops: Ops): Float32Array {
  const decoder = new Decoder(config, ops);
  const tensors = tensorsOf(weights);
  const [batch, time] = [expected.ids.length, expected.ids[0]!.length];
  const slots = Int32Array.from({ length: batch * time }, (_, i) => i);
  const hidden = decoder.hiddenStates(tensors, {
    ids: Int32Array.from(expected.ids.flat()),
    positions: slots.map((slot) => slot % time),
    attention: { batch, time, rowOfSlot: slots, slotOfRow: slots },
  });
  const last = slots.filter((slot) => slot % time >= time - 2);
  return decoder.logits(tensors, ops.embed(hidden, tf.tensor1d(last, "int32"))).dataSync() as Float32Array;
}

/** The last logits, where only the first four tokens are read at once. */
function decodedLogits(config: ModelConfig, weights: Weights, ops: Ops): Float32Array {
  const decoder = new Decoder(config, ops);
  const tensors = tensorsOf(weights);
  const [batch, time, read] = [expected.ids.length, expected.ids[0]!.length, 4];
  const shape = { batch, capacity: time, kvHeads: config.kvHeads, headSize: config.headSize ?? 6 };
  const caches = Array.from({ length: config.layers }, () => ops.createCache(shape));
  const ids = Int32Array.from(expected.ids.flatMap((sequence) => sequence.slice(0, read)));
  decoder.prefill(tensors, { ids, batch, time: read }, caches);
  let hidden = tf.zeros([0, 0]) as tf.Tensor2D;
  for (let t = read; t < time; t++) {
    const next = Int32Array.from(expected.ids, (sequence) => sequence[t] as number);
    hidden = decoder.decode(tensors, next, new Int32Array(batch).fill(t), caches);
  }
  for (const cache of caches) cache.dispose();
  return decoder.logits(tensors, hidden).dataSync() as Float32Array;
}

function gradientsOf(config: ModelConfig, weights: Weights, ops: Ops) {
  const decoder = new Decoder(config, ops);
  const names = trainedParameters(config).map((parameter) => parameter.name);
  const all = tensorsOf(weights);
  const packed = packSequences(SEQUENCES);
  const { value, grads } = tf.valueAndGrads((...given: Tensor[]) => {
    const trained = names.map((name, i) => [name, given[i] as Tensor] as const);
    const tensors = new Map([...all, ...trained]);
    const hidden = decoder.hiddenStates(tensors, packed);
    const predicting = ops.embed(hidden, tf.tensor1d(packed.predictingRows, "int32"));
    const targets = tf.tensor1d(packed.targets, "int32");
    const { logProbs } = ops.headLogProbs(predicting, decoder.head(tensors), targets);
    return tf.neg(tf.mean(logProbs)) as tf.Scalar;
  })(names.map((name) => all.get(name) as Tensor));
  const gradients = Object.fromEntries(
    names.map((name, i) => {
      const values = Array.from((grads[i] as Tensor).dataSync());
      const norm = Math.hypot(...values);
      const along = values.reduce((sum, value, at) => sum + value * Math.cos(0.7 * at + 0.3), 0);
      return [name, [norm, along] as const];
    }),
  );
  return { loss: value.dataSync()[0] as number, gradients };
}

/** Within 1e-4 of the largest. */
function expectEqual(actual: ArrayLike<number>, values: readonly number[]): void {
  expect(actual.length).to.equal(values.length);
  const largest = Math.max(...values.map(Math.abs));
  const worst = Math.max(...values.map((value, i) => Math.abs(value - (actual[i] as number))));
  expect(worst / largest).to.be.below(1e-4);
}
