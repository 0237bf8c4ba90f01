import { openCache } from "../infra/cache.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject, JsonValue } from "../infra/json.js";
import { createVisionJudge, repliesOnDisk, type VisionJudge } from "./judge/index.js";
import {
  type ClipSimilarity,
  clipSimilarity,
  type LpipsDistance,
  type LpipsOptions,
  lpipsDistance,
} from "./models/index.js";
import { checkOptions, type OptionKind } from "./options.js";

/** Models that a reward may be given in a config file, by the name of the option. */
export interface Models {
  readonly judge?: VisionJudge;
  readonly clip?: ClipSimilarity;
  readonly lpips?: LpipsDistance;
}

export type ModelName = keyof Models;

const JUDGE: Readonly<Record<string, OptionKind>> = {
  model: "string",
  baseURL: "string",
  apiKeyVariable: "string",
  concurrency: "number",
  requestsPerMinute: "number",
  timeout: "number",
  retries: "number",
  maxTokens: "number",
  seed: "number",
  tokens: "number",
  money: "number",
  promptPrice: "number",
  completionPrice: "number",
  cache: "string",
};
const WEIGHTS: Readonly<Record<string, OptionKind>> = {
  weights: "string",
  download: "boolean",
  threads: "number",
};

/** What to write in a config, for messages. */
const EXAMPLES: Readonly<Record<ModelName, string>> = {
  judge: '{"judge": {"model": "qwen3-vl", "baseURL": "http://localhost:8000/v1"}}',
  clip: '{"clip": "models/clip-vit-base-patch32"}',
  lpips: '{"lpips": "models/lpips-alex.onnx"}',
};
const CALLED: Readonly<Record<ModelName, string>> = {
  judge: "a vision model",
  clip: "CLIP",
  lpips: "LPIPS",
};

export interface ModelRequest {
  /** Options that may be there. */
  readonly models: readonly ModelName[];
  /** Of these, those that must be. */
  readonly required?: readonly ModelName[];
  /** How LPIPS is fed. */
  readonly lpipsInput?: LpipsOptions["input"];
}

/**
 * Opens the models that options name, and returns the other options beside them. Throws a UsageError for a model that is missing, or whose
 * description is wrong. Equal descriptions share one model, and with it a judge's limits.
 *
 * @example
 * takeModels('Preset "vcoder/paper"', { clip: "models/clip" }, { models: ["clip"], required: ["clip"] });
 */
export function takeModels(
  owner: string,
  options: JsonObject,
  { models, required = [], lpipsInput = "widgetanchor" }: ModelRequest,
): { readonly models: Models; readonly rest: JsonObject } {
  for (const name of required)
    if (options[name] === undefined)
      throw new UsageError(`${owner} needs ${CALLED[name]}; name it in its options, e.g. ${EXAMPLES[name]}.`);
  const opened: { -readonly [Name in ModelName]?: Models[Name] } = {};
  const rest: Record<string, JsonValue | undefined> = {};
  for (const [name, value] of Object.entries(options)) {
    if (!(models as readonly string[]).includes(name) || value === undefined) rest[name] = value;
    else if (name === "judge") opened.judge = judgeOf(owner, value);
    else if (name === "clip")
      opened.clip = shared(`clip ${JSON.stringify(value)}`, () => clipOf(owner, value));
    else
      opened.lpips = shared(`lpips ${JSON.stringify([value, lpipsInput])}`, () =>
        lpipsDistance({ ...weightsOf(owner, "lpips", value), input: lpipsInput }),
      );
  }
  return { models: opened, rest };
}

const known = new Map<string, unknown>();

function shared<T>(key: string, open: () => T): T {
  if (!known.has(key)) known.set(key, open());
  return known.get(key) as T;
}

function clipOf(owner: string, value: JsonValue): ClipSimilarity {
  return clipSimilarity(weightsOf(owner, "clip", value));
}

interface WeightsConfig {
  readonly weights: string;
  readonly download?: boolean;
  readonly threads?: number;
}

function weightsOf(owner: string, name: "clip" | "lpips", value: JsonValue): WeightsConfig {
  if (typeof value === "string") return { weights: value };
  const config = checkOptions<WeightsConfig>(`"${name}" of ${owner}`, object(owner, name, value), WEIGHTS);
  if (config.weights === undefined) throw wrong(owner, name, value);
  return config;
}

interface JudgeConfig {
  readonly model: string;
  readonly apiKeyVariable?: string;
  readonly tokens?: number;
  readonly money?: number;
  readonly promptPrice?: number;
  readonly completionPrice?: number;
  readonly cache?: string;
}

function judgeOf(owner: string, value: JsonValue): VisionJudge {
  const config = checkOptions<JudgeConfig>(`"judge" of ${owner}`, object(owner, "judge", value), JUDGE);
  if (config.model === undefined) throw wrong(owner, "judge", value);
  const { apiKeyVariable, tokens, money, promptPrice, completionPrice, cache, ...plain } = config;
  const apiKey = apiKeyVariable === undefined ? undefined : process.env[apiKeyVariable];
  if (apiKeyVariable !== undefined && !apiKey)
    throw new UsageError(
      `"judge" of ${owner} takes its key from the environment variable ${apiKeyVariable}, which is not set.`,
    );
  const prices =
    promptPrice === undefined
      ? {}
      : { prices: { prompt: promptPrice, completion: completionPrice ?? promptPrice } };
  return shared(`judge ${JSON.stringify(value)}`, () =>
    createVisionJudge({
      ...plain,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(cache === undefined ? {} : { cache: repliesOnDisk(openCache(cache)) }),
      limit: {
        ...(tokens === undefined ? {} : { tokens }),
        ...(money === undefined ? {} : { money }),
        ...prices,
      },
    }),
  );
}

function object(owner: string, name: ModelName, value: JsonValue): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw wrong(owner, name, value);
}

function wrong(owner: string, name: ModelName, value: JsonValue): UsageError {
  return new UsageError(
    `"${name}" of ${owner} should name a model, e.g. ${EXAMPLES[name]}, but is ${JSON.stringify(value)}.`,
  );
}
