import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { QUICKSTART_PHASES, type QuickstartResult, quickstart } from "../../experiments/quickstart.js";
import { QUICKSTART } from "../../experiments/recipes/quickstart.js";
import { mergeRecipe } from "../../experiments/recipes/recipe.js";
import { readRun } from "../../experiments/watch/run-view.js";
import { readEvents } from "../../infra/event-log.js";
import { createProgress } from "../../infra/progress.js";
import { readBoard } from "../infra/tensorboard/reader.js";

/** Every phase of the quickstart, small enough for a test. */
const TINY = mergeRecipe(QUICKSTART, {
  dataset: { levels: [1] },
  vocabSize: 700,
  model: { hiddenSize: 32, intermediateSize: 64, layers: 1, heads: 2, kvHeads: 1, maxPositions: 512 },
  maxTokens: 48,
  sft: { demonstrations: 32, steps: 3, batchSize: 4 },
  grpo: { steps: 2, tasksPerStep: 2, groupSize: 2, tasksPerChunk: 1, epochs: 1 },
  compare: { tasks: 3, bestOf: 2, polishTurns: 3, gallery: 1 },
});

describe("the quickstart", function () {
  this.timeout(300_000);
  const out = join(mkdtempSync(join(tmpdir(), "webgen-quickstart-")), "run");
  after(() => rmSync(join(out, ".."), { recursive: true, force: true }));

  const lines: string[] = [];
  const start = () =>
    quickstart({
      recipe: TINY,
      seed: 3,
      out,
      command: "webgen quickstart --seed 3",
      progress: createProgress({
        plan: QUICKSTART_PHASES,
        live: false,
        output: { write: (text) => lines.push(text) },
      }),
    });
  let result: QuickstartResult;
  before(async () => {
    result = await start();
  });

  it("trains, compares five agents on the same held-out tasks, and writes the files it promises", () => {
    const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
    expect(result.summaryPath).to.equal(join(out, "summary.json"));
    expect(JSON.parse(JSON.stringify(result.summary))).to.deep.equal(summary);
    expect(summary).to.deep.include({ seed: 3, taskSplit: "test" });
    const agents = summary.agents as { name: string; n: number; reward: { mean: number } }[];
    expect(agents.map(({ name }) => name)).to.deep.equal(["untrained", "sft", "grpo", "best-of-2", "polish"]);
    for (const { n, reward } of agents) {
      expect(n).to.equal(3);
      expect(reward.mean).to.be.within(0, 1);
    }
    const pairs = summary.differences as { a: string; b: string; mean: number }[];
    expect(pairs.map(({ a, b }) => `${a} - ${b}`)).to.deep.equal([
      "sft - untrained",
      "grpo - sft",
      "best-of-2 - grpo",
      "polish - grpo",
    ]);
    const meanOf = (agent: string) => agents.find(({ name }) => name === agent)!.reward.mean;
    for (const { a, b, mean } of pairs) expect(mean).to.be.closeTo(meanOf(a) - meanOf(b), 1e-12);
    for (const { facts } of summary.agents) {
      expect(facts.brand).to.include({ asked: 3, n: 3, excluded: 0 });
      expect(Object.keys(facts)).to.include.members(["headline", "button", "look"]);
    }
    expect(readFileSync(result.reportPath, "utf8")).to.match(/^<!doctype html>.*<\/html>\s*$/s);
    for (const stage of ["untrained", "sft", "grpo"])
      expect(statSync(join(out, "checkpoints", stage, "model.safetensors")).size).to.be.above(10_000);
  });

  it("logs every step, and the same scalars for TensorBoard", () => {
    const events = readEvents(join(out, "events.jsonl"));
    expect(events.map(({ phase, step }) => `${phase} ${step}`)).to.deep.equal([
      "sft 1",
      "sft 2",
      "sft 3",
      "grpo 1",
      "grpo 2",
    ]);
    const board = readBoard(join(out, "tensorboard"));
    for (const { phase, step, metrics = {} } of events) {
      const found = board[phase]!.find((event) => event.step === step && event.version === undefined)!;
      expect(found.scalars).to.deep.equal(
        Object.fromEntries(
          Object.entries(metrics).flatMap(([name, value]) =>
            value === null ? [] : [[`train/${name}`, Math.fround(value)]],
          ),
        ),
      );
    }
  });

  it("leaves what docs/runs.md says, and nothing else", () => {
    const text = readFileSync("docs/runs.md", "utf8");
    const listed = [...text.matchAll(/^\| `([\w.-]+)/gm)].map(([, name]) => name!);
    expect(readdirSync(out).sort()).to.deep.equal(listed.sort());
    const described = (metric: string) =>
      [
        metric,
        metric.replace(/^rewards\/.*\//, "rewards/PART/"),
        metric.replace(/\/(min|max)_/, "/mean_"),
        metric.replace(/_(min|max)$/, "_mean"),
        metric.replace(/^time\/.*/, "time/"),
      ].some((name) => text.includes(`\`${name}\``));
    const metrics = readEvents(join(out, "events.jsonl")).flatMap((event) =>
      Object.keys(event.metrics ?? {}),
    );
    expect([...new Set(metrics)].filter((metric) => !described(metric))).to.deep.equal([]);
    const [, shape] = /## summary\.json\n.*?```ts\n(.*?)```/s.exec(text)!;
    const { agents, differences, throughput, ...rest } = result.summary;
    const names = [rest, agents[0]!, agents[0]!.reward, differences[0]!, throughput].flatMap(Object.keys);
    for (const name of [...names, "agents", "differences", "throughput"])
      expect(shape, name).to.match(new RegExp(`\\b${name}\\b`));
  });

  it("shows and records its phases", () => {
    const { status, phases, hasReport } = readRun(out);
    expect({ status, hasReport }).to.deep.equal({ status: "done", hasReport: true });
    expect(phases.map(({ name, state, done, total }) => [name, state, done, total])).to.deep.equal([
      ["Policy", "done", 1, 1],
      ["SFT", "done", 3, 3],
      ["GRPO", "done", 2, 2],
      ["Compare", "done", 15, 15],
      ["Report", "done", 2, 2],
    ]);
    expect(lines.find((line) => line.startsWith("5/5 Report"))).to.not.equal(undefined);
  });

  it("gives the same figures when it is called again, without doing the work again", async () => {
    const before = readFileSync(join(out, "events.jsonl"), "utf8");
    const { summary } = await start();
    const { throughput: _, ...figures } = summary;
    const { throughput, ...first } = result.summary;
    expect(figures).to.deep.equal(first);
    expect(throughput.trainTokensPerSecond).to.be.above(0);
    expect(readFileSync(join(out, "events.jsonl"), "utf8")).to.equal(before);
  });
});
