import { expect } from "chai";
import { lastValueFrom, toArray } from "rxjs";
import { instructConversation, type Message, sft } from "../../agents/index.js";
import { CHAT_TOKENS } from "../../agents/policy/chat-template.js";
import { createEngine } from "../../agents/policy/engine/create-engine.js";
import type { Loss, StepOptions } from "../../agents/policy/engine/engine.js";
import type { TrainablePolicy } from "../../agents/policy/policy.js";
import { createTokenizer } from "../../agents/policy/tokenizer/tokenizer.js";
import { trainBpe } from "../../agents/policy/tokenizer/train-bpe.js";
import { createTransformerPolicy } from "../../agents/policy/transformer-policy.js";
import { learningRateAt } from "../../agents/schedule.js";
import { encodeDemonstration, type SftOptions } from "../../agents/sft.js";
import { pagesTaskSource } from "../../datasets/index.js";
import { readArtifact, type Task, type TaskSource, VectorWebGenEnv } from "../../env/index.js";
import { UsageError } from "../../infra/errors.js";
import { textEvaluator } from "../support/text-evaluator.js";

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
      evaluator: textEvaluator(() => 0),
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

  describe("a step", () => {
    interface Taken {
      readonly loss: Extract<Loss, { kind: "crossEntropy" }>;
      readonly options: StepOptions;
    }

    async function run(changes: Partial<SftOptions> = {}, source = env) {
      const taken: Taken[] = [];
      const conversations: (readonly Message[])[] = [];
      const watched: TrainablePolicy = {
        ...policy,
        encodeExample(conversation, answer) {
          conversations.push(conversation);
          return policy.encodeExample(conversation, answer);
        },
        engine: {
          ...policy.engine,
          step(loss, options) {
            taken.push({ loss: loss as Taken["loss"], options });
            return policy.engine.step(loss, options);
          },
        },
      };
      const defaults = { steps: 3, batchSize: 2, demonstrations: 4, learningRate: { peak: 1e-3 }, seed: 1 };
      const events = await lastValueFrom(
        sft.train(source, { ...defaults, policy: watched, ...changes }).pipe(toArray()),
        { defaultValue: [] },
      );
      return { events, taken, conversations };
    }

    it("learns from a batch at the scheduled rate, with the optimiser's settings, and says how it went", async () => {
      const learningRate = { peak: 1e-3, warmup: 1, floor: 0.5 };
      const optimizer = { weightDecay: 0.3 };
      const started = performance.now();
      const { events, taken } = await run({ learningRate, optimizer });
      const elapsed = (performance.now() - started) / 1000;
      expect(sft.name).to.equal("sft");
      for (const { metrics } of events)
        expect(metrics["time/train_seconds"]).to.be.above(0).and.below(elapsed);
      const rates = [1, 2, 3].map((step) => learningRateAt(learningRate, step, 3));
      expect(taken.map(({ options }) => options)).to.deep.equal(
        rates.map((rate) => ({ ...optimizer, learningRate: rate })),
      );
      let tokens = 0;
      events.forEach(({ phase, step, steps, metrics }, i) => {
        const { loss } = taken[i] as Taken;
        expect(loss.kind).to.equal("crossEntropy");
        expect(loss.sequences).to.have.length(2);
        const own = loss.sequences.reduce(
          (sum, { prompt, completion }) => sum + prompt.length + completion.length,
          0,
        );
        tokens += own;
        expect([phase, step, steps]).to.deep.equal(["sft", i + 1, 3]);
        expect(metrics).to.include({ learning_rate: rates[i], num_tokens: tokens, num_trained_tokens: own });
        expect(metrics).to.include.all.keys("loss", "entropy", "grad_norm", "time/train_seconds");
      });
    });

    it("goes on where it stopped, with the batches and the count of tokens of a whole run", async () => {
      const whole = await run();
      const rest = await run({
        completedSteps: 1,
        completedTokens: whole.events[0]?.metrics.num_tokens as number,
      });
      expect(rest.events.map(({ step }) => step)).to.deep.equal([2, 3]);
      expect(rest.taken.map(({ loss }) => loss)).to.deep.equal(whole.taken.slice(1).map(({ loss }) => loss));
      expect(rest.events.map(({ metrics }) => metrics.num_tokens)).to.deep.equal(
        whole.events.slice(1).map(({ metrics }) => metrics.num_tokens),
      );
      expect((await run({ completedSteps: 3 })).events).to.deep.equal([]);
    });

    it("runs the hook before its event", async () => {
      const order: string[] = [];
      const defaults = { steps: 1, batchSize: 1, demonstrations: 1, learningRate: { peak: 0 }, seed: 1 };
      await lastValueFrom(
        sft.train(env, { ...defaults, policy, afterStep: async () => void order.push("hook") }),
      ).then(() => order.push("event"));
      expect(order).to.deep.equal(["hook", "event"]);
    });

    it("shows what the conversation makes of the task", async () => {
      const { conversations } = await run({ conversation: instructConversation });
      expect(conversations.map((messages) => messages.map(({ role }) => role).join())).to.deep.equal(
        Array(4).fill("system,user"),
      );
    });

    /** The same tasks, but with other references. */
    const having = (referenceOf: (task: Task, index: number) => Task) => {
      const source: TaskSource = {
        ...tasks,
        name: "test/Mixed-v0",
        size: () => 6,
        at: (split, index) => referenceOf(tasks.at(split, index), index),
      };
      return new VectorWebGenEnv({ ...env.options, tasks: source });
    };
    const pictured = (task: Task): Task => ({ ...task, reference: { screenshot: Uint8Array.of(1) } });

    it("leaves out tasks that have no reference to write, and says which", async () => {
      const told: string[] = [];
      const mixed = having((task, index) => (index % 2 === 0 ? pictured(task) : task));
      const { conversations } = await run(
        { demonstrations: 6, steps: 6, onSkip: (message) => told.push(message) },
        mixed,
      );
      const prompts = [1, 3, 5].map((index) => tasks.at("train", index).prompt);
      expect(conversations.map(([message]) => message?.content)).to.have.members(prompts);
      const ids = [0, 2, 4].map((index) => tasks.at("train", index).id).join(", ");
      expect(told).to.deep.equal([
        `3 of 6 tasks have no reference that can be written and are not shown as demonstrations: ${ids}.`,
      ]);
      told.length = 0;
      await run(
        { demonstrations: 6, onSkip: (message) => told.push(message) },
        having((task, index) => (index < 5 ? pictured(task) : task)),
      );
      expect(told[0]).to.match(/^5 of 6 tasks .*: [^,]+, [^,]+, [^,]+, \.\.\.\.$/);
      told.length = 0;
      await run({ onSkip: (message) => told.push(message) });
      expect(told).to.deep.equal([]);
    });

    it("warns the process of them when nobody listens", async () => {
      const mixed = having((task, index) => (index === 0 ? pictured(task) : task));
      const names: string[] = [];
      const listen = ({ name }: Error) => void names.push(name);
      process.on("warning", listen);
      await run({}, mixed);
      await new Promise((resolve) => setImmediate(resolve));
      process.off("warning", listen);
      expect(names).to.include("DemonstrationWarning");
    });

    it("refuses to begin without a single one", () => {
      const defaults = { steps: 1, batchSize: 1, learningRate: { peak: 0 }, seed: 1, policy };
      expect(() => sft.train(having(pictured), { ...defaults, demonstrations: 6 })).to.throw(
        UsageError,
        /test\/Mixed-v0 has no demonstrations: none of the first 6 tasks/,
      );
      expect(() => sft.train(env, { ...defaults, demonstrations: 0 })).to.throw(UsageError);
    });

    it("takes components and sites as references, too", () => {
      const seen: string[] = [];
      const recording: TrainablePolicy = {
        ...policy,
        encodeExample(_, answer) {
          seen.push(answer);
          return { prompt: Int32Array.of(1), completion: Int32Array.of(2) };
        },
      };
      const task = tasks.at("train", 0);
      const tsx = "export default () => <p>x</p>";
      encodeDemonstration(recording, { ...task, kind: "tsx", reference: { tsx } });
      expect(seen[0]).to.equal(tsx);
      const files = { "package.json": "{}", "index.html": "<p>home</p>" };
      encodeDemonstration(recording, { ...task, kind: "site", reference: { files } });
      const artifact = readArtifact("site", seen[1] as string);
      expect(artifact.status === "ok" && artifact.artifact).to.deep.include({ files });
      expect(() => encodeDemonstration(recording, pictured(task))).to.throw(UsageError, task.id);
    });
  });
});
