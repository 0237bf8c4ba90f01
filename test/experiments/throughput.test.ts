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

  it("is null for what was not done", () => {
    expect(throughputOf([])).to.deep.equal({
      pagesPerSecond: null,
      generateTokensPerSecond: null,
      trainTokensPerSecond: null,
    });
  });
});
