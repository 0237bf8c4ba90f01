import type { Scorer } from "../env/contract/scoring.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject, JsonValue } from "../infra/json.js";
import { type ComposeOptions, composeReward, compositionOf } from "./compose.js";
import type { NullPolicy } from "./formula/evaluate.js";
import { withWeights } from "./formula/weights.js";
import { getPreset } from "./preset.js";
import { type AnyReward, getReward } from "./reward.js";

/** A reward from the registry: its name alone, or with options. */
export type PartConfig = string | ({ readonly reward: string } & JsonObject);

/** A composition as data, e.g. from a JSON file: a preset with options and changes, or a formula over registered rewards. */
export type RewardConfig =
  | ({ readonly preset: string } & PresetChanges & JsonObject)
  | {
      readonly name?: string;
      readonly formula: string;
      readonly parts: Readonly<Record<string, PartConfig>>;
      /** Default: a part that failed makes the total null, a part that does not apply leaves with its weight. */
      readonly onNull?: NullPolicy | { readonly failed: NullPolicy; readonly skipped: NullPolicy };
      /** Milliseconds per part. */
      readonly deadline?: number;
    };

/** What a config may change about a preset, besides the preset's own options. */
export type PresetChanges = {
  /** Instead of the preset's formula. */
  readonly formula?: string;
  /** Other constant factors of parts in the formula, see {@link withWeights}. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Parts to add, or to put in the place of the preset's, e.g. a stricter gate. */
  readonly parts?: Readonly<Record<string, PartConfig>>;
  readonly onNull?: NullPolicy | { readonly failed: NullPolicy; readonly skipped: NullPolicy };
  /** Milliseconds per part. */
  readonly deadline?: number;
  readonly name?: string;
};

const KEYS = ["name", "formula", "parts", "onNull", "deadline"];

/**
 * Builds the scorer a config describes. Throws a UsageError that says which entry is wrong.
 *
 * @example
 * rewardFromConfig({
 *   formula: "render * (0.8 * checklist + 0.2 * length)",
 *   parts: { render: "render", checklist: "checklist", length: { reward: "length", full: 2000, none: 4000 } },
 * });
 *
 * @example
 * rewardFromConfig({
 *   preset: "frontcoder/paper",
 *   weights: { similarity: 0.1 },
 *   parts: { render: { reward: "render", refuseBlank: false } },
 * });
 */
export function rewardFromConfig(config: RewardConfig | JsonObject): Scorer {
  const entries = config as JsonObject;
  if (typeof entries.preset === "string") {
    const { preset, ...rest } = entries;
    return changedPreset(preset as string, rest);
  }
  for (const key of Object.keys(entries))
    if (!KEYS.includes(key))
      throw new UsageError(`A reward config has no entry "${key}".${didYouMean(key, KEYS)}`);
  const { formula, parts } = entries;
  if (typeof formula !== "string")
    throw new UsageError(
      `A reward config needs a "formula" (text) or a "preset", but has ${JSON.stringify(formula)}.`,
    );
  if (!isObject(parts) || Object.keys(parts).length === 0)
    throw new UsageError('A reward config needs "parts": an object from part names to rewards.');
  return composeReward({
    formula,
    parts: partsFrom(parts),
    onNull: { failed: "fail", skipped: "renormalize" },
    ...settingsOf(entries),
  });
}

/** A preset, with the changes that a config makes to it. */
function changedPreset(preset: string, entries: JsonObject): Scorer {
  const { weights, parts, formula, name, onNull, deadline, ...options } = entries;
  const changes = { weights, parts, formula, name, onNull, deadline };
  if (Object.values(changes).every((change) => change === undefined)) return getPreset(preset, options);
  const original = compositionOf(getPreset(preset, options));
  if (!original)
    throw new UsageError(`Preset "${preset}" is not a composition, so a config cannot change its parts.`);
  for (const [key, value] of Object.entries({ weights, parts }))
    if (value !== undefined && !isObject(value))
      throw new UsageError(`"${key}" should be an object by part name, but is ${JSON.stringify(value)}.`);
  if (formula !== undefined && typeof formula !== "string")
    throw new UsageError(`"formula" should be a text, but is ${JSON.stringify(formula)}.`);
  const changed = formula ?? original.formula;
  return composeReward({
    ...original,
    name: `${original.name ?? preset} (changed)`,
    formula: weights === undefined ? changed : withWeights(changed, numbersIn(weights as JsonObject)),
    parts: { ...original.parts, ...(parts === undefined ? {} : partsFrom(parts as JsonObject)) },
    ...settingsOf(entries),
  });
}

function settingsOf({ name, onNull, deadline }: JsonObject): Partial<ComposeOptions> {
  return {
    ...(onNull === undefined ? {} : { onNull: onNull as NullPolicy }),
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof deadline === "number" ? { deadline } : {}),
  };
}

function numbersIn(weights: JsonObject): Record<string, number> {
  for (const [part, weight] of Object.entries(weights))
    if (typeof weight !== "number")
      throw new UsageError(`The weight of "${part}" should be a number, but is ${JSON.stringify(weight)}.`);
  return weights as Record<string, number>;
}

function partsFrom(parts: JsonObject): Record<string, AnyReward> {
  return Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, partOf(part, value)]));
}

function partOf(part: string, value: JsonValue | undefined): AnyReward {
  if (typeof value === "string") return getReward(value);
  if (isObject(value) && typeof value.reward === "string") {
    const { reward, ...options } = value;
    return getReward(reward as string, options);
  }
  throw new UsageError(
    `Part "${part}" should be the name of a reward or {"reward": name, ...options}, but is ${JSON.stringify(value)}.`,
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
