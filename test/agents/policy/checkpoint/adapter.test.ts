import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { readAdapter } from "../../../../agents/policy/checkpoint/adapter.js";
import {
  hasCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
} from "../../../../agents/policy/checkpoint/checkpoint.js";
import type { LoraConfig } from "../../../../agents/policy/model/config.js";
import { openPolicy, savePolicy } from "../../../../agents/policy/policy-folder.js";
import { UsageError } from "../../../../infra/errors.js";
import { rejection } from "../../../support/rejection.js";
import { largestDifference } from "../engine/tiny.js";
import { smallCheckpoint, temporaryFolder } from "./folders.js";

const FAMILIES = fileURLToPath(new URL("../../../../../test/fixtures/model-families/", import.meta.url));
const lora: LoraConfig = { rank: 2, alpha: 4, targets: ["q_proj", "up_proj"] };
const talk = [{ role: "user", content: "Fresh bread" }] as const;

describe("adapters of a policy in folders", function () {
  this.timeout(60_000);
  const parent = temporaryFolder();
  const base = join(parent, "base");
  const adapter = join(parent, "adapter");
  let measured: Float32Array;

  it("are written beside their base, with what learning needs", async () => {
    await saveCheckpoint(base, smallCheckpoint(3));
    const { policy } = await openPolicy(base, { lora, backend: "cpu", seed: 5 });
    const example = policy.encodeExample(talk, "<p>Fresh</p>");
    for (let step = 0; step < 3; step++)
      await policy.engine.step({ kind: "crossEntropy", sequences: [example] }, { learningRate: 0.05 });
    [measured] = (await policy.engine.logProbs([example])) as [Float32Array];
    await savePolicy(adapter, policy, { step: 3 });
    expect(readdirSync(adapter)).to.include.members(["adapter_config.json", "adapter_model.safetensors"]);
    expect(readdirSync(adapter)).to.not.include.members(["config.json", "model.safetensors"]);
    expect(JSON.parse(readFileSync(join(adapter, "adapter_config.json"), "utf8"))).to.include({
      ...{ peft_type: "LORA", r: 2, lora_alpha: 4, base_model_name_or_path: base },
    });
    await savePolicy(join(parent, "merged"), policy, undefined, { merge: true });
    await policy.close();
  });

  it("are opened with their base, moments and all", async () => {
    expect(await hasCheckpoint(adapter)).to.equal(true);
    const { policy, trainerState } = await openPolicy(adapter, { backend: "cpu" });
    const example = policy.encodeExample(talk, "<p>Fresh</p>");
    const [again] = (await policy.engine.logProbs([example])) as [Float32Array];
    expect([...again]).to.deep.equal([...measured]);
    expect(trainerState).to.deep.equal({ step: 3 });
    expect((await policy.engine.exportState()).optimizer?.step).to.equal(3);
    await savePolicy(join(parent, "copy"), policy);
    await policy.close();
    expect((await loadCheckpoint(join(parent, "copy"))).base).to.equal(base);
  });

  it("are a model of their own when merged", async () => {
    expect(existsSync(join(parent, "merged", "adapter_config.json"))).to.equal(false);
    const { policy } = await openPolicy(join(parent, "merged"), { backend: "cpu" });
    const example = policy.encodeExample(talk, "<p>Fresh</p>");
    const [again] = (await policy.engine.logProbs([example])) as [Float32Array];
    expect(largestDifference(again, measured)).to.be.below(1e-5);
    await policy.close();
  });

  it("are not put on top of others", async () => {
    const error = await rejection(openPolicy(adapter, { lora }));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(/holds an adapter already, of rank 2; go on with it, or merge it first/);
  });

  it("want their base", async () => {
    renameSync(base, join(parent, "moved"));
    const error = await rejection(loadCheckpoint(adapter));
    renameSync(join(parent, "moved"), base);
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(
      /belongs to the model ".*base", which is not there\. Write its folder into/,
    );
    const { config, ...rest } = smallCheckpoint(1);
    const homeless = saveCheckpoint(join(parent, "homeless"), { ...rest, config: { ...config, lora } });
    expect((await rejection(homeless)).message).to.match(/An adapter is written beside its model/);
  });
});

describe("an adapter of PEFT", () => {
  const parent = temporaryFolder();
  const folder = join(parent, "llama3-lora");
  const original = readFileSync(join(FAMILIES, "llama3-lora", "adapter_config.json"), "utf8");
  before(() => {
    for (const name of ["llama3", "llama3-lora"])
      cpSync(join(FAMILIES, name), join(parent, name), { recursive: true });
  });
  const read = (changes: object) => {
    const changed = { ...JSON.parse(original), ...changes };
    writeFileSync(join(folder, "adapter_config.json"), JSON.stringify(changed));
    return readAdapter(folder);
  };

  it("says its rank, its scale and its targets", async () => {
    const { config, base } = await read({});
    expect(config.lora).to.deep.equal({ rank: 3, alpha: 6, targets: ["q_proj", "v_proj", "down_proj"] });
    expect(base).to.equal(join(parent, "llama3"));
    expect((await read({ use_rslora: true })).config.lora?.alpha).to.be.closeTo(6 * Math.sqrt(3), 1e-12);
  });

  for (const [changes, message] of [
    [{ peft_type: "IA3" }, /peft_type must be "LORA", but is "IA3"/],
    [{ use_dora: true }, /use_dora must not be set, but is true/],
    [{ rank_pattern: { q_proj: 8 } }, /rank_pattern must not be set, but is \{"q_proj":8\}/],
    [{ modules_to_save: ["lm_head"] }, /modules_to_save must not be set/],
    [{ layers_to_transform: [0] }, /layers_to_transform must not be set/],
    [{ bias: "all" }, /bias must be "none", but is "all"/],
    [{ target_modules: ["q_proj", "embed_tokens"] }, /target_modules may hold .*, but hold "embed_tokens"/],
    [{ target_modules: "all-linear" }, /r, lora_alpha and target_modules must be two numbers and a list/],
    [{ r: "8" }, /must be two numbers and a list/],
    [{ r: 0 }, /lora\.rank must be a positive integer/],
    [
      { r: 4 },
      /lora_A\.weight should have shape \[4,24\] by the model's config, but the weights hold \[3,24\]/,
    ],
    [
      { target_modules: ["q_proj"] },
      /holds .*(v_proj|down_proj)\.lora_[AB]\.weight, for which its model has no place/,
    ],
    [
      { target_modules: ["q_proj", "v_proj", "down_proj", "o_proj"] },
      /The weights lack .*o_proj\.lora_A\.weight/,
    ],
    [
      { base_model_name_or_path: "somebody/model" },
      /belongs to the model "somebody\/model", which is not there/,
    ],
    [{ base_model_name_or_path: null }, /belongs to the model null, which is not there/],
  ] as const)
    it(`is refused with a sentence: ${JSON.stringify(changes)}`, async () => {
      const error = await rejection(read(changes));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(message);
    });
});
