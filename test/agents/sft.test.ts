import { expect } from "chai";
import { lastValueFrom } from "rxjs";
import {
  CHAT_TOKENS,
  createEngine,
  createTokenizer,
  createTransformerPolicy,
  type Message,
  sft,
  type TrainablePolicy,
  trainBpe,
} from "../../agents/index.js";
import { pagesTaskSource } from "../../datasets/index.js";
import { createEvaluator, VectorWebGenEnv } from "../../env/index.js";
import { sharedRenderer } from "../support/browser.js";
import { headingScorer } from "../support/headings.js";

const TINY = {
  ...{ hiddenSize: 16, intermediateSize: 16, layers: 1, heads: 2, kvHeads: 1, maxPositions: 2048 },
  ...{ ropeTheta: 10_000, normEpsilon: 1e-5, tieEmbeddings: true },
};

describe("sft", () => {
  const tasks = pagesTaskSource({ levels: [1] });
  let policy: TrainablePolicy;
  let env: VectorWebGenEnv;

  before(async () => {
    env = new VectorWebGenEnv({
      id: "test/Pages-v0",
      tasks,
      evaluator: createEvaluator({ renderer: await sharedRenderer(), scorer: headingScorer }),
    });
    const texts = [tasks.at("train", 0).prompt, tasks.at("train", 0).reference?.html ?? ""];
    const tokenizer = createTokenizer(trainBpe({ texts, vocabSize: 300, specialTokens: [...CHAT_TOKENS] }));
    const engine = await createEngine({ config: { ...TINY, vocabSize: tokenizer.vocabSize }, seed: 1 });
    policy = createTransformerPolicy({ engine, tokenizer, name: "tiny" });
  });
  after(() => policy.close());

  /** The prompts of two steps of four demonstrations. */
  async function prompts(revisionShare: number, seed = 1): Promise<string[]> {
    const seen: string[] = [];
    const recording: TrainablePolicy = {
      ...policy,
      encodeExample(conversation: readonly Message[], answer: string) {
        seen.push(String(conversation[0]?.content));
        return policy.encodeExample(conversation, answer);
      },
    };
    const options = { steps: 2, batchSize: 4, demonstrations: 8, learningRate: { peak: 1e-3 } };
    await lastValueFrom(sft.train(env, { ...options, policy: recording, seed, revisionShare }));
    return seen;
  }

  it("shows each demonstration once an epoch, as a first turn", async () => {
    const known = Array.from({ length: 8 }, (_, i) => tasks.at("train", i).prompt);
    expect(await prompts(0)).to.have.members(known);
  });

  it("shows a share of them as a second turn that names failed checks of the task", async () => {
    const all = await prompts(1);
    const titles = new Set(
      Array.from({ length: 8 }, (_, i) => tasks.at("train", i).checklist ?? []).flatMap((items) =>
        items.map(({ title }) => title),
      ),
    );
    for (const prompt of all) {
      const [, fixes = ""] = /\nFix: (.+)\.$/.exec(prompt) ?? [];
      const named = fixes.split("; ");
      expect(named.length).to.be.within(1, 3);
      expect(
        named.every((title) => titles.has(title)),
        fixes,
      ).to.equal(true);
    }
    const some = (await prompts(0.5)).filter((prompt) => prompt.includes("\nFix: "));
    expect(some.length).to.be.within(1, 7);
  });

  it("draws the same revisions for the same seed", async () => {
    expect(await prompts(0.5, 7)).to.deep.equal(await prompts(0.5, 7));
    expect(await prompts(0.5, 7)).not.to.deep.equal(await prompts(0.5, 8));
  });
});
