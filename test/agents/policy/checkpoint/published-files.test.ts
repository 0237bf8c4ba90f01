import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { chatMlTemplate, plainTemplate } from "../../../../agents/policy/chat-template.js";
import {
  type Checkpoint,
  hasCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
} from "../../../../agents/policy/checkpoint/checkpoint.js";
import { initialWeights } from "../../../../agents/policy/model/index.js";
import { createTokenizer, trainBpe } from "../../../../agents/policy/tokenizer/index.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";
import { rejection } from "../../../support/rejection.js";
import { smallCheckpoint, temporaryFolder } from "./folders.js";

/** A small model whose tokenizer has these special tokens. */
function speaking(specialTokens: readonly string[], stop: string): Checkpoint {
  const small = smallCheckpoint(1);
  const tokenizer = createTokenizer(
    trainBpe({ texts: ["<p>a</p>"], vocabSize: 256 + specialTokens.length, specialTokens }),
  );
  const config = { ...small.config, vocabSize: tokenizer.vocabSize };
  return {
    config,
    tokenizer,
    template: { ...plainTemplate, stop },
    state: { weights: initialWeights(config, 1) },
  };
}

describe("the files of a checkpoint", () => {
  const parent = temporaryFolder();
  let folder: string;
  let made = 0;
  beforeEach(() => {
    folder = join(parent, `${made++}`);
  });
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const change = (name: string, changes: object) =>
    writeFileSync(join(folder, name), JSON.stringify({ ...read(name), ...changes }));

  it("name the tokens that end, pad and structure an answer", async () => {
    await saveCheckpoint(folder, smallCheckpoint(1));
    const { added_tokens } = read("tokenizer.json") as { added_tokens: { content: string; id: number }[] };
    const id = (content: string) => added_tokens.find((token) => token.content === content)?.id;
    const [end, pad] = [id("<|end|>"), id("<|pad|>")];
    expect(end).to.be.a("number");
    expect(read("generation_config.json")).to.deep.equal({
      bos_token_id: null,
      eos_token_id: end,
      pad_token_id: pad,
      do_sample: true,
    });
    const named = {
      eos_token: "<|end|>",
      pad_token: "<|pad|>",
      additional_special_tokens: ["<|system|>", "<|user|>", "<|assistant|>"],
    };
    expect(read("special_tokens_map.json")).to.deep.equal(named);
    const { chat_template, ...tokenizerConfig } = read("tokenizer_config.json");
    expect(tokenizerConfig).to.deep.equal({
      ...named,
      tokenizer_class: "PreTrainedTokenizerFast",
      clean_up_tokenization_spaces: false,
      model_max_length: 48,
    });
    expect(chat_template).to.equal(plainTemplate.jinja);
    expect(read("config.json")).to.include({ eos_token_id: end, pad_token_id: pad, bos_token_id: null });
    expect(readFileSync(join(folder, "config.json"), "utf8")).to.match(/^\{\n {2}"[\s\S]*\n\}\n$/);
  });

  it("know padding by other names, and do without", async () => {
    await saveCheckpoint(folder, speaking(["<pad>", "<|end|>"], "<|end|>"));
    expect(read("special_tokens_map.json")).to.deep.equal({
      eos_token: "<|end|>",
      pad_token: "<pad>",
      additional_special_tokens: [],
    });
    await saveCheckpoint(folder, speaking(["<|scratchpad|>", "<|end|>"], "<|end|>"));
    expect(read("special_tokens_map.json")).to.deep.equal({
      eos_token: "<|end|>",
      additional_special_tokens: ["<|scratchpad|>"],
    });
    expect(read("generation_config.json").pad_token_id).to.equal(null);
    expect(read("config.json").pad_token_id).to.equal(null);
  });

  it("hold the head's own weights when it is not tied, and not when it is", async () => {
    const names = async (tieEmbeddings: boolean) => {
      const checkpoint = smallCheckpoint(1, { tieEmbeddings });
      const weights = new Map(checkpoint.state.weights);
      const embedding = weights.get("model.embed_tokens.weight");
      if (embedding && !weights.has("lm_head.weight")) weights.set("lm_head.weight", embedding);
      await saveCheckpoint(folder, { ...checkpoint, state: { weights } });
      return [...(await loadCheckpoint(folder)).state.weights.keys()];
    };
    expect(await names(false)).to.include("lm_head.weight");
    expect(await names(true)).to.not.include("lm_head.weight");
  });

  it("hold what a learner left, and nothing in its place when it left nothing", async () => {
    await saveCheckpoint(folder, { ...smallCheckpoint(1), trainerState: { step: 3 } });
    expect(readdirSync(folder)).to.include("trainer_state.json").and.not.include("optimizer.safetensors");
    expect((await loadCheckpoint(folder)).trainerState).to.deep.equal({ step: 3 });
    await saveCheckpoint(folder, smallCheckpoint(1));
    expect(readdirSync(folder)).to.not.include("trainer_state.json");
    expect(await loadCheckpoint(folder)).to.not.have.property("trainerState");
    expect((await loadCheckpoint(folder)).state).to.not.have.property("optimizer");
  });

  it("tell the template: the one beside them, else the one of the special tokens, else none", async () => {
    const template = { ...plainTemplate, jinja: "{{ bos_token }}<|assistant|>", bos: "<|pad|>" };
    await saveCheckpoint(folder, { ...smallCheckpoint(1), template });
    expect((await loadCheckpoint(folder)).template).to.deep.equal(template);
    expect(read("generation_config.json").bos_token_id).to.be.a("number");
    change("tokenizer_config.json", { chat_template: undefined });
    expect((await loadCheckpoint(folder)).template).to.deep.equal(plainTemplate);
    rmSync(join(folder, "tokenizer_config.json"));
    expect((await loadCheckpoint(folder)).template).to.deep.equal(plainTemplate);
    await saveCheckpoint(folder, speaking(["<|im_start|>", "<|im_end|>"], "<|im_end|>"));
    rmSync(join(folder, "tokenizer_config.json"));
    expect((await loadCheckpoint(folder)).template).to.deep.equal(chatMlTemplate);
    await saveCheckpoint(folder, speaking(["<a>", "<b>", "<|stop|>"], "<|stop|>"));
    rmSync(join(folder, "tokenizer_config.json"));
    const error = await rejection(loadCheckpoint(folder));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(
      /brings no chat template, and its special tokens tell none: <a>, <b>, <\|stop\|>\. Put a chat_template\.jinja/,
    );
  });

  it("may hold the template in a file of its own, or under several names", async () => {
    await saveCheckpoint(folder, smallCheckpoint(1));
    const named = [
      { name: "tool_use", template: "tools" },
      { name: "default", template: "plain" },
    ];
    change("tokenizer_config.json", { chat_template: named, eos_token: { content: "<|end|>" } });
    expect((await loadCheckpoint(folder)).template).to.deep.equal({ jinja: "plain", stop: "<|end|>" });
    change("tokenizer_config.json", { chat_template: named.slice(0, 1) });
    expect((await loadCheckpoint(folder)).template.jinja).to.equal("tools");
    writeFileSync(join(folder, "chat_template.jinja"), "own");
    expect((await loadCheckpoint(folder)).template.jinja).to.equal("own");
  });

  it("say what a template lacks", async () => {
    await saveCheckpoint(folder, smallCheckpoint(1));
    const complaint = async () => (await rejection(loadCheckpoint(folder))).message;
    change("tokenizer_config.json", { eos_token: "<|nope|>" });
    expect(await complaint()).to.match(/The tokenizer has no special token "<\|nope\|>"/);
    change("tokenizer_config.json", { eos_token: null });
    expect(await complaint()).to.match(/names no eos_token, so it is not known what ends an answer/);
    writeFileSync(join(folder, "tokenizer_config.json"), "{ torn");
    expect(await complaint()).to.match(/^Could not read .*tokenizer_config\.json/);
  });

  it("end an answer on other tokens, too, where generation says so", async () => {
    const spoken = { ...speaking(["<|end|>", "<|eos|>"], "<|end|>") };
    await saveCheckpoint(folder, { ...spoken, template: { ...spoken.template, otherStops: ["<|eos|>"] } });
    const { template, tokenizer } = await loadCheckpoint(folder);
    expect(template.otherStops).to.deep.equal(["<|eos|>"]);
    expect(read("generation_config.json").eos_token_id).to.deep.equal(
      ["<|end|>", "<|eos|>"].map((token) => tokenizer.specialToken(token)),
    );
  });

  it("are a checkpoint as soon as there is a config.json", async () => {
    expect(await hasCheckpoint(folder)).to.equal(false);
    const none = await rejection(loadCheckpoint(folder));
    expect(none).to.be.instanceOf(UsageError);
    expect(none.message).to.equal(
      `There is no checkpoint in ${folder}: it should hold a config.json of a model.`,
    );
    mkdirSync(folder);
    writeFileSync(join(folder, "config.json"), "{ torn");
    expect(await hasCheckpoint(folder)).to.equal(true);
    const torn = await rejection(loadCheckpoint(folder));
    expect(torn).to.be.instanceOf(InfrastructureError);
    expect(torn.message).to.match(/^Could not read .*config\.json \(.*JSON/);
  });
});
