import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import {
  createLocalEngine,
  createTransformerPolicy,
  encodeSafetensors,
  initialWeights,
  loadCheckpoint,
  openPolicy,
  saveCheckpoint,
  savePolicy,
  type Weights,
} from "../../../../agents/policy/index.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";
import { smallCheckpoint, temporaryFolder } from "./folders.js";

const failure = (action: Promise<unknown>): Promise<Error> =>
  action.then(
    () => expect.fail("It should have failed."),
    (error: Error) => error,
  );

function expectSame(actual: Weights | undefined, expected: Weights | undefined): void {
  expect([...(actual?.keys() ?? [])].sort()).to.deep.equal([...(expected?.keys() ?? [])].sort());
  for (const [name, { data, shape }] of expected ?? []) {
    expect(actual?.get(name)?.shape, name).to.deep.equal(shape);
    expect(actual?.get(name)?.data, name).to.deep.equal(data);
  }
}

describe("checkpoint", () => {
  const parent = temporaryFolder();
  const at = (name: string) => join(parent, name);

  it("lets training go on exactly where it was", async () => {
    const { config, state, tokenizer } = smallCheckpoint(1);
    const engine = await createLocalEngine({ config, seed: 1, state, backend: "wasm" });
    const policy = createTransformerPolicy({ engine, tokenizer, name: "a" });
    const example = policy.encodeExample([{ role: "user", content: "bread" }], "<p>Fresh bread</p>");
    const learn = (learner: typeof policy) =>
      learner.engine.step({ kind: "crossEntropy", sequences: [example] }, { learningRate: 1e-2 });
    await learn(policy);
    await savePolicy(at("exact"), policy, { step: 1 });
    const opened = await openPolicy(at("exact"), { backend: "wasm", workers: 1 });
    expect(opened.trainerState).to.deep.equal({ step: 1 });
    await learn(policy);
    await learn(opened.policy);
    const [a, b] = [await policy.engine.exportState(), await opened.policy.engine.exportState()];
    expectSame(b.weights, a.weights);
    expectSame(b.optimizer?.firstMoment, a.optimizer?.firstMoment);
    expect(b.optimizer?.step).to.equal(2);
    await Promise.all([policy.close(), opened.policy.close()]);
  });

  it("leaves one folder and no traces, time after time", async () => {
    for (const seed of [1, 2, 3]) await saveCheckpoint(at("again"), smallCheckpoint(seed));
    expectSame((await loadCheckpoint(at("again"))).state.weights, smallCheckpoint(3).state.weights);
    expect(readdirSync(parent).filter((name) => name.includes("again"))).to.deep.equal(["again"]);
  });

  it("writes the files that transformers looks for, and keeps the tied head out", async () => {
    await saveCheckpoint(at("files"), smallCheckpoint(1));
    expect(readdirSync(at("files")).sort()).to.deep.equal([
      "config.json",
      "generation_config.json",
      "model.safetensors",
      "special_tokens_map.json",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    const config = JSON.parse(readFileSync(join(at("files"), "config.json"), "utf8"));
    expect(config).to.include({ model_type: "llama", tie_word_embeddings: true, num_key_value_heads: 2 });
  });

  it("reads a published folder cut into several files", async () => {
    const checkpoint = smallCheckpoint(4, { tieEmbeddings: false });
    await saveCheckpoint(at("sharded"), checkpoint);
    const entries = [...checkpoint.state.weights];
    const weight_map: Record<string, string> = {};
    for (const [part, chunk] of [entries.slice(0, 5), entries.slice(5)].entries()) {
      const file = `model-0000${part + 1}-of-00002.safetensors`;
      writeFileSync(join(at("sharded"), file), Buffer.concat([...encodeSafetensors(new Map(chunk))]));
      for (const [name] of chunk) weight_map[name] = file;
    }
    rmSync(join(at("sharded"), "model.safetensors"));
    writeFileSync(join(at("sharded"), "model.safetensors.index.json"), JSON.stringify({ weight_map }));
    const { state, config } = await loadCheckpoint(at("sharded"));
    expectSame(state.weights, checkpoint.state.weights);
    expect(config).to.deep.equal(checkpoint.config);
  });

  it("takes back the last checkpoint when a write was killed between its renames", async () => {
    await saveCheckpoint(at("killed"), smallCheckpoint(5));
    renameSync(at("killed"), join(parent, ".killed.previous"));
    expectSame((await loadCheckpoint(at("killed"))).state.weights, smallCheckpoint(5).state.weights);
  });

  it("stays whole through kills at any moment", async function () {
    this.timeout(60_000);
    const writer = fileURLToPath(new URL("./endless-writer.js", import.meta.url));
    for (const milliseconds of [5, 30, 60]) {
      const child = spawn(process.execPath, [writer, at("hunted")], { stdio: ["ignore", "pipe", "ignore"] });
      await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      child.kill("SIGKILL");
      await once(child, "exit");
      const { state, trainerState } = await loadCheckpoint(at("hunted"));
      const seed = Number(trainerState?.seed);
      expectSame(state.weights, initialWeights(smallCheckpoint(0).config, seed));
    }
    await saveCheckpoint(at("hunted"), smallCheckpoint(1));
    expect(readdirSync(parent).filter((name) => name.includes("hunted"))).to.deep.equal(["hunted"]);
  });

  it("keeps the old checkpoint when the new one cannot be written", async () => {
    await saveCheckpoint(at("kept"), smallCheckpoint(6));
    const broken = smallCheckpoint(7);
    // Stands for any failure halfway: the numbers of one weight cannot be had.
    const weights = new Map(broken.state.weights);
    Object.defineProperty(weights.get("model.norm.weight"), "data", {
      get: () => {
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      },
    });
    const error = await failure(saveCheckpoint(at("kept"), { ...broken, state: { weights } }));
    expect(error).to.be.instanceOf(InfrastructureError);
    expect(error.message).to.include("the disk is full");
    expectSame((await loadCheckpoint(at("kept"))).state.weights, smallCheckpoint(6).state.weights);
    expect(readdirSync(parent).filter((name) => name.includes("kept"))).to.deep.equal(["kept"]);
  });

  it("says what it cannot open", async () => {
    expect(await failure(loadCheckpoint(at("nothing")))).to.be.instanceOf(UsageError);
    await saveCheckpoint(at("odd"), smallCheckpoint(8));
    const path = join(at("odd"), "config.json");
    const config = JSON.parse(readFileSync(path, "utf8"));
    for (const [change, part] of [
      [{ model_type: "mamba" }, 'but is "mamba"'],
      [{ attention_bias: true }, "lack model.layers.0.self_attn.q_proj.bias"],
      [{ rope_scaling: { rope_type: "yarn" } }, '"yarn"'],
      [{ hidden_size: "64" }, "hidden_size as a number"],
      [{ hidden_size: 64, head_dim: 16 }, "should have shape"],
    ] as const) {
      writeFileSync(path, JSON.stringify({ ...config, ...change }));
      expect((await failure(loadCheckpoint(at("odd")))).message).to.include(part);
    }
    writeFileSync(path, JSON.stringify(config));
    truncateSync(join(at("odd"), "model.safetensors"), 5000);
    expect((await failure(loadCheckpoint(at("odd")))).message).to.include("is damaged");
    mkdirSync(at("file-in-the-way"));
    writeFileSync(join(at("file-in-the-way"), "x"), "");
    const blocked = await failure(saveCheckpoint(join(at("file-in-the-way"), "x", "y"), smallCheckpoint(1)));
    expect(blocked.message).to.include("is a file, not a folder");
  });
});
