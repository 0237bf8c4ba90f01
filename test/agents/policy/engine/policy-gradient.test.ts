import { expect } from "chai";
import {
  createLocalEngine,
  type ModelEngine,
  type RolloutSequence,
} from "../../../../agents/policy/index.js";
import { UsageError } from "../../../../infra/errors.js";
import { tinyConfig, tinySequences } from "./tiny.js";

const options = {
  kind: "policyGradient" as const,
  epsilon: 0.2,
  epsilonHigh: 0.28,
  beta: 0.05,
  entropyCoef: 0.01,
};

/** The same loss from log-probabilities, token by token, in plain JavaScript. */
function plainLoss(sequences: readonly RolloutSequence[], logProbs: readonly Float32Array[]) {
  let [loss, kl, low, high, tokens] = [0, 0, 0, 0, 0];
  sequences.forEach(({ advantage, oldLogProbs, referenceLogProbs }, s) => {
    logProbs[s]?.forEach((logProb, t) => {
      const ratio = Math.exp(logProb - (oldLogProbs[t] as number));
      const bounded = Math.min(Math.max(ratio, 0.8), 1.28);
      const gap = (referenceLogProbs?.[t] as number) - logProb;
      const k3 = Math.exp(gap) - gap - 1;
      loss += -Math.min(ratio * advantage, bounded * advantage) + 0.05 * k3;
      kl += k3;
      if (advantage < 0 && ratio < 0.8) low++;
      if (advantage > 0 && ratio > 1.28) high++;
      tokens++;
    });
  });
  return { loss: loss / tokens, kl: kl / tokens, low: low / tokens, high: high / tokens };
}

describe("policy gradient", () => {
  let engine: ModelEngine;
  beforeEach(async () => {
    engine = await createLocalEngine({ config: tinyConfig, seed: 1, backend: "wasm" });
  });
  afterEach(() => engine.close());

  async function rollouts(): Promise<RolloutSequence[]> {
    const sequences = tinySequences(6);
    const current = await engine.logProbs(sequences);
    return sequences.map((sequence, i) => ({
      ...sequence,
      advantage: [1, -1, 0.5, -2, 0, 1.5][i] as number,
      oldLogProbs: (current[i] as Float32Array).map((value, t) => value + 0.2 * ((t % 5) - 2)),
      referenceLogProbs: (current[i] as Float32Array).map((value, t) => value + 0.1 * ((t % 3) - 1)),
    }));
  }

  it("is the loss, the KL and the clip fractions that plain JavaScript finds", async () => {
    const sequences = await rollouts();
    const plain = plainLoss(sequences, await engine.logProbs(sequences));
    const metrics = await engine.step({ ...options, sequences }, { learningRate: 0 });
    expect(metrics.loss).to.be.closeTo(plain.loss - 0.01 * (metrics.entropy as number), 1e-5);
    expect(metrics.kl).to.be.closeTo(plain.kl, 1e-5);
    expect(metrics.clipRatioLow).to.be.closeTo(plain.low, 1e-9);
    expect(metrics.clipRatioHigh).to.be.closeTo(plain.high, 1e-9);
    expect(plain.low).to.be.above(0);
    expect(plain.high).to.be.above(0);
  });

  it("has the gradient that finite differences of the loss give", async () => {
    const sequences = await rollouts();
    const loss = { ...options, sequences };
    const { gradientNorm } = await engine.step(loss, { learningRate: 0 });
    const state = await engine.exportState();
    // With no history, AdamW's first moment after one step is (1 - beta1) times the clipped gradient.
    const clip = Math.min(1, 1 / (gradientNorm + 1e-6));
    for (const name of ["model.layers.1.mlp.down_proj.weight", "model.layers.0.self_attn.v_proj.weight"]) {
      const moments = state.optimizer?.firstMoment.get(name)?.data ?? new Float32Array();
      const gradient = moments.map((moment) => moment / 0.1 / clip);
      const index = gradient.reduce(
        (most, value, i) => (Math.abs(value) > Math.abs(gradient[most] as number) ? i : most),
        0,
      );
      const lossAt = async (shift: number) => {
        const weight = state.weights.get(name)!;
        const data = weight.data.slice();
        data[index] = (data[index] as number) + shift;
        await engine.importState({ weights: new Map(state.weights).set(name, { ...weight, data }) });
        return (await engine.step(loss, { learningRate: 0 })).loss;
      };
      const slope = ((await lossAt(2e-3)) - (await lossAt(-2e-3))) / 4e-3;
      expect(slope).to.be.closeTo(gradient[index] as number, 0.03 * Math.abs(slope) + 1e-4);
    }
  });

  it("makes what was rewarded likelier and what was punished rarer", async () => {
    const [good, bad] = tinySequences(2) as [RolloutSequence, RolloutSequence];
    const before = await engine.logProbs([good, bad]);
    const sequences = [
      { ...good, advantage: 1, oldLogProbs: before[0] as Float32Array },
      { ...bad, advantage: -1, oldLogProbs: before[1] as Float32Array },
    ];
    await engine.step({ ...options, sequences, beta: 0 }, { learningRate: 3e-3 });
    const after = await engine.logProbs([good, bad]);
    const sum = (values: Float32Array | undefined) => values?.reduce((total, value) => total + value, 0) ?? 0;
    expect(sum(after[0])).to.be.above(sum(before[0]));
    expect(sum(after[1])).to.be.below(sum(before[1]));
  });

  it("asks for the reference log-probabilities that the KL term needs", async () => {
    const [sequence] = await rollouts();
    const { referenceLogProbs: _, ...without } = sequence as RolloutSequence;
    const error = await engine
      .step({ ...options, sequences: [without] }, { learningRate: 0 })
      .catch((e) => e);
    expect(error).to.be.instanceOf(UsageError).with.property("message").that.includes("referenceLogProbs");
  });
});
