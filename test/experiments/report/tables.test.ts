import { expect } from "chai";
import { factTable } from "../../../experiments/report/facts.js";
import { agentTable, differenceTable, throughputList } from "../../../experiments/report/tables.js";
import type { Estimate } from "../../../experiments/statistics.js";
import type { AgentSummary, Summary } from "../../../experiments/summary.js";

const estimate = (
  mean: number | null,
  ci95: Estimate["ci95"],
  changes: Partial<Estimate> = {},
): Estimate => ({
  mean,
  ci95,
  n: 12,
  excluded: 0,
  ...changes,
});

const agent = (name: string, reward: Estimate, changes: Partial<AgentSummary> = {}): AgentSummary => ({
  name,
  n: reward.n,
  reward,
  parts: {},
  facts: {},
  tokens: 1234.4,
  seconds: null,
  ...changes,
});

const summary = (changes: Partial<Summary>): Summary => ({
  backend: "wasm",
  browser: "chromium",
  seed: 1,
  taskSplit: "test",
  agents: [],
  differences: [],
  throughput: { pagesPerSecond: null, generateTokensPerSecond: null, trainTokensPerSecond: null },
  ...changes,
});

/** Texts of the cells of each body row. */
const rows = ({ text }: { text: string }): string[][] =>
  [...text.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].slice(1).map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
      cell!
        .replace(/<svg.*?<\/svg>/gs, "")
        .replace(/<[^>]+>/g, "")
        .trim(),
    ),
  );

describe("the tables of a report", () => {
  it("say of a difference what its interval carries, and no more", () => {
    const difference = (ci95: Estimate["ci95"], mean: number | null = 0.15) => ({
      a: "grpo",
      b: "sft",
      ...estimate(mean, ci95),
      facts: {},
    });
    const table = differenceTable(
      summary({
        differences: [
          difference([0.1, 0.2]),
          difference([-0.2, -0.1], -0.15),
          difference([-0.1, 0.2]),
          difference([0, 0.2]),
          difference([-0.2, 0], -0.1),
          difference(null, null),
        ],
      }),
    );
    expect(rows(table).map((cells) => cells.at(-1))).to.deep.equal([
      "higher",
      "lower",
      "no clear difference",
      "no clear difference",
      "no clear difference",
      "not enough pairs",
    ]);
    expect(rows(table)[0]).to.deep.equal(["GRPO − SFT", "+0.15", "0.10 to 0.20", "12", "higher"]);
    expect(rows(table)[5]?.slice(1, 4)).to.deep.equal(["–", "–", "12"]);
  });

  it("give every agent its reward, parts and cost, and mark the best", () => {
    const parts = { render: estimate(1, [1, 1]), visual: estimate(0.25, null) };
    const table = agentTable(
      summary({
        agents: [
          agent("sft", estimate(0.5, [0.4, 0.6]), { parts }),
          agent("best-of-8", estimate(0.75, [0.7, 0.8]), { seconds: 2.34 }),
          agent("lost", estimate(null, null, { n: 0, excluded: 2 })),
        ],
      }),
    );
    expect(rows(table)).to.deep.equal([
      ["SFT", "0.50", "0.40 to 0.60", "1.00", "0.25", "1,234", "–"],
      ["best-of-8", "0.75", "0.70 to 0.80", "–", "–", "1,234", "2.34"],
      ["lost", "–", "–", "–", "–", "1,234", "–"],
    ]);
    expect(
      [...table.text.matchAll(/<tr class="best"><th scope="row">(.*?)</g)].map(([, name]) => name),
    ).to.deep.equal(["best-of-8"]);
    expect(table.text).to.contain("Up to 2 tasks per agent had no measurable reward and are left out.");
    const complete = agentTable(summary({ agents: [agent("sft", estimate(0.5, null))] }));
    expect(complete.text).to.not.contain("left out");
    const one = agentTable(summary({ agents: [agent("sft", estimate(0.5, null, { excluded: 1 }))] }));
    expect(one.text).to.contain("Up to 1 task per agent had no measurable reward and is left out.");
  });

  it("give each kind of fact its share by agent, and the difference in points", () => {
    const fact = (asked: number, right: number, excluded = 0) => ({
      ...estimate(asked === 0 ? null : right / asked, null, { n: asked, excluded }),
      asked,
      right,
    });
    const table = factTable(
      summary({
        agents: [
          agent("sft", estimate(0.5, null), { facts: { brand: fact(8, 6), numbers: fact(3, 0) } }),
          agent("grpo", estimate(0.6, null), { facts: { brand: fact(8, 8), numbers: fact(2, 1, 1) } }),
        ],
        differences: [
          {
            ...{ a: "grpo", b: "sft", ...estimate(0.1, null) },
            facts: { brand: estimate(0.25, [0.125, 0.4]), numbers: estimate(-0.5, [-1, 0]) },
          },
        ],
      }),
    );
    expect(rows(table!)).to.deep.equal([
      ["brand", "8", "75 %", "100 %", "+25, 13 to 40"],
      ["numbers", "3", "0 %", "50 %", "−50, −100 to 0"],
    ]);
    expect(table?.text).to.contain('title="1 of 2 answers"').and.contain('width="75%"');
    expect(factTable(summary({ agents: [agent("sft", estimate(0.5, null))] }))).to.equal(undefined);
  });

  it("leave a speed open that was not measured", () => {
    const { text } = throughputList(
      summary({
        throughput: { pagesPerSecond: 81.4, generateTokensPerSecond: 2140, trainTokensPerSecond: null },
      }),
    );
    expect([...text.matchAll(/<dd>(.*?)<\/dd>/g)].map(([, value]) => value)).to.deep.equal([
      "81.4",
      "2,140",
      "–",
    ]);
    expect(text).to.contain("Tensors: wasm. Browser: chromium.");
  });
});
