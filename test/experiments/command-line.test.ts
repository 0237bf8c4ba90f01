import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Command } from "commander";
import { commandLine } from "../../experiments/commands/command-line.js";
import { compareCommand } from "../../experiments/commands/compare.js";
import { collect } from "../../experiments/commands/options.js";
import { renderCommand } from "../../experiments/commands/render.js";
import { scoreCommand } from "../../experiments/commands/score.js";
import { trainCommand } from "../../experiments/commands/train.js";
import { readEvents } from "../../infra/event-log.js";

const WEBGEN = fileURLToPath(new URL("../../experiments/webgen.js", import.meta.url));
const PLUGINS = fileURLToPath(new URL("../../../test/fixtures/plugins/", import.meta.url));

/** A command that has read its words and does nothing. */
function read(create: () => Command, words: readonly string[]): Command {
  const command = create()
    .option("--import <module>", "as webgen.ts adds it", collect)
    .action(() => {});
  return command.parse(words, { from: "user" });
}

/** The words of a command line as a POSIX shell splits it. */
function split(line: string): string[] {
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
  return stdout.split("\0").slice(0, -1);
}

const CALLS: [string, () => Command, string[]][] = [
  ["compare", compareCommand, ["reference"]],
  [
    "compare",
    compareCommand,
    [
      ...["a=reference", "best-of-8:checkpoint:runs/my run/grpo", "./mine.js#agent", "--env", "me/It's-v1"],
      ...["--split", "train", "--levels", "1,2", "--tasks", "3", "--seeds", "7,8", "--temperature", "0.25"],
      ...["--max-tokens", "99", "--out", "runs/$HOME", "--reward", "render * (0.5 * checklist + 0.5)"],
      ...["--profile", "compat", "--dataset", "mine", "--import", "./a b.js", "--import", "./c.js", "--json"],
    ],
  ],
  [
    "train",
    trainCommand,
    [
      ...[
        "--recipe",
        "frontcoder",
        "--config",
        "my recipe.json",
        "--set",
        "grpo.steps=3",
        "--set",
        'env="x y"',
      ],
      ...[
        "--agent",
        "sft,./mine.js#learner",
        "--from",
        "runs/a/checkpoints/sft",
        "--seed",
        "9",
        "--levels",
        "5",
      ],
    ],
  ],
  [
    "score",
    scoreCommand,
    ["-", "@reference", "--task", "pages/test/0", "--no-evidence", "--extraction", "vcoder"],
  ],
  ["render", renderCommand, ["page.html", "--viewport", "375x812", "--kind", "tsx"]],
];

describe("the command line that does the same again", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-again-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, create, words] of CALLS)
    it(`reads back as what it was written from: ${name} ${words.join(" ")}`, () => {
      const first = read(create, words);
      const [program, command, ...again] = split(commandLine(first));
      expect([program, command]).to.deep.equal(["webgen", name]);
      const second = read(create, again);
      const { json, ...options } = first.opts();
      expect(second.opts()).to.deep.equal(options);
      expect(second.args).to.deep.equal(first.args);
    });

  it("writes defaults out, so that another default or webgen.config changes nothing", () => {
    expect(split(commandLine(read(compareCommand, ["reference"])))).to.include.members([
      "--temperature",
      "1",
      "256",
    ]);
  });

  /** Runs a line as a reader of the report would, in a folder of its own. */
  function run(line: string, name: string): string {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    const { status, stderr } = spawnSync("sh", ["-c", line.replace(/^webgen/, '"$NODE" "$WEBGEN"')], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, CI: "true", NODE: process.execPath, WEBGEN },
    });
    expect(status, stderr).to.equal(0);
    return cwd;
  }

  /** The command that a report tells to run. */
  function told(report: string): string {
    const [, text = ""] = /<h2>Do it again<\/h2><div><pre>(.*?)<\/pre>/s.exec(report) ?? [];
    return text
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  }

  /** A summary without what the clock decides. */
  function figures(cwd: string, out: string) {
    const { agents, throughput, ...rest } = JSON.parse(readFileSync(join(cwd, out, "summary.json"), "utf8"));
    return { ...rest, agents: agents.map(({ seconds, ...agent }: { seconds: number }) => agent) };
  }

  it("repeats a comparison from its report, figure by figure", () => {
    const line =
      `webgen compare parrot top=reference --import ${PLUGINS}kites-env.js --import ${PLUGINS}kites-agent.js ` +
      "--env kites/Kites-v0 --split train --tasks 3 --seeds 4,5 --temperature 0.5 --max-tokens 64 " +
      `--reward "0.5 * kite_colour + 0.5 * render" --out runs/mine`;
    const first = run(line, "first");
    const again = told(readFileSync(join(first, "runs/mine/report.html"), "utf8"));
    const second = run(again, "second");
    expect(figures(second, "runs/mine")).to.deep.equal(figures(first, "runs/mine"));
    expect(figures(second, "runs/mine")).to.deep.include({ taskSplit: "train", seed: 4 });
    expect(JSON.parse(readFileSync(join(second, "runs/mine/config.json"), "utf8")).config).to.deep.equal(
      JSON.parse(readFileSync(join(first, "runs/mine/config.json"), "utf8")).config,
    );
  });

  it("repeats a training from its record, loss by loss", () => {
    const config = join(folder, "tiny.json");
    const model = {
      hiddenSize: 32,
      intermediateSize: 64,
      layers: 1,
      heads: 2,
      kvHeads: 1,
      maxPositions: 256,
    };
    writeFileSync(
      config,
      JSON.stringify({ vocabSize: 300, model, learners: { copyist: { steps: 9, rate: 0.01 } } }),
    );
    const line =
      `webgen train --import ${PLUGINS}kites-env.js --import ${PLUGINS}kites-agent.js --env kites/Kites-v0 ` +
      `--agent copyist --config ${config} --set learners.copyist.steps=2 --seed 3 --out runs/mine`;
    const curve = (cwd: string) =>
      readEvents(join(cwd, "runs/mine/events.jsonl")).map(({ step, metrics }) => [step, metrics?.loss]);
    const first = run(line, "trained");
    const { command } = JSON.parse(readFileSync(join(first, "runs/mine/config.json"), "utf8"));
    const second = run(command, "trained-again");
    expect(curve(first)).to.have.lengthOf(2);
    expect(curve(second)).to.deep.equal(curve(first));
  });
});
