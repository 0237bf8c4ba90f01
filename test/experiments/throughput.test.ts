import { expect } from "chai";
import { throughputOf } from "../../experiments/throughput.js";
import type { RunEvent } from "../../infra/event-log.js";

const event = (phase: string, metrics: Record<string, number>): RunEvent => ({
  v: 1,
  time: "",
  step: 1,
  type: "metrics",
  phase,
  metrics,
});

describe("the throughput of a run", () => {
  it("is work over the time spent on it", () => {
    const events = [
      event("sft", { num_tokens: 900, num_trained_tokens: 300, "time/train_seconds": 1 }),
      event("grpo", {
        num_tokens: 2400,
        "completions/mean_length": 40,
        num_trained_tokens: 700,
        num_completions: 10,
        "completions/rendered_ratio": 0.8,
        "time/train_seconds": 1,
        "time/generate_seconds": 2,
        "time/score_seconds": 4,
      }),
    ];
    expect(throughputOf(events)).to.deep.equal({
      pagesPerSecond: 2,
      generateTokensPerSecond: 200,
      trainTokensPerSecond: 500,
    });
  });

  it("counts the metrics of training alone", () => {
    const work = { num_trained_tokens: 100, "time/train_seconds": 2 };
    const others = [
      event("compare", work),
      { ...event("sft", work), type: "checkpoint" },
      { ...event("grpo", work), type: "checkpoint" },
    ] as RunEvent[];
    expect(throughputOf([event("sft", work), ...others]).trainTokensPerSecond).to.equal(50);
    expect(throughputOf(others).trainTokensPerSecond).to.equal(null);
    const scoring = { num_completions: 4, "completions/rendered_ratio": 1, "time/score_seconds": 2 };
    const unscored = { ...event("grpo", { num_completions: 8, "completions/rendered_ratio": 1 }) };
    expect(throughputOf([event("grpo", scoring), unscored]).pagesPerSecond).to.equal(6);
    expect(throughputOf([event("grpo", scoring), event("sft", scoring)]).pagesPerSecond).to.equal(2);
  });

  it("is null for what was not done", () => {
    expect(throughputOf([])).to.deep.equal({
      pagesPerSecond: null,
      generateTokensPerSecond: null,
      trainTokensPerSecond: null,
    });
  });
});
