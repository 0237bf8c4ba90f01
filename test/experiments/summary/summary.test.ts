import { expect } from "chai";
import type { Comparison, ComparisonEntry } from "../../../experiments/comparison.js";
import { buildSummary, type SummaryFacts } from "../../../experiments/summary.js";
import { formatSummary, parseSummary } from "../../../experiments/summary-file.js";
import { UsageError } from "../../../infra/errors.js";

const FACTS: SummaryFacts = {
  backend: "wasm (2 workers)",
  browser: "chromium-headless-shell 156",
  seed: 7,
  throughput: { pagesPerSecond: 80, generateTokensPerSecond: 2000, trainTokensPerSecond: null },
  resamples: 500,
};

function entry(task: number, reward: number | null, changes: Partial<ComparisonEntry> = {}): ComparisonEntry {
  return {
    taskId: `t${task}`,
    seed: 1,
    reward,
    parts: { checklist: reward, similarity: reward === null ? null : reward / 2 },
    facts: {},
    tokens: 100,
    turns: 1,
    endReason: "completed",
    completion: "<p>",
    failedChecks: [],
    ...changes,
  };
}

function comparison(agents: Record<string, readonly ComparisonEntry[]>, tasks = 4): Comparison {
  const names = Object.keys(agents);
  return {
    envId: "webgen/Pages-v0",
    taskSplit: "test",
    taskIds: Array.from({ length: tasks }, (_, task) => `t${task}`),
    seeds: [1],
    agents: names.map((name) => ({ name, entries: agents[name] ?? [], seconds: 8 })),
    pairs: names.slice(1).map((name, i) => [name, names[i] as string] as const),
    gallery: [],
  };
}

describe("the summary", () => {
  const sft = [0.2, 0.4, 0.6, 0.8].map((reward, task) => entry(task, reward));
  const grpo = [0.3, 0.5, 0.7, 0.9].map((reward, task) => entry(task, reward, { tokens: 200 }));

  it("holds means, parts, cost and paired differences", () => {
    const summary = buildSummary(comparison({ sft, grpo }), FACTS);
    expect(Object.keys(summary)).to.deep.equal([
      "backend",
      "browser",
      "seed",
      "taskSplit",
      "agents",
      "differences",
      "throughput",
    ]);
    const [first, second] = summary.agents;
    expect(first).to.deep.include({ name: "sft", n: 4, tokens: 100, seconds: 2 });
    expect(first?.reward.mean).to.be.closeTo(0.5, 1e-12);
    expect(second?.parts.similarity?.mean).to.be.closeTo(0.3, 1e-12);
    expect(summary.differences).to.have.length(1);
    const [difference] = summary.differences;
    expect(difference).to.include({ a: "grpo", b: "sft", n: 4, excluded: 0 });
    expect(difference?.mean).to.be.closeTo(0.1, 1e-12);
    expect(difference?.ci95?.[0]).to.be.closeTo(0.1, 1e-12);
  });

  it("takes the task as its unit: the seeds of a task are averaged first", () => {
    const answers = [entry(0, 0), entry(0, 0.2, { seed: 2 }), entry(1, 1), entry(1, 1, { seed: 2 })];
    const [agent] = buildSummary(comparison({ sft: answers }, 2), FACTS).agents;
    expect(agent?.n).to.equal(2);
    expect(agent?.reward.mean).to.be.closeTo(0.55, 1e-12);
    expect(agent?.seconds).to.equal(2);
  });

  it("leaves out what has no reward, on both sides of a difference, and counts it", () => {
    const gappy = grpo.map((answer, task) => (task === 1 ? entry(1, null) : answer));
    const { agents, differences } = buildSummary(comparison({ sft, grpo: gappy }), FACTS);
    expect(agents[1]).to.include({ n: 3 });
    expect(agents[1]?.reward.excluded).to.equal(1);
    expect(agents[1]?.parts.checklist).to.include({ n: 3, excluded: 1 });
    expect(differences[0]).to.include({ n: 3, excluded: 1 });
    expect(differences[0]?.mean).to.be.closeTo(0.1, 1e-12);
  });

  it("compares a task under seeds that both sides have", () => {
    const left = [entry(0, 0.5), entry(0, 0.9, { seed: 2 }), entry(1, 0.5), entry(1, null, { seed: 2 })];
    const right = [entry(0, 0.4), entry(0, null, { seed: 2 }), entry(1, 0.4), entry(1, 0.1, { seed: 2 })];
    const { differences } = buildSummary(comparison({ right, left }, 2), FACTS);
    expect(differences[0]).to.include({ a: "left", b: "right", n: 2 });
    expect(differences[0]?.mean).to.be.closeTo(0.1, 1e-12);
  });

  it("counts facts right by kind, over the tasks that ask for them, and their paired differences", () => {
    const told = (task: number, facts: ComparisonEntry["facts"], reward: number | null = 0.5) =>
      entry(task, reward, { facts });
    const before = [
      told(0, { brand: true, numbers: false }),
      told(1, { brand: true }),
      told(2, { brand: false, numbers: false }),
      told(3, { brand: false }),
    ];
    const after = [
      told(0, { brand: true, numbers: true }),
      told(1, { brand: true }),
      told(2, {}, null),
      told(3, { brand: true }),
    ];
    const { agents, differences } = buildSummary(comparison({ before, after }), FACTS);
    expect(Object.keys(agents[0]!.facts)).to.deep.equal(["brand", "numbers"]);
    expect(agents[0]?.facts.brand).to.include({ asked: 4, right: 2, mean: 0.5, n: 4, excluded: 0 });
    expect(agents[0]?.facts.numbers).to.include({ asked: 2, right: 0, mean: 0, n: 2, excluded: 0 });
    expect(agents[1]?.facts.brand).to.include({ asked: 3, right: 3, mean: 1, n: 3, excluded: 1 });
    expect(agents[1]?.facts.numbers).to.include({ asked: 1, right: 1, mean: 1, n: 1, excluded: 1 });
    expect(differences[0]?.facts.brand).to.include({ n: 3, excluded: 1 });
    expect(differences[0]?.facts.brand?.mean).to.be.closeTo(1 / 3, 1e-12);
    expect(differences[0]?.facts.numbers).to.deep.include({ mean: 1, ci95: null, n: 1, excluded: 1 });
  });

  it("averages facts over the seeds of a task, and pairs them under equal seeds", () => {
    const answer = (seed: number, brand: boolean) => entry(0, 0.5, { seed, facts: { brand } });
    const { agents, differences } = buildSummary(
      comparison({ sft: [answer(1, false), answer(2, true)], grpo: [answer(1, true)] }, 1),
      FACTS,
    );
    expect(agents[0]?.facts.brand).to.include({ asked: 2, right: 1, mean: 0.5, n: 1 });
    expect(differences[0]?.facts.brand).to.include({ mean: 1, n: 1, excluded: 0 });
  });

  it("says nothing where nothing was measured", () => {
    const summary = buildSummary(comparison({ sft: [], grpo: [entry(0, null)] }), FACTS);
    expect(summary.agents[0]).to.deep.include({ n: 0, tokens: null, seconds: null });
    expect(summary.agents[1]?.reward).to.deep.include({ mean: null, ci95: null });
    expect(summary.differences[0]).to.include({ mean: null, ci95: null });
    expect(parseSummary(formatSummary(summary))).to.deep.equal(summary);
  });

  it("refuses pairs and tasks that are not there", () => {
    expect(() => buildSummary({ ...comparison({ sft }), pairs: [["sft", "gpo"]] }, FACTS)).to.throw(
      UsageError,
      'no agent "gpo" in this comparison. There are: sft',
    );
    expect(() => buildSummary(comparison({ sft: [entry(9, 1)] }), FACTS)).to.throw(
      UsageError,
      '"t9", which is no task',
    );
  });
});

describe("summary.json", () => {
  const good = buildSummary(comparison({ sft: [entry(0, 0.5), entry(1, 0.6)] }, 2), FACTS);

  it("is read back as it was written", () => {
    expect(parseSummary(formatSummary(good))).to.deep.equal(good);
  });

  it("is refused with every place that is wrong", () => {
    const [agent] = good.agents;
    const bad = {
      ...good,
      seed: "7",
      agents: [{ ...agent, n: -1, reward: { ...agent?.reward, ci95: [0.9, 0.1] } }],
      throughput: null,
    };
    expect(() => parseSummary(JSON.stringify(bad), "runs/a/summary.json")).to.throw(
      UsageError,
      'runs/a/summary.json is no summary: seed must be a number, not "7"; agents[0].n must be a whole number from 0, not -1; ' +
        "agents[0].reward.ci95 must be null or [low, high] with low <= high, not [0.9,0.1]; throughput must be an object, not null.",
    );
    expect(() => parseSummary("{}")).to.throw(UsageError, "backend must be a text, not missing");
    expect(() => parseSummary("[]")).to.throw(UsageError, "the whole must be an object, not []");
    expect(() => parseSummary("nope")).to.throw(UsageError, "summary.json is not JSON");
  });
});
