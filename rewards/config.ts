import * as v from "valibot";
import type { Scorer } from "../env/contract/scoring.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { messageOf, UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import { checkConfig } from "../infra/schema/check.js";
import { finite, oneOf, positive, text } from "../infra/schema/fields.js";
import { composeReward, isComposed } from "./compose.js";
import type { NullPolicy } from "./formula/evaluate.js";
import { withWeights } from "./formula/weights.js";
import { getPreset, listPresets } from "./preset.js";
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

const policy = oneOf(["fail", "renormalize"]);
const partConfig = v.union([
  text("the name of a reward"),
  v.looseObject({ reward: text("the name of a reward") }),
]);
const parts = v.record(v.string(), partConfig);
const settings = {
  name: v.exactOptional(text()),
  onNull: v.exactOptional(v.union([policy, v.strictObject({ failed: policy, skipped: policy })])),
  deadline: v.exactOptional(positive("milliseconds for each part")),
};
const COMPOSITION = v.strictObject({
  ...settings,
  formula: text('arithmetic over part names; in its place a "preset" may be named'),
  parts: v.pipe(parts, v.minEntries(1)),
});
/** The rest are options of the preset, which it checks. */
const CHANGED_PRESET = v.looseObject({
  ...settings,
  preset: text("the name of a preset"),
  formula: v.exactOptional(text()),
  weights: v.exactOptional(v.record(v.string(), finite())),
  parts: v.exactOptional(parts),
});
const CHANGES = ["weights", "parts", "formula", "name", "onNull", "deadline"] as const;
const OWNER = "the reward config";

/**
 * Scorer that a config describes. Throws a UsageError that names each wrong entry by its path, what was expected and what came.
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
  const given = v.is(v.record(v.string(), v.unknown()), config) ? withoutUndefined(config) : config;
  if (v.is(v.looseObject({ preset: v.unknown() }), given)) return changedPreset(given);
  const { parts, ...composition } = checkConfig(COMPOSITION, given, OWNER);
  return composeReward({
    onNull: { failed: "fail", skipped: "renormalize" },
    ...composition,
    parts: partsFrom(parts),
  });
}

/** A preset, with the changes that a config makes to it. */
function changedPreset(entries: object): Scorer {
  const { preset, weights, parts, formula, name, onNull, deadline, ...options } = checkConfig(
    CHANGED_PRESET,
    entries,
    OWNER,
  );
  checkOptionNames(preset, options);
  const original = getPreset(preset, options as JsonObject);
  if (CHANGES.every((change) => !(change in entries))) return original;
  if (!isComposed(original))
    throw new UsageError(`Preset "${preset}" is not a composition, so a config cannot change its parts.`);
  const { composition } = original;
  const changed = formula ?? composition.formula;
  return composeReward({
    ...composition,
    name: name ?? `${original.name} (changed)`,
    formula: weights === undefined ? changed : withWeights(changed, weights),
    parts: { ...composition.parts, ...partsFrom(parts ?? {}) },
    ...(onNull === undefined ? {} : { onNull }),
    ...(deadline === undefined ? {} : { deadline }),
  });
}

/** Throws a UsageError for an entry that is neither a change nor an option of the preset, as far as it lists its options. */
function checkOptionNames(preset: string, options: object): void {
  const known = listPresets().find(({ name }) => name === preset)?.options;
  if (!known) return;
  for (const option of Object.keys(options))
    if (!Object.hasOwn(known, option))
      throw new UsageError(
        `"${option}" of ${OWNER} is not known.${didYouMean(option, [...Object.keys(known), ...CHANGES])}`,
      );
}

function partsFrom(parts: v.InferOutput<typeof COMPOSITION>["parts"]): Record<string, AnyReward> {
  return Object.fromEntries(
    Object.entries(parts).map(([part, value]) => {
      const { reward, ...options } = typeof value === "string" ? { reward: value } : value;
      try {
        return [part, getReward(reward, options as JsonObject)];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        throw new UsageError(`"parts.${part}" of ${OWNER}: ${messageOf(error)}`);
      }
    }),
  );
}

function withoutUndefined(entries: object): object {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
