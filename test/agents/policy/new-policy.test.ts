import { expect } from "chai";
import {
  CHAT_TOKENS,
  type ModelConfig,
  openPolicy,
  parameterCount,
  savePolicy,
  smallConfig,
} from "../../../agents/policy/index.js";
import { createPolicy } from "../../../agents/policy/new-policy.js";
import { UsageError } from "../../../infra/errors.js";
import { temporaryFolder } from "./checkpoint/folders.js";

describe("a new policy", function () {
  this.timeout(60_000);
  const texts = ["<p>Fresh bread</p>\n<p>Fresh bread</p>", "<p>Fresh bread</p>", "<p>Fresh bread</p>"];
  const model: Omit<ModelConfig, "vocabSize"> = {
    ...{ hiddenSize: 16, intermediateSize: 24, layers: 1, heads: 2, kvHeads: 1, maxPositions: 32 },
    ...{ ropeTheta: 100, normEpsilon: 1e-5, tieEmbeddings: true },
  };
  /** No thread of its own has to start. */
  const machine = { backend: "cpu" } as const;
  const ask = [{ role: "user" as const, content: "bread" }];
  const folder = temporaryFolder();

  it("has a vocabulary of the texts and a model of the sizes asked for", async () => {
    const policy = await createPolicy({ texts, vocabSize: 264, model, seed: 1, backend: "wasm", workers: 1 });
    // 256 bytes, five special tokens, and three that shorten the texts.
    expect(policy.tokenizer.vocabSize).to.equal(264);
    expect(policy.engine.config).to.deep.equal({ ...model, vocabSize: 264 });
    expect(policy.engine.backend).to.equal("wasm (own SIMD kernels), 1 worker");
    expect(policy.name).to.equal("policy");
    for (const token of CHAT_TOKENS) expect(policy.tokenizer.specialToken(token)).to.be.within(259, 263);
    const [answer] = await policy.generate([ask], { seed: 1, maxTokens: 4 });
    expect(answer?.tokenCount).to.be.within(1, 4);
    await policy.close();
  });

  it("begins the same for a seed, and otherwise for another", async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const policy = await createPolicy({ texts, vocabSize: 262, model, seed, name: "mine", ...machine });
        expect(policy.name).to.equal("mine");
        const [answer] = await policy.generate([ask], { seed: 5, maxTokens: 8 });
        await policy.close();
        return [...(answer?.tokens?.completion ?? [])];
      }),
    );
    expect(again).to.deep.equal(first);
    expect(other).not.to.deep.equal(first);
  });

  it("is the quickstart's when nothing else is asked for", async () => {
    const policy = await createPolicy({ texts, seed: 1, ...machine });
    const { vocabSize } = policy.tokenizer;
    // The texts hold few pieces that repeat, so there are fewer tokens than the 1,024 there might be.
    expect(vocabSize).to.be.within(262, 300);
    expect(policy.engine.config).to.deep.equal(smallConfig(vocabSize));
    expect(policy.engine.parameterCount).to.equal(parameterCount(smallConfig(vocabSize)));
    await policy.close();
  });

  it("is refused for sizes that no transformer can have", async () => {
    const error = await createPolicy({ texts, model: { ...model, heads: 3 }, seed: 1, ...machine }).catch(
      (e) => e,
    );
    expect(error).to.be.instanceOf(UsageError).and.have.property("message").that.includes("hiddenSize");
  });

  it("is opened from its folder by the folder's name or one that is given, with what a trainer noted", async () => {
    const policy = await createPolicy({ texts, vocabSize: 262, model, seed: 1, ...machine });
    await savePolicy(folder, policy);
    const plain = await openPolicy(folder, machine);
    expect(plain).to.have.all.keys("policy");
    expect(plain.policy.name).to.equal(folder);
    const greedy = { temperature: 0, seed: 1, maxTokens: 6 };
    expect(await plain.policy.generate([ask], greedy)).to.deep.equal(await policy.generate([ask], greedy));
    await savePolicy(folder, policy, { step: 3 });
    const cuts: number[] = [];
    const named = await openPolicy(folder, {
      ...{ ...machine, name: "baker", maxPromptTokens: 5 },
      onTruncation: ({ droppedTokens }) => cuts.push(droppedTokens),
    });
    expect(named.policy.name).to.equal("baker");
    expect(named.trainerState).to.deep.equal({ step: 3 });
    const { prompt } = named.policy.encodeExample([{ role: "user", content: "qzxjvkqz" }], "p");
    expect(prompt).to.have.length(5);
    // Eight letters and three of markup.
    expect(cuts).to.deep.equal([6]);
    await Promise.all([policy, plain.policy, named.policy].map((each) => each.close()));
  });
});
