import { expect } from "chai";
import { headlineOf, phaseSeconds } from "../../../experiments/report/headline.js";
import type { Summary } from "../../../experiments/summary.js";
import type { RunEvent } from "../../../infra/event-log.js";

const estimate = (mean: number | null, ci95: readonly [number, number] | null) => ({
  mean,
  ci95,
  n: 64,
  excluded: 0,
});

function summary(
  a: string,
  b: string,
  means: readonly [number, number],
  ci95: readonly [number, number] | null,
): Summary {
  const agent = (name: string, mean: number) => ({
    name,
    n: 64,
    reward: estimate(mean, [mean - 0.05, mean + 0.05]),
    parts: {},
    facts: {},
    tokens: 1,
    seconds: 1,
  });
  return {
    backend: "wasm",
    browser: "chromium",
    seed: 1,
    taskSplit: "test",
    agents: [agent(b, means[1]), agent(a, means[0])],
    differences: [{ a, b, ...estimate(ci95 ? means[0] - means[1] : null, ci95), facts: {} }],
    throughput: { pagesPerSecond: null, generateTokensPerSecond: null, trainTokensPerSecond: null },
  };
}

function events(seconds: readonly number[]): RunEvent[] {
  return seconds.map((second, step) => ({
    v: 1,
    time: new Date(second * 1000).toISOString(),
    step,
    phase: "grpo",
    type: "metrics",
  }));
}

describe("the headline of a report", () => {
  it("says what training raised, by how much, how surely and how fast", () => {
    const { claim, figures, trend } = headlineOf(
      summary("grpo", "sft", [0.71, 0.58], [0.1, 0.16]),
      events([0, 80, 160]),
    );
    expect(claim).to.equal("GRPO raised held-out reward from 0.58 to 0.71");
    expect(figures).to.equal("+0.13, 95 % interval 0.10 to 0.16, over 64 tasks, after 4 min of training");
    expect(trend).to.equal("up");
  });

  it("says as plainly that it lowered it", () => {
    const { claim, trend } = headlineOf(summary("sft+grpo", "sft", [0.4, 0.58], [-0.2, -0.1]));
    expect(claim).to.equal("SFT+GRPO lowered held-out reward from 0.58 to 0.40");
    expect(trend).to.equal("down");
  });

  it("claims nothing that the interval does not carry", () => {
    const { claim, trend } = headlineOf(summary("grpo", "sft", [0.6, 0.58], [-0.01, 0.05]));
    expect(claim).to.equal("No clear difference in held-out reward between GRPO (0.60) and SFT (0.58)");
    expect(trend).to.equal(null);
    expect(headlineOf(summary("grpo", "sft", [0.6, 0.58], null)).claim).to.contain(
      "Too few held-out tasks were scored",
    );
  });

  it("speaks of what was compared when nothing was trained", () => {
    const { claim } = headlineOf(summary("qwen", "llama", [0.8, 0.7], [0.05, 0.15]));
    expect(claim).to.equal("qwen earned more held-out reward than llama: 0.80 against 0.70");
  });

  it("speaks of the pair asked for, and of one agent alone", () => {
    const two = summary("grpo", "sft", [0.71, 0.58], [0.1, 0.16]);
    const alone = headlineOf({ ...two, differences: [] });
    expect(alone.claim).to.equal("GRPO reached a reward of 0.71");
    expect(headlineOf(two, [], ["sft", "grpo"]).claim).to.equal(alone.claim);
    expect(headlineOf({ ...two, agents: [], differences: [] }).claim).to.equal("No answer could be scored");
  });

  it("counts working time alone: a night between two steps is a pause", () => {
    expect(phaseSeconds(events([0, 10, 20, 40_000, 40_010]), "grpo")).to.equal(50);
    expect(phaseSeconds(events([5]), "grpo")).to.equal(null);
    expect(phaseSeconds(events([0, 10]), "sft")).to.equal(null);
  });
});
