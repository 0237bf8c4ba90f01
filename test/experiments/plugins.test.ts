import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { recipeOf } from "../../experiments/commands/train-recipe.js";
import { compare } from "../../experiments/comparison-run.js";
import { train } from "../../experiments/training-run.js";
import { readEvents } from "../../infra/event-log.js";
import { rejection } from "../support/rejection.js";

const WEBGEN = fileURLToPath(new URL("../../experiments/webgen.js", import.meta.url));
const PLUGINS = fileURLToPath(new URL("../../../test/fixtures/plugins/", import.meta.url));

const PAGE =
  '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><h1>pink kites</h1></body></html>';

describe("an environment, a reward, a data set and an agent of one file each", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-plugins-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function webgen(args: readonly string[], { cwd = PLUGINS, input = "" } = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [WEBGEN, ...args], {
      cwd,
      input,
      encoding: "utf8",
      env: { ...process.env, CI: "true" },
    });
    return { status, stdout, stderr };
  }

  /** The JSON that a successful call prints. */
  function json(args: readonly string[], options = {}) {
    const { status, stdout, stderr } = webgen([...args, "--json"], options);
    expect(status, stderr).to.equal(0);
    return JSON.parse(stdout);
  }

  it("are listed once their modules are imported", () => {
    const args = ["./kites-env.js", "./kites-agent.js"].flatMap((module) => ["--import", module]);
    const lists = json(["list", ...args]);
    const names = (kind: string) => lists[kind].map(({ name }: { name: string }) => name);
    expect(names("envs")).to.include.members(["kites/Kites-v0", "webgen/Pages-v0"]);
    expect(names("rewards")).to.include("kite_colour");
    expect(names("datasets")).to.include.members(["kites", "pages"]);
    expect(names("agents")).to.include.members(["parrot", "copyist", "reference", "sft", "grpo"]);
  });

  it("score", () => {
    const env = ["--import", "./kites-env.js", "--env", "kites/Kites-v0", "--task", "kites/pink"];
    const [good, other] = json(["score", "-", "@reference", ...env], { input: PAGE });
    expect([good.reward, other.reward]).to.deep.equal([1, 1]);
    const [wrong] = json(["score", "-", ...env], { input: PAGE.replace("pink", "plain") });
    expect(wrong.reward).to.equal(0);
  });

  it("score by name and export without a registration", () => {
    const [scored] = json(
      [
        "score",
        "-",
        "--reward",
        "./kites-reward.js#colour",
        "--dataset",
        "./kites-tasks.js#kites",
        "--task",
        "kites/pink",
      ],
      { input: PAGE },
    );
    expect(scored).to.deep.include({ task: "kites/pink", reward: 1 });
  });

  it("are checked", () => {
    const { status, stdout } = webgen([
      "check",
      "./kites-env.js#spec",
      "--tasks",
      "1",
      "--no-agreement",
      "--json",
    ]);
    // Naming a colour is easily cheated: the reward's findings end the command with 1.
    expect(status).to.equal(1);
    const { env, reward } = JSON.parse(stdout);
    expect(env.filter(({ ok }: { ok: boolean }) => !ok)).to.deep.equal([]);
    expect(reward.tasks[0]).to.include({ id: "kites/pink", blank: 0, reference: 1 });
  });

  it("are compared", () => {
    const out = join(folder, "compare");
    const summary = json([
      ...["compare", "parrot", "top=reference"],
      ...["--import", "./kites-agent.js", "--env", "./kites-env.js#spec", "--tasks", "2", "--out", out],
    ]);
    const means = summary.agents.map(({ name, reward }: { name: string; reward: { mean: number } }) => [
      name,
      reward.mean,
    ]);
    expect(means).to.deep.equal([
      ["parrot", 1],
      ["top", 1],
    ]);
  });

  it("train, and go on from the checkpoint that was left", () => {
    const out = join(folder, "train");
    const model = {
      hiddenSize: 32,
      intermediateSize: 64,
      layers: 1,
      heads: 2,
      kvHeads: 1,
      maxPositions: 256,
    };
    const config = join(folder, "tiny.json");
    writeFileSync(
      config,
      JSON.stringify({ vocabSize: 300, model, learners: { copyist: { steps: 4, rate: 0.01 } } }),
    );
    const shared = [
      ...["--import", "./kites-env.js", "--import", "./kites-agent.js"],
      ...["--env", "kites/Kites-v0", "--agent", "copyist", "--config", config],
    ];
    const { final } = json(["train", ...shared, "--out", out]);
    expect(final).to.equal(join(out, "checkpoints", "copyist"));
    const losses = (run: string) =>
      readEvents(join(run, "events.jsonl")).map(({ phase, step, metrics }) => [
        phase,
        step,
        metrics?.loss as number,
      ]);
    const first = losses(out);
    expect(first.map(([phase, step]) => [phase, step])).to.deep.equal(
      [1, 2, 3, 4].map((step) => ["copyist", step]),
    );
    expect(first[3]?.[2]).to.be.lessThan(first[0]?.[2] as number);

    const next = join(folder, "next");
    json(["train", ...shared, "--from", final, "--set", "learners.copyist.steps=1", "--out", next]);
    // A run that goes on begins below where the one it goes on from began.
    expect(losses(next)[0]?.[2]).to.be.lessThan(first[2]?.[2] as number);

    const adapted = join(folder, "adapted");
    const lora = 'lora={"rank": 2, "alpha": 4, "targets": ["q_proj", "down_proj"]}';
    const { final: adapter } = json(["train", ...shared, "--from", final, "--set", lora, "--out", adapted]);
    expect(existsSync(join(adapter, "adapter_model.safetensors"))).to.equal(true);
    expect(existsSync(join(adapter, "model.safetensors"))).to.equal(false);
    const learnt = losses(adapted).map(([, , loss]) => loss as number);
    expect(learnt[3]).to.be.lessThan(learnt[0] as number);
  });

  it("may stand in webgen.config, with defaults for options", () => {
    const work = join(folder, "work");
    mkdirSync(work);
    const config = {
      import: [join(PLUGINS, "kites-env.js")],
      options: { env: "kites/Kites-v0" },
      commands: { score: { task: "kites/pink" } },
    };
    writeFileSync(join(work, "webgen.config.json"), JSON.stringify(config));
    expect(json(["score", "-"], { cwd: work, input: PAGE })[0]).to.include({ task: "kites/pink", reward: 1 });
    // The command line stands above the config.
    const gold = json(["score", "-", "--task", "kites/gold"], { cwd: work, input: PAGE });
    expect(gold[0]).to.include({ task: "kites/gold", reward: 0 });

    const write = (value: object) => writeFileSync(join(work, "webgen.config.json"), JSON.stringify(value));
    write({ imports: [] });
    expect(webgen(["list"], { cwd: work }).stderr).to.match(
      /no place for "imports". Did you mean "import"\?/,
    );
    write({ commands: { score: { taks: "x" } } });
    expect(webgen(["score", "-"], { cwd: work }).stderr).to.match(/no option "taks". Did you mean "task"\?/);
    write({ options: { tasks: -1 } });
    expect(webgen(["compare", "reference"], { cwd: work })).to.include({ status: 2 });
    rmSync(join(work, "webgen.config.json"));
    writeFileSync(
      join(work, "webgen.config.mjs"),
      'export const config = { options: { task: "kites/red" } };',
    );
    expect(webgen(["score", "--help"], { cwd: work }).stdout).to.match(
      /\(needed\)\s+\(default: kites\/red\)/,
    );
  });

  it("say in a sentence what is wrong with a module", () => {
    const refusal = (...args: string[]) => {
      const { status, stderr } = webgen(args, { cwd: folder });
      expect(status, stderr).to.equal(2);
      return stderr;
    };
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return `./${name}`;
    };
    expect(refusal("list", "--import", "./nowhere.js")).to.match(
      /There is no module \.\/nowhere\.js; a path is/,
    );
    expect(refusal("list", "--import", "no-such-package")).to.match(/no package in/);
    expect(refusal("list", "--import", write("broken.mjs", "throw new Error('Out of paint.')"))).to.match(
      /broken\.mjs cannot be loaded: Out of paint\./,
    );
    const alone = write("alone.mjs", 'import "webgen-gym";');
    expect(refusal("list", "--import", alone)).to.match(
      /webgen-gym, which is not installed beside it: npm install/,
    );
    const agent = join(PLUGINS, "kites-agent.js");
    expect(refusal("compare", `${agent}#parot`)).to.match(/has no export "parot". Did you mean "parrot"\?/);
    expect(refusal("compare", agent)).to.match(/Say which export of .*kites-agent\.js is meant/);
    // A plugin that breaks its contract is no wrong call.
    expect(
      webgen(["compare", `${write("shape.mjs", "export const it = { name: 'it' };")}#it`], { cwd: folder }),
    ).to.deep.include({
      status: 1,
      stderr: 'Agent "it" should have the method act, or open (for comparisons) or train (to learn).\n',
    });
  });

  it("may be TypeScript where Node loads it, and else say what to do", () => {
    const path = join(folder, "typed.ts");
    writeFileSync(
      path,
      "const answer: number = 42;\nexport const parrot = { name: String(answer), act: async () => [] };\n",
    );
    const { status, stderr, stdout } = webgen(["list", "agents", "--import", path]);
    if ("typescript" in process.features && process.features.typescript) {
      expect(status, stderr).to.equal(0);
      expect(stdout).to.include("reference");
    } else {
      expect(status).to.equal(2);
      expect(stderr).to.match(
        /typed\.ts is TypeScript, which Node [\d.]+ does not load: use Node 22\.18 or later/,
      );
    }
  });

  it("are told apart from another's before anything starts", async () => {
    const out = join(folder, "early");
    const recipe = (flags: object) => recipeOf({ recipe: "quickstart", seed: 1, out, ...flags }).recipe;
    const training = async (flags: object) =>
      (await rejection(Promise.resolve().then(() => train({ recipe: recipe(flags), out })))).message;
    expect(await training({ agent: "gpro" })).to.match(/There is no agent "gpro". Did you mean "grpo"\?/);
    const adapted = await training({ set: ['lora={"rank": 2, "alpha": 4, "targets": ["q_proj"]}'] });
    expect(adapted).to.match(/`lora` adapts a model that there is: say which by `from`/);
    expect(await training({ agent: "sft,sft" })).to.match(/"sft" learns twice/);
    expect(await training({ agent: "reference" })).to.match(/"reference" does not learn/);
    expect(await training({ recipe: "frontcodr" })).to.match(
      /no recipe "frontcodr". Did you mean "frontcoder"\?/,
    );
    expect(await training({ set: ["grpo.steps=-3"] })).to.match(/"grpo.steps" of the recipe .*but is -3/);
    expect(await training({ set: ["sft.steps=1e999"] })).to.match(
      /"sft.steps" of the recipe .*but is Infinity/,
    );
    expect(await training({ set: ["steps"] })).to.match(/--set takes KEY=VALUE/);
    expect(await training({ from: "/nowhere" })).to.match(/There is no checkpoint in \/nowhere/);
    expect(await training({ reward: "frontcodr" })).to.match(/No reward or preset is named "frontcodr"/);
    expect(await training({ env: "webgen/Page-v0" })).to.match(/Did you mean "webgen\/Pages-v0"\?/);
    expect(await training({ set: ["grpo.tasksPerStep=1000000"] })).to.match(/draws 1000000 tasks a step/);
    const comparing = async (options: object) =>
      (await rejection(compare({ agents: ["reference"], out, ...options }))).message;
    expect(await comparing({ dataset: "page" })).to.match(
      /There is no data set "page". Did you mean "pages"\?/,
    );
    expect(await comparing({ agents: ["reference", "reference"] })).to.match(
      /Two agents are called "reference"/,
    );
    expect(await comparing({ tasks: 1e9 })).to.match(/test tasks, but 1000000000 were asked for/);
    expect(existsSync(out)).to.equal(false);

    const { status, stderr } = webgen(["train", "--env", "./kites-env.js#spec", "--out", out]);
    expect(status).to.equal(2);
    expect(stderr).to.match(/GRPO draws 8 tasks a step, but kites has 4 train tasks; set grpo.tasksPerStep/);
    expect(existsSync(out)).to.equal(false);
  });
});
