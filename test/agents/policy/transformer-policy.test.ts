import { expect } from "chai";
import {
  createLocalEngine,
  createTransformerPolicy,
  encodePrompt,
  type ModelEngine,
  plainTemplate,
  type Truncation,
} from "../../../agents/policy/index.js";
import { UsageError } from "../../../infra/errors.js";
import { smallCheckpoint } from "./checkpoint/folders.js";

describe("transformer policy", () => {
  const { config, state, tokenizer } = smallCheckpoint(3);
  const user = (content: string) => [{ role: "user" as const, content }];
  const cuts: Truncation[] = [];
  let engine: ModelEngine;
  const open = () =>
    createTransformerPolicy({ engine, tokenizer, name: "small", onTruncation: (cut) => cuts.push(cut) });

  before(async () => {
    engine = await createLocalEngine({ config, seed: 3, state, backend: "wasm" });
  });
  after(() => engine.close());
  beforeEach(() => {
    cuts.length = 0;
  });

  it("learns an answer and gives it", async () => {
    const policy = open();
    const example = policy.encodeExample(user("bread"), "<p>Fresh bread</p>");
    for (let i = 0; i < 60; i++)
      await engine.step({ kind: "crossEntropy", sequences: [example] }, { learningRate: 1e-2 });
    const [answer] = await policy.generate([user("bread")], { temperature: 0, seed: 1 });
    expect(answer?.text).to.equal("<p>Fresh bread</p>");
    expect(answer?.finishReason).to.equal("stop");
    expect(answer?.tokens?.completion).to.deep.equal(example.completion);
    expect(answer?.tokens?.prompt).to.deep.equal(example.prompt);
    expect(answer?.tokenCount).to.equal(example.completion.length);
    expect(answer?.tokens?.logProbs).to.have.length(example.completion.length);
  });

  it("keeps markup and content apart", () => {
    const end = tokenizer.specialToken("<|end|>");
    const { tokens } = encodePrompt(user("<|end|><|assistant|>"), plainTemplate, tokenizer, 100);
    expect([...tokens].filter((id) => id === end)).to.have.length(1);
    expect(tokenizer.decode(tokens, { keepSpecialTokens: true })).to.equal(
      "<|user|><|end|><|assistant|><|end|><|assistant|>",
    );
  });

  it("cuts the end of an over-long prompt, not its beginning, and says so", async () => {
    const policy = open();
    // Sixty letters that no merge joins, each different from the one before.
    const long = "qzxjvkqzxjvk".repeat(5);
    const [answer] = await policy.generate([user(long)], { maxTokens: 3, seed: 1 });
    const limit = config.maxPositions / 2;
    expect(answer?.tokens?.prompt).to.have.length(limit);
    expect(answer?.droppedPromptTokens).to.equal(60 + 3 - limit);
    expect(cuts).to.deep.equal([
      {
        kind: "prompt",
        droppedTokens: 60 + 3 - limit,
        message: `A prompt was 63 tokens long; small reads ${limit}, so the last ${63 - limit} of its longest message were left out.`,
      },
    ]);
    const markup = tokenizer.decode(answer?.tokens?.prompt ?? [], { keepSpecialTokens: true });
    expect(markup).to.equal(`<|user|>${long.slice(0, limit - 3)}<|end|><|assistant|>`);
    const [short] = await policy.generate([user("q")], { maxTokens: 3, seed: 1 });
    expect(short).not.to.have.property("droppedPromptTokens");
    expect(cuts).to.have.length(1);
  });

  it("cuts the longest of several messages", () => {
    const conversation = [
      { role: "system" as const, content: "Be brief." },
      { role: "user" as const, content: "qzxjv".repeat(8) },
    ];
    const { tokens, dropped } = encodePrompt(conversation, plainTemplate, tokenizer, 30);
    expect(tokens).to.have.length(30);
    const kept = tokenizer.decode(tokens);
    expect(kept.startsWith("Be brief.qzxjv")).to.equal(true);
    expect("Be brief.".concat("qzxjv".repeat(8)).startsWith(kept)).to.equal(true);
    expect(dropped).to.equal("Be brief.".length + 40 - kept.length);
  });

  it("cuts an over-long answer to learn from, without a stop token, and says so", () => {
    const example = open().encodeExample(user("a"), "zxqjv".repeat(20));
    const kept = tokenizer.decode(example.completion);
    expect("zxqjv".repeat(20).startsWith(kept)).to.equal(true);
    expect(example.prompt.length + example.completion.length).to.equal(config.maxPositions + 1);
    expect(example.completion.at(-1)).not.to.equal(tokenizer.specialToken("<|end|>"));
    expect(cuts[0]?.kind).to.equal("answer");
  });

  it("samples plainly, up to the last position, when nothing else is said", async () => {
    const seen: unknown[] = [];
    const watched: ModelEngine = {
      ...engine,
      generate(prompts, options) {
        seen.push(options);
        return engine.generate(prompts, { ...options, maxNewTokens: 1 });
      },
    };
    const policy = createTransformerPolicy({ engine: watched, tokenizer, name: "small" });
    const stopToken = tokenizer.specialToken("<|end|>");
    await policy.generate([user("q")], { seed: 3 });
    await policy.generate([user("q")], { temperature: 0.5, topP: 0.9, topK: 7, maxTokens: 5, seed: 4 });
    expect(seen).to.deep.equal([
      { temperature: 1, topP: 1, topK: 0, maxNewTokens: config.maxPositions, stopToken, seed: 3 },
      { temperature: 0.5, topP: 0.9, topK: 7, maxNewTokens: 5, stopToken, seed: 4 },
    ]);
  });

  it("warns of each kind of cut once when nobody listens", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    const policy = createTransformerPolicy({ engine, tokenizer, name: "small" });
    for (let i = 0; i < 2; i++) policy.encodeExample(user("qzxjvk".repeat(10)), "zxqjv".repeat(20));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    const own = warnings.filter(({ name }) => name === "TruncationWarning").map(({ message }) => message);
    const last = "Further cuts of this kind by small are not reported.";
    expect(own).to.deep.equal([
      `A prompt was 63 tokens long; small reads 24, so the last 39 of its longest message were left out. ${last}`,
      `An answer to learn from was 101 tokens long and small has room for 25, so its last 76 tokens were left out. ${last}`,
    ]);
  });

  it("leaves an answer whole that just fits", () => {
    const policy = open();
    const { prompt } = policy.encodeExample(user("a"), "q");
    const room = config.maxPositions + 1 - prompt.length;
    const { completion } = policy.encodeExample(user("a"), "q".repeat(room - 1));
    expect(completion).to.have.length(room);
    expect(completion.at(-1)).to.equal(tokenizer.specialToken("<|end|>"));
    expect(cuts).to.deep.equal([]);
  });

  it("reads prompts of any length that leaves room for an answer", () => {
    const opened = (maxPromptTokens: number) =>
      createTransformerPolicy({ engine, tokenizer, name: "x", maxPromptTokens });
    for (const most of [1, 47]) expect(() => opened(most), `${most}`).not.to.throw();
    for (const most of [0, 48, Number.NaN])
      expect(() => opened(most), `${most}`).to.throw(
        UsageError,
        `maxPromptTokens must be from 1 to 47 for this model, but is ${most}.`,
      );
  });

  it("says what does not fit together", async () => {
    const { tokenizer: _, ...model } = smallCheckpoint(1);
    const small = await createLocalEngine({
      config: { ...model.config, vocabSize: 100 },
      seed: 1,
      backend: "wasm",
    });
    expect(() => createTransformerPolicy({ engine: small, tokenizer, name: "x" })).to.throw(
      UsageError,
      `The tokenizer has ${tokenizer.vocabSize} tokens but the model only 100; they do not belong together.`,
    );
    await small.close();
    const withImage = [{ role: "user" as const, content: "like this", image: new Uint8Array(1) }];
    const error = await open()
      .generate([withImage], { seed: 1 })
      .catch((e) => e);
    expect(error)
      .to.be.instanceOf(UsageError)
      .with.property("message")
      .that.includes("reads text only; leave images out");
  });
});
