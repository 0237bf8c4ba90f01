import {
  type ModelConfig,
  type RewardScale,
  type Sampling,
  type Schedule,
  smallConfig,
} from "../agents/index.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { UsageError } from "../infra/errors.js";

/** Everything a training run depends on besides its seed. Plain JSON. */
export interface Recipe {
  readonly env: string;
  /** Options of the environment's task source, e.g. `{ levels: [1, 2, 3] }`. */
  readonly dataset: Readonly<Record<string, string | number | readonly number[]>>;
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
  };
  readonly grpo: {
    readonly steps: number;
    readonly tasksPerStep: number;
    readonly groupSize: number;
    readonly tasksPerChunk: number;
    readonly scaleRewards: RewardScale;
    readonly epochs: number;
    readonly updatesPerEpoch: number;
    readonly clipLow: number;
    readonly clipHigh: number;
    readonly klCoefficient: number;
    readonly entropyCoefficient: number;
    readonly learningRate: Schedule;
    readonly sampling: Omit<Sampling, "seed" | "maxTokens">;
  };
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

const { vocabSize: VOCABULARY, ...MODEL } = smallConfig(1024);

/** Ten minutes on two cores: a 0.9 M-parameter Llama learns to write pages. */
export const QUICKSTART: Recipe = {
  env: "webgen/Pages-v0",
  dataset: { levels: [1, 2] },
  vocabSize: VOCABULARY,
  model: MODEL,
  maxTokens: 192,
  sft: {
    demonstrations: 1024,
    steps: 300,
    batchSize: 8,
    revisionShare: 0.25,
    learningRate: { peak: 4e-3, warmup: 20, floor: 0.1 },
  },
  grpo: {
    steps: 90,
    tasksPerStep: 8,
    groupSize: 8,
    tasksPerChunk: 4,
    scaleRewards: "batch",
    epochs: 2,
    updatesPerEpoch: 1,
    clipLow: 0.2,
    clipHigh: 0.28,
    klCoefficient: 0.01,
    entropyCoefficient: 0,
    learningRate: { peak: 6e-4, warmup: 8, floor: 0.2 },
    sampling: { temperature: 1 },
  },
  compare: { tasks: 128, bestOf: 8, polishTurns: 4, sampling: { temperature: 1 }, gallery: 8 },
};

/** Keys whose content is free: options of a task source. */
const OPEN_KEYS = new Set(["dataset"]);

/**
 * A recipe with some keys replaced, at any depth. Throws a UsageError for a key no recipe has or a value of another
 * type than the one it replaces.
 *
 * @example
 * mergeRecipe(QUICKSTART, { grpo: { steps: 100, sampling: { temperature: 0.9 } } });
 */
export function mergeRecipe(recipe: Recipe, changes: unknown): Recipe {
  return merge(recipe, changes, "") as Recipe;
}

function merge(base: unknown, change: unknown, path: string): unknown {
  if (!isObject(base)) {
    if (typeof base === typeof change && Array.isArray(base) === Array.isArray(change)) return change;
    throw new UsageError(
      `The recipe's ${path} is like ${JSON.stringify(base)}, but ${JSON.stringify(change)} came.`,
    );
  }
  if (!isObject(change))
    throw new UsageError(
      `${path === "" ? "A recipe" : `The recipe's ${path}`} is an object, but ${JSON.stringify(change)} came.`,
    );
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const where = path === "" ? key : `${path}.${key}`;
    if (key in base) merged[key] = OPEN_KEYS.has(key) ? value : merge(base[key], value, where);
    else if (OPTIONAL_KEYS.has(where) && typeof value === "number") merged[key] = value;
    else throw new UsageError(`A recipe has no ${where}.${didYouMean(key, Object.keys(base))}`);
  }
  return merged;
}

/** Numbers that a recipe may have and the quickstart leaves out. */
const OPTIONAL_KEYS = new Set(
  ["grpo.sampling", "compare.sampling"].flatMap((path) => [`${path}.topP`, `${path}.topK`]),
);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
