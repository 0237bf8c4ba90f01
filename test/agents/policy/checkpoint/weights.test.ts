import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { loadCheckpoint, saveCheckpoint } from "../../../../agents/policy/checkpoint/checkpoint.js";
import { encodeSafetensors } from "../../../../agents/policy/checkpoint/safetensors.js";
import { readWeights } from "../../../../agents/policy/checkpoint/weights.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";
import { rejection } from "../../../support/rejection.js";
import { smallCheckpoint, temporaryFolder } from "./folders.js";

/** Two files and an index, as transformers cuts them. */
const SHARDED = fileURLToPath(new URL("../../../../../test/fixtures/model-families/qwen2", import.meta.url));
const INDEX = "model.safetensors.index.json";

describe("the weights of a folder in several files", () => {
  const parent = temporaryFolder();
  let folder: string;
  let made = 0;
  beforeEach(() => {
    folder = join(parent, `${made++}`);
    cpSync(SHARDED, folder, { recursive: true });
  });
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  const index = () => JSON.parse(readFileSync(join(folder, INDEX), "utf8"));
  const mapped = (changes: object) =>
    put(INDEX, JSON.stringify({ weight_map: { ...index().weight_map, ...changes } }));
  const complaint = async () => {
    const error = await rejection(readWeights(folder));
    expect(error).to.be.instanceOf(InfrastructureError);
    return error.message;
  };

  it("are those of all its files, each from the file that the index names", async () => {
    const weights = await readWeights(folder);
    expect([...weights.keys()].sort()).to.deep.equal(Object.keys(index().weight_map).sort());
    expect(new Set(Object.values(index().weight_map)).size).to.equal(2);
  });

  it("are told missing by a file that does not hold what the index says", async () => {
    mapped({ "model.layers.7.extra": "model-00001-of-00002.safetensors" });
    expect(await complaint()).to.match(
      /model-00001-of-00002\.safetensors does not hold model\.layers\.7\.extra/,
    );
  });

  it("want every file of the index", async () => {
    rmSync(join(folder, "model-00002-of-00002.safetensors"));
    expect(await complaint()).to.match(/Could not read .*model-00002-of-00002\.safetensors/);
  });

  for (const [what, text, message] of [
    ["torn", '{"weight_map": {', /^Could not read .*index\.json/],
    ["empty of a map", "{}", /index\.json has no weight_map/],
    ["null", "null", /index\.json is damaged: it should hold a JSON object/],
    ["of numbers", '{"weight_map": {"a": 3}}', /names 3 as the file of a/],
    [
      "of other folders",
      '{"weight_map": {"a": "../x.safetensors"}}',
      /names "\.\.\/x\.safetensors" as the file of a/,
    ],
    ["of other files", '{"weight_map": {"a": "weights.bin"}}', /names "weights\.bin" as the file of a/],
  ] as const)
    it(`are not read by an index that is none: ${what}`, async () => {
      put(INDEX, text);
      expect(await complaint()).to.match(message);
    });
});

describe("weights that a model has no use for", () => {
  const parent = temporaryFolder();
  const withExtra = async (...names: string[]) => {
    const folder = join(parent, names.join());
    const checkpoint = smallCheckpoint(1);
    await saveCheckpoint(folder, checkpoint);
    const extra = names.map((name) => [name, { shape: [1], data: Float32Array.of(1) }] as const);
    const weights = new Map([...checkpoint.state.weights, ...extra]);
    writeFileSync(join(folder, "model.safetensors"), Buffer.concat([...encodeSafetensors(weights)]));
    return folder;
  };

  it("are refused, since the model would compute something else than was trained", async () => {
    const error = await rejection(
      withExtra("model.layers.0.self_attn.q_proj.bias", "other").then(loadCheckpoint),
    );
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(
      /hold model\.layers\.0\.self_attn\.q_proj\.bias and 1 more, which the model's config\.json does not ask for\.$/,
    );
  });

  it("are let pass where they only repeat: a tied head, rotary frequencies", async () => {
    const folder = await withExtra("lm_head.weight", "model.layers.0.self_attn.rotary_emb.inv_freq");
    expect((await loadCheckpoint(folder)).state.weights.has("model.norm.weight")).to.equal(true);
  });
});
