import type { Scorer } from "../env/scoring.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject, JsonValue } from "../infra/json.js";
import { composeReward } from "./compose.js";
import type { NullPolicy } from "./formula/evaluate.js";
import { getPreset } from "./preset.js";
import { type AnyReward, getReward } from "./reward.js";

/** A reward from the registry: its name alone, or with options. */
export type PartConfig = string | ({ readonly reward: string } & JsonObject);

/** A composition as data, e.g. from a JSON file: a preset with options, or a formula over registered rewards. */
export type RewardConfig =
  | ({ readonly preset: string } & JsonObject)
  | {
      readonly name?: string;
      readonly formula: string;
      readonly parts: Readonly<Record<string, PartConfig>>;
      /** Default: a part that failed makes the total null, a part that does not apply leaves with its weight. */
      readonly onNull?: NullPolicy | { readonly failed: NullPolicy; readonly skipped: NullPolicy };
      /** Milliseconds per part. */
      readonly deadline?: number;
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
 */
export function rewardFromConfig(config: RewardConfig | JsonObject): Scorer {
  const entries = config as JsonObject;
  if (typeof entries.preset === "string") {
    const { preset, ...options } = entries;
    return getPreset(preset as string, options);
  }
  for (const key of Object.keys(entries))
    if (!KEYS.includes(key))
      throw new UsageError(`A reward config has no entry "${key}".${didYouMean(key, KEYS)}`);
  const { name, formula, parts, onNull, deadline } = entries;
  if (typeof formula !== "string")
    throw new UsageError(
      `A reward config needs a "formula" (text) or a "preset", but has ${JSON.stringify(formula)}.`,
    );
  if (!isObject(parts) || Object.keys(parts).length === 0)
    throw new UsageError('A reward config needs "parts": an object from part names to rewards.');
  return composeReward({
    formula,
    parts: Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, partOf(part, value)])),
    onNull: (onNull ?? { failed: "fail", skipped: "renormalize" }) as NullPolicy,
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof deadline === "number" ? { deadline } : {}),
  });
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
