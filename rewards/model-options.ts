import * as v from "valibot";
import { openCache } from "../infra/cache.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject, JsonValue } from "../infra/json.js";
import { count, finite, nonNegative, positive, text, toggle } from "../infra/schema/fields.js";
import { createVisionJudge, repliesOnDisk, type VisionJudge } from "./judge/index.js";
import {
  type ClipSimilarity,
  clipSimilarity,
  type LpipsDistance,
  type LpipsOptions,
  lpipsDistance,
} from "./models/index.js";

/** Models that a reward may be given in a config file, by the name of the option. */
export interface Models {
  readonly judge?: VisionJudge;
  readonly clip?: ClipSimilarity;
  readonly lpips?: LpipsDistance;
  /** A second LPIPS, for systems that measure with both networks. */
  readonly lpipsVgg?: LpipsDistance;
}

/** Name of an option that names a model. */
export type ModelName = keyof Models;

const JUDGE = v.strictObject({
  model: text("the name of a vision model"),
  baseURL: v.exactOptional(text("of an OpenAI-compatible server")),
  apiKeyVariable: v.exactOptional(text("the environment variable that holds the key")),
  concurrency: v.exactOptional(count("requests under way at once")),
  requestsPerMinute: v.exactOptional(count()),
  timeout: v.exactOptional(positive("milliseconds for an attempt")),
  retries: v.exactOptional(count("further attempts after an outage", 0)),
  maxTokens: v.exactOptional(count("tokens of an answer")),
  seed: v.exactOptional(finite()),
  tokens: v.exactOptional(positive("the most it may spend")),
  money: v.exactOptional(positive("the most it may spend")),
  promptPrice: v.exactOptional(nonNegative("for a million tokens")),
  completionPrice: v.exactOptional(nonNegative("for a million tokens")),
  cache: v.exactOptional(text("the folder that keeps replies")),
});

const WEIGHTS = v.strictObject({
  weights: text("a folder, a file, or a model's id"),
  download: v.exactOptional(toggle()),
  threads: v.exactOptional(count()),
});
const WEIGHTS_OR_PLACE = v.union([text("a folder, a file, or a model's id"), WEIGHTS]);

/** Schemas of the options that name models. */
export const MODEL_SCHEMAS: Readonly<Record<ModelName, v.GenericSchema>> = {
  judge: JUDGE,
  clip: WEIGHTS_OR_PLACE,
  lpips: WEIGHTS_OR_PLACE,
  lpipsVgg: WEIGHTS_OR_PLACE,
};

/** What to write in a config, for messages. */
const EXAMPLES: Readonly<Record<ModelName, string>> = {
  judge: '{"judge": {"model": "qwen3-vl", "baseURL": "http://localhost:8000/v1"}}',
  clip: '{"clip": "models/clip-vit-base-patch32"}',
  lpips: '{"lpips": "models/lpips-alex.onnx"}',
  lpipsVgg: '{"lpipsVgg": "models/lpips-vgg.onnx"}',
};
const CALLED: Readonly<Record<ModelName, string>> = {
  judge: "a vision model",
  clip: "CLIP",
  lpips: "LPIPS",
  lpipsVgg: "LPIPS with VGG",
};

/** Models that a reward or a preset takes. */
export interface ModelRequest {
  /** Options that may be there. */
  readonly models: readonly ModelName[];
  /** Of these, those that must be. */
  readonly required?: readonly ModelName[];
  /** How LPIPS is fed; default `widgetanchor`. */
  readonly lpipsInput?: LpipsOptions["input"];
}

/**
 * Models that checked options name, opened, and the other options beside them. Equal descriptions share one model, and with
 * it a judge's limits. Throws a UsageError for a model that is missing or cannot be opened.
 *
 * @example
 * openModels('preset "vcoder/paper"', { clip: "models/clip" }, { models: ["clip"], required: ["clip"] });
 */
export function openModels(
  owner: string,
  options: JsonObject,
  { models: taken, required = [], lpipsInput = "widgetanchor" }: ModelRequest,
): { readonly models: Models; readonly rest: JsonObject } {
  for (const name of required)
    if (options[name] === undefined)
      throw new UsageError(
        `The ${owner} needs ${CALLED[name]}; name it in its options, e.g. ${EXAMPLES[name]}.`,
      );
  const lpipsOf = (input: NonNullable<LpipsOptions["input"]>) => (value: JsonValue) =>
    shared(`lpips ${JSON.stringify([value, input])}`, () => lpipsDistance({ ...weightsOf(value), input }));
  const open = {
    judge: (value: JsonValue) =>
      shared(`judge ${JSON.stringify(value)}`, () => openJudge(owner, value as JudgeConfig)),
    clip: (value: JsonValue) =>
      shared(`clip ${JSON.stringify(value)}`, () => clipSimilarity(weightsOf(value))),
    lpips: lpipsOf(lpipsInput),
    lpipsVgg: lpipsOf("widget2codeBytes"),
  };
  const isModel = (name: string) => (taken as readonly string[]).includes(name);
  const given = Object.entries(options);
  const opened = given
    .filter(([name]) => isModel(name))
    .map(([name, value]) => [name, open[name as ModelName](value as JsonValue)]);
  return {
    models: Object.fromEntries(opened) as Models,
    rest: Object.fromEntries(given.filter(([name]) => !isModel(name))),
  };
}

const openedModels = new Map<string, unknown>();

function shared<T>(key: string, open: () => T): T {
  if (!openedModels.has(key)) openedModels.set(key, open());
  return openedModels.get(key) as T;
}

function weightsOf(value: JsonValue): v.InferOutput<typeof WEIGHTS> {
  return typeof value === "string" ? { weights: value } : (value as v.InferOutput<typeof WEIGHTS>);
}

type JudgeConfig = v.InferOutput<typeof JUDGE>;

function openJudge(owner: string, config: JudgeConfig): VisionJudge {
  const { apiKeyVariable, tokens, money, promptPrice, completionPrice, cache, ...plain } = config;
  const apiKey = apiKeyVariable === undefined ? undefined : process.env[apiKeyVariable];
  if (apiKeyVariable !== undefined && !apiKey)
    throw new UsageError(
      `The "judge" of ${owner} takes its key from the environment variable ${apiKeyVariable}, which is not set.`,
    );
  const prices =
    promptPrice === undefined
      ? {}
      : { prices: { prompt: promptPrice, completion: completionPrice ?? promptPrice } };
  return createVisionJudge({
    ...plain,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(cache === undefined ? {} : { cache: repliesOnDisk(openCache(cache)) }),
    limit: {
      ...(tokens === undefined ? {} : { tokens }),
      ...(money === undefined ? {} : { money }),
      ...prices,
    },
  });
}
