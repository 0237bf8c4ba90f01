import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { BENCHES, benchesNamed } from "../../../experiments/bench/benches.js";
import type { BenchFigure } from "../../../experiments/bench/figure.js";
import { UsageError } from "../../../infra/errors.js";

const WEBGEN = fileURLToPath(new URL("../../../experiments/webgen.js", import.meta.url));

/** What the figures of each bench must speak of. */
const FIGURES: Readonly<Record<string, readonly RegExp[]>> = {
  render: [
    /against the published service/,
    /against a bare CDP loop/,
    /with the legibility gate/,
    /p99/,
    /beside hostile pages/,
  ],
  train: [/one thread/, /workers?/],
  tsx: [/first build/, /warm build, median/, /warm builds/],
  sites: [/first of a process/, /warm, median/, /warm/],
  metrics: [
    /SSIM.*uniform/,
    /SSIM.*gaussian/,
    /DOM-LCS/,
    /Design2Code exact/,
    /Design2Code native/,
    /FrontCoder/,
  ],
  agreement: [/mean difference/, /largest difference/, /Spearman/],
  requests: [/word types/, /three words/, /skeletons/],
  soak: [/none lost/],
  "soak-kills": [/none lost/, /browsers killed/],
  "soak-memory": [/none lost/],
};

describe("each bench in its quick form", function () {
  this.timeout(600_000);

  it("is listed here", () => {
    expect(BENCHES.map(({ name }) => name)).to.deep.equal(Object.keys(FIGURES));
  });

  for (const { name, run } of BENCHES)
    it(`${name} gives its figures`, async () => {
      const figures = await run({ quick: true });
      for (const { name, value, baseline, ratio } of figures) {
        expect(Number.isFinite(value), name).to.equal(true);
        if (baseline === null) expect(ratio, name).to.equal(null);
        else expect(ratio, name).to.be.closeTo(value / baseline, 1e-9);
      }
      for (const expected of FIGURES[name] ?? [])
        expect(figures.some((figure) => expected.test(figure.name), `${name}: ${expected}`)).to.equal(true);
    });

  it("finds the native form of Design2Code near the exact one", async () => {
    const figures = await BENCHES.find(({ name }) => name === "agreement")!.run({ quick: true });
    const value = (text: string) => figures.find(({ name }) => name.includes(text))!.value;
    expect(value("mean difference")).to.be.within(0, 0.05);
    expect(value("largest")).to.be.within(value("mean difference"), 0.2);
    expect(value("Spearman")).to.be.within(0.8, 1);
  });
});

describe("the bench command", function () {
  this.timeout(120_000);

  it("runs what is named, one JSON line a figure", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [WEBGEN, "bench", "tsx", "--quick", "--json"],
      {
        encoding: "utf8",
      },
    );
    expect(status, stderr).to.equal(0);
    const figures = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as BenchFigure);
    expect(figures.map(({ unit }) => unit)).to.deep.equal(["ms", "ms", "builds/s", "builds/s"]);
  });

  it("knows its benches by name, and leaves long soaks out unless they are named", () => {
    const byDefault = benchesNamed([]).map(({ name }) => name);
    expect(byDefault).to.include.members(["render", "train", "soak"]);
    expect(byDefault).to.not.include.members(["soak-memory"]);
    expect(benchesNamed(["soak-memory", "tsx"]).map(({ name }) => name)).to.deep.equal([
      "soak-memory",
      "tsx",
    ]);
    expect(() => benchesNamed(["metric"])).to.throw(UsageError, 'no bench "metric". Did you mean "metrics"?');
  });
});
