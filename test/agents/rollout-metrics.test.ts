import { expect } from "chai";
import { rolloutMetrics, updateMetrics } from "../../agents/rollout-metrics.js";
import type { Rollout } from "../../agents/rollouts.js";
import { fixture, fixtureSequences } from "./fixtures/trl.js";

/** The rollouts that TRL was given. */
const rollouts = fixtureSequences.map(({ prompt, completion }, i): Rollout => {
  const ended = completion.at(-1) === fixture.stopToken;
  const logProbs = new Float32Array(completion.length);
  return {
    completion: {
      text: "",
      tokenCount: completion.length,
      finishReason: ended ? "stop" : "length",
      tokens: { prompt, completion, logProbs },
    },
    result: {
      reward: fixture.rewards[i] ?? null,
      info: {
        parts: Object.fromEntries(
          Object.entries(fixture.parts).map(([name, values]) => [name, values[i] ?? null]),
        ),
        evaluation: { render: { status: i % 4 === 0 ? "failed" : "rendered" } },
      },
    } as unknown as Rollout["result"],
  };
});

describe("what a step reports", () => {
  it("is what TRL logs of the same rollouts, under the same names", () => {
    const metrics = rolloutMetrics(rollouts);
    for (const [name, value] of Object.entries(fixture.rolloutMetrics))
      if (name !== "frac_reward_zero_std") expect(metrics[name], name).to.be.closeTo(value as number, 1e-6);
  });

  it("tells besides how many answers there were, rendered and could be scored", () => {
    expect(rolloutMetrics(rollouts)).to.include({
      num_completions: 12,
      "completions/rendered_ratio": 0.75,
      "completions/unscored_ratio": 0.25,
    });
  });

  it("goes on counting tokens where the last step stopped", () => {
    expect(rolloutMetrics(rollouts, 1000).num_tokens).to.equal(1101);
  });

  it("counts the answers that were cut, and measures those that were not", () => {
    const cut = rollouts.filter(({ completion }) => completion.finishReason === "length");
    expect(rolloutMetrics(cut)).to.include({
      "completions/clipped_ratio": 1,
      "completions/mean_length": 7,
      "completions/min_length": 7,
      "completions/max_length": 7,
      "completions/mean_terminated_length": 0,
      "completions/min_terminated_length": 0,
      "completions/max_terminated_length": 0,
    });
  });

  it("has no figure for what was never measured, and no deviation of a single value", () => {
    const unscored = rollouts.filter(({ result }) => result.reward === null);
    const metrics = rolloutMetrics(unscored);
    expect(metrics).not.to.have.any.keys(
      "reward",
      "reward_std",
      "rewards/similarity/mean",
      "rewards/similarity/std",
    );
    const single = rolloutMetrics(rollouts.slice(0, 1));
    expect(single).to.include({ reward: fixture.rewards[0] as number, "rewards/similarity/mean": 0.9 });
    expect(single).not.to.have.any.keys("reward_std", "rewards/similarity/std");
  });

  it("counts the completion alone for a policy that hides its tokens", () => {
    const [first] = rollouts as [Rollout];
    const { tokens: _, ...completion } = first.completion;
    expect(rolloutMetrics([{ ...first, completion }]).num_tokens).to.equal(completion.tokenCount);
  });

  it("takes means over the updates of a step", () => {
    const update = { gradientNorm: 2, tokens: 10, entropy: 1, kl: 0.5 };
    const clips = { clipRatioLow: 0.25, clipRatioHigh: 0.5, clipRatioLowMin: 0.125, clipRatioHighMax: 1 };
    const more = { clipRatioLow: 0.5, clipRatioHigh: 0.125, clipRatioLowMin: 0.375, clipRatioHighMax: 0.5 };
    expect(
      updateMetrics([
        { ...update, ...clips, loss: 1 },
        { ...update, ...more, loss: 4, kl: 1.5, entropy: 2, gradientNorm: 1, tokens: 5 },
      ]),
    ).to.deep.equal({
      num_updates: 2,
      num_trained_tokens: 15,
      loss: 2.5,
      grad_norm: 1.5,
      kl: 1,
      entropy: 1.5,
      "clip_ratio/low_mean": 0.375,
      "clip_ratio/low_min": 0.25,
      "clip_ratio/high_mean": 0.3125,
      "clip_ratio/high_max": 0.75,
      "clip_ratio/region_mean": 0.6875,
    });
  });

  it("has no KL where no reference was kept, and no update where none was made", () => {
    const metrics = updateMetrics([
      { loss: 1, gradientNorm: 2, tokens: 3, clipRatioLow: 0, clipRatioHigh: 0 },
    ]);
    expect(metrics).not.to.have.any.keys("kl", "entropy", "clip_ratio/low_min");
    expect(metrics["clip_ratio/region_mean"]).to.equal(0);
    expect(updateMetrics([])).to.deep.equal({ num_updates: 0, num_trained_tokens: 0 });
  });
});
