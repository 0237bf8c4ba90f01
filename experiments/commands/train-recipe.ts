import { readFileSync } from "node:fs";
import { messageOf, UsageError } from "../../infra/errors.js";
import type { JsonObject, JsonValue } from "../../infra/json.js";
import { QUICKSTART } from "../recipes/quickstart.js";
import { mergeRecipe, type Recipe } from "../recipes/recipe.js";
import { getRecipe } from "../recipes/registry.js";
import type { TrainFlags } from "./flags.js";

/** The recipe that options describe: the named one, then `--config`, then `--set`, then single options. Throws a UsageError. */
export function recipeOf(flags: TrainFlags): { recipe: Recipe; notTaken: readonly string[] } {
  const { recipe: base, notTaken } = baseOf(flags.recipe);
  const layers = [
    ...(flags.config === undefined ? [] : [readJson(flags.config)]),
    ...(flags.set ?? []).map(settingOf),
    ownChanges(flags),
  ];
  return { recipe: layers.reduce<Recipe>(mergeRecipe, base), notTaken };
}

function baseOf(name: string): { recipe: Recipe; notTaken: readonly string[] } {
  if (!name.endsWith(".json")) return getRecipe(name);
  return { recipe: mergeRecipe(QUICKSTART, readJson(name)), notTaken: [] };
}

function ownChanges({ env, dataset, levels, reward, agent, from }: TrainFlags): JsonObject {
  const changes = {
    env,
    tasks: dataset,
    // Options of the recipe's own tasks say nothing to another data set or environment.
    dataset: levels ? { levels } : dataset === undefined && env === undefined ? undefined : {},
    reward,
    from,
    stages: agent?.split(",").map((name) => name.trim()),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** `grpo.steps=20` as `{ grpo: { steps: 20 } }`; a value that is no JSON is a text. */
function settingOf(text: string): JsonObject {
  const [, path, value = ""] = /^([\w.-]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined)
    throw new UsageError(`--set takes KEY=VALUE, e.g. --set grpo.steps=20, but "${text}" came.`);
  return path
    .split(".")
    .reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), parsed(value)) as JsonObject;
}

function parsed(value: string): JsonValue {
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return value;
  }
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`The recipe ${path} cannot be read: ${messageOf(error)}.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The recipe ${path} is not JSON: ${messageOf(error)}.`);
  }
}
