import { expect } from "chai";
import { trainingSections } from "../../../experiments/report/training.js";
import type { RunEvent } from "../../../infra/event-log.js";

const event = (phase: string, step: number, metrics: Record<string, number | null>): RunEvent => ({
  v: 1,
  time: "2026-01-02T03:04:05.000Z",
  type: "metrics",
  phase,
  step,
  metrics,
});

/** Names of the plots in a piece of HTML, in order. */
const plots = (markup: { text: string } | undefined) =>
  [...(markup?.text ?? "").matchAll(/<figcaption><b>(.*?)<\/b>/g)].map(([, name]) =>
    name!.replaceAll("<wbr>", ""),
  );

describe("the plots of a run", () => {
  it("have the names of their metrics: rewards first, then each phase, what is less known folded away", () => {
    const { rewards, health, data } = trainingSections([
      event("sft", 1, { learning_rate: 0.1, loss: 3, "time/train_seconds": 1 }),
      event("grpo", 1, {
        "completions/mean_length": 90,
        "rewards/visual/mean": 0.5,
        "rewards/visual/std": 0.1,
        reward: 0.25,
        loss: 0.5,
        kl: null,
      }),
    ]);
    expect(plots(rewards)).to.deep.equal(["reward", "rewards/visual/mean"]);
    const [sft, grpo] = health!.text.split("<h3>").slice(1);
    expect(sft).to.match(/^SFT</);
    expect(plots({ text: sft! })).to.deep.equal(["loss", "learning_rate", "time/train_seconds"]);
    expect(plots({ text: sft!.split("<details>")[1]! })).to.deep.equal(["time/train_seconds"]);
    expect(sft).to.contain("<summary>1 more</summary>");
    expect(plots({ text: grpo! })).to.deep.equal(["loss", "completions/mean_length", "rewards/visual/std"]);
    expect(data.map(({ phases }) => phases.map(({ phase }) => phase))).to.deep.equal(
      ["GRPO", "GRPO", "SFT", "SFT", "SFT", "GRPO", "GRPO", "GRPO"].map((phase) => [phase]),
    );
    // Each plot finds its own data.
    const numbers = [...`${rewards!.text}${health!.text}`.matchAll(/data-chart="(\d+)"/g)];
    expect(numbers.map(([, number]) => Number(number))).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("are none where nothing was measured", () => {
    expect(trainingSections([])).to.deep.equal({ rewards: undefined, health: undefined, data: [] });
    expect(trainingSections([event("grpo", 1, { reward: 1 })]).health).to.equal(undefined);
    expect(trainingSections([event("sft", 1, { loss: 1 })]).rewards).to.equal(undefined);
    expect(plots(trainingSections([event("grpo", 1, { "rewards/a/mean": 1 })]).rewards)).to.deep.equal([
      "rewards/a/mean",
    ]);
  });
});
