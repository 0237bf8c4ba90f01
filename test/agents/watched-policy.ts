import type { Message, Sampling } from "../../agents/index.js";
import type { Loss, Sequence, StepOptions } from "../../agents/policy/engine/engine.js";
import { createLocalEngine } from "../../agents/policy/engine/local-engine.js";
import type { PolicyCompletion } from "../../agents/policy/policy.js";
import { createTransformerPolicy, type TransformerPolicy } from "../../agents/policy/transformer-policy.js";
import { VectorWebGenEnv } from "../../env/index.js";
import { headingTasks } from "../support/headings.js";
import { textEvaluator } from "../support/text-evaluator.js";
import { smallCheckpoint } from "./policy/checkpoint/folders.js";

const { config, state, tokenizer } = smallCheckpoint(1, { maxPositions: 96 });
const initialState = state;

/** A small policy, which stands at its first weights before each test of the calling block, and what it did. */
export function watchedPolicy() {
  let policy: TransformerPolicy;
  const steps: { readonly loss: Loss; readonly options: StepOptions }[] = [];
  const references: unknown[] = [];
  let sampled: (completions: PolicyCompletion[]) => PolicyCompletion[] = (completions) => completions;
  before(async () => {
    const engine = await createLocalEngine({ config, seed: 1, state, backend: "wasm" });
    policy = createTransformerPolicy({ engine, tokenizer, name: "small", onTruncation: () => {} });
  });
  after(() => policy.close());
  beforeEach(async () => {
    await policy.engine.importState(initialState);
    steps.length = 0;
    references.length = 0;
    sampled = (completions) => completions;
  });
  return {
    steps,
    references,
    /** Changes what is sampled before a learner sees it. */
    alterSamples: (alter: typeof sampled) => {
      sampled = alter;
    },
    /** The tokens of answers as they are sampled from now on, group by group. */
    recorded: (): string[] => {
      const answers: string[] = [];
      sampled = (completions) => {
        answers.push(...completions.map(({ tokens }) => tokensOf(tokens as Sequence)));
        return completions;
      };
      return answers;
    },
    engine: () => policy.engine,
    policy: (): TransformerPolicy => ({
      ...policy,
      async generate(conversations: readonly (readonly Message[])[], sampling: Sampling) {
        return sampled(await policy.generate(conversations, sampling));
      },
      engine: {
        ...policy.engine,
        step(loss, options) {
          steps.push({ loss, options });
          return policy.engine.step(loss, options);
        },
        keepReference(weights) {
          references.push(weights);
          return policy.engine.keepReference(weights);
        },
      },
    }),
  };
}

/** Prompt and completion as one text, to tell sequences apart by. */
export const tokensOf = ({ prompt, completion }: Sequence): string => `${prompt}|${completion}`;

/** One-turn episodes whose rewards go by the answer's place in its group. */
export const rewardedByMember = (rewards: readonly (number | null)[]): VectorWebGenEnv => {
  let answers = 0;
  return textEnv(textEvaluator(() => rewards[answers++ % rewards.length] ?? null));
};

/** The share of an answer that is the letter e: a reward with a slope everywhere. */
export const letters = (text: string): number =>
  [...text].filter((letter) => letter === "e").length / Math.max(1, text.length);

/** One-turn episodes on texts. */
export const textEnv = (evaluator = textEvaluator(letters), maxTurns = 1): VectorWebGenEnv =>
  new VectorWebGenEnv({ id: "test/Headings-v0", tasks: headingTasks, evaluator, maxTurns });
