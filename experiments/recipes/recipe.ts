import * as v from "valibot";
import type { PolicyAlgorithm } from "../../agents/grpo-options.js";
import type { AdamWSettings } from "../../agents/policy/engine/engine.js";
import { LORA_TARGETS, type LoraConfig, type ModelConfig } from "../../agents/policy/model/config.js";
import type { Sampling } from "../../agents/policy/policy.js";
import type { Schedule } from "../../agents/schedule.js";
import type { JsonObject } from "../../infra/json.js";
import { checkConfig } from "../../infra/schema/check.js";
import { between, count, positive, text, toggle } from "../../infra/schema/fields.js";
import { dpo, expertIteration, grpo, optimizer, sampling, schedule, steps } from "./algorithms.js";

/** Options of GRPO that a recipe always says. */
type Said = "scaleRewards" | "epsilon" | "epsilonHigh" | "beta" | "entropyCoef";

/** Section of a recipe for GRPO; `docs/algorithms.md` has the table of its algorithms. */
interface GrpoSection extends Omit<PolicyAlgorithm, Said>, Required<Pick<PolicyAlgorithm, Said>> {
  readonly steps: number;
  readonly tasksPerStep: number;
  readonly groupSize: number;
  readonly tasksPerChunk: number;
  readonly epochs: number;
  readonly updatesPerEpoch: number;
  readonly learningRate: Schedule;
  readonly optimizer?: AdamWSettings;
  readonly sampling: Omit<Sampling, "seed" | "maxTokens">;
}

/** Everything a training run depends on besides its seed. Plain JSON. */
export interface Recipe {
  /** Id of an environment, or `MODULE#EXPORT`. */
  readonly env: string;
  /** Options of the task source, e.g. `{ levels: [1, 2, 3] }`. */
  readonly dataset: JsonObject;
  /** Data set in place of the environment's tasks: a name, or `MODULE#EXPORT`. */
  readonly tasks?: string;
  /** Reward in place of the environment's: whatever `--reward` takes, or a config. */
  readonly reward?: string | JsonObject;
  /** Agents that learn, one after the other: `sft`, `grpo`, or a registered one. */
  readonly stages: readonly string[];
  /** Hugging Face folder to go on from, in place of a new model; then `vocabSize` and `model` say nothing. */
  readonly from?: string;
  /** Adapters that learn in place of the weights of `from`, which stay as they are. */
  readonly lora?: LoraConfig;
  /** Byte-pair vocabulary, special tokens included; trained on the demonstrations. */
  readonly vocabSize: number;
  readonly model: Omit<ModelConfig, "vocabSize">;
  /** Tokens a completion may have. */
  readonly maxTokens: number;
  readonly sft: {
    /** The first so many train tasks, with their references. */
    readonly demonstrations: number;
    readonly steps: number;
    readonly batchSize: number;
    readonly revisionShare: number;
    readonly learningRate: Schedule;
    readonly optimizer?: AdamWSettings;
  };
  readonly grpo: GrpoSection;
  /** Steps and options of other learners, by name; `dpo` and `expert-iteration` take what they do not say from `grpo`. */
  readonly learners: Readonly<Record<string, { readonly steps: number } & JsonObject>>;
  readonly compare: {
    /** Held-out tasks, the first of the test split. */
    readonly tasks: number;
    readonly bestOf: number;
    /** Turns of a polishing episode: draft, revisions, hand-in. */
    readonly polishTurns: number;
    readonly sampling: Omit<Sampling, "seed" | "maxTokens">;
    /** Tasks shown in the report. */
    readonly gallery: number;
  };
}

const free = v.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "an object",
);

/** What a recipe may be. */
const RECIPE = v.strictObject({
  env: text("id of an environment"),
  dataset: free,
  tasks: v.exactOptional(text("name of a data set")),
  reward: v.exactOptional(v.union([text("name of a reward"), free])),
  stages: v.pipe(v.array(text("name of an agent that learns")), v.minLength(1)),
  from: v.exactOptional(text("Hugging Face folder")),
  lora: v.exactOptional(
    v.strictObject({
      rank: count(),
      alpha: positive(),
      targets: v.pipe(v.array(v.picklist(LORA_TARGETS)), v.minLength(1)),
    }),
  ),
  vocabSize: count("tokens of the vocabulary", 260),
  model: v.pipe(
    v.strictObject({
      hiddenSize: count(),
      intermediateSize: count(),
      layers: count(),
      heads: count(),
      kvHeads: count(),
      maxPositions: count("tokens of prompt and answer together", 2),
      ropeTheta: positive(),
      normEpsilon: positive(),
      tieEmbeddings: toggle(),
    }),
    v.check(
      ({ hiddenSize, heads, kvHeads }) => hiddenSize % (2 * heads) === 0 && heads % kvHeads === 0,
      "a model whose hiddenSize is an even multiple of heads, and heads one of kvHeads",
    ),
  ),
  maxTokens: count("tokens a completion may have"),
  sft: v.strictObject({
    demonstrations: count("train tasks with their references"),
    steps,
    batchSize: count("demonstrations a step"),
    revisionShare: between(0, 1),
    learningRate: schedule,
    optimizer,
  }),
  grpo,
  learners: v.objectWithRest(
    { dpo: v.exactOptional(dpo), "expert-iteration": v.exactOptional(expertIteration) },
    v.looseObject({ steps }),
  ),
  compare: v.strictObject({
    tasks: count("held-out tasks"),
    bestOf: count(),
    polishTurns: count("a draft, revisions and the hand-in", 3),
    sampling,
    gallery: count("tasks shown in the report", 0),
  }),
});

/** Keys whose content is replaced as a whole, since it is another's. */
const WHOLE = new Set(["dataset", "reward", "stages", "rewardWeights", "targets"]);

/**
 * A recipe with some keys replaced, at any depth, once the whole fits its schema. Throws a UsageError that names each entry
 * that is wrong: unknown, of another kind, endless, or out of its range.
 *
 * @example
 * mergeRecipe(QUICKSTART, { grpo: { steps: 100, sampling: { temperature: 0.9 } } });
 */
export function mergeRecipe(recipe: Recipe, changes: unknown): Recipe {
  return checkConfig(RECIPE, merge(recipe, changes), "the recipe") as Recipe;
}

function merge(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change))
    merged[key] = WHOLE.has(key) || !Object.hasOwn(base, key) ? value : merge(base[key], value);
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
