import * as v from "valibot";
import type { Scorer } from "../env/contract/scoring.js";
import type { JsonObject } from "../infra/json.js";
import { checkConfig } from "../infra/schema/check.js";
import { type AnySchema, describeSchema } from "../infra/schema/describe.js";
import { noteOrigin, type Origin, registerMaker } from "./apart/origin.js";
import { MODEL_SCHEMAS, type ModelRequest, type Models, openModels } from "./model-options.js";
import { registerPreset } from "./preset.js";
import { type AnyReward, registerReward } from "./reward.js";

/** Schemas of options, by the name of the option. */
type Entries = Readonly<Record<string, v.GenericSchema>>;

/** Options of these schemas, each of which may be absent. */
export type OptionsOf<Own extends Entries> = { readonly [Name in keyof Own]?: v.InferOutput<Own[Name]> };

/** A reward or a preset that is made from options which a file can hold. */
export interface FromOptions<Own extends Entries, Made> {
  readonly name: string;
  /** Schemas of its own options; default none. */
  readonly options?: Own;
  /** Models that its options may name; default none. */
  readonly models?: ModelRequest;
  /** Makes it from options that were checked and models that were opened. */
  readonly create: (options: OptionsOf<Own>, models: Models) => Made;
}

/** Registers a reward that is made from options. */
export function registerRewardFrom<const Own extends Entries = Record<never, never>>(
  reward: FromOptions<Own, AnyReward>,
): void {
  const { name } = reward;
  registerReward({ name, options: describe(reward), create: fromOptions("reward", reward) });
}

/** Registers a preset that is made from options. */
export function registerPresetFrom<const Own extends Entries = Record<never, never>>(
  preset: FromOptions<Own, Scorer> & { readonly summary: string },
): void {
  const { name, summary } = preset;
  registerPreset({
    name,
    summary,
    options: describe(preset),
    create: fromOptions("preset", preset),
  });
}

function entriesOf<Own extends Entries, Made>({ options, models }: FromOptions<Own, Made>): Entries {
  const named = (models?.models ?? []).map((name) => [name, MODEL_SCHEMAS[name]] as const);
  return { ...Object.fromEntries(named), ...options };
}

function describe<Own extends Entries, Made>(made: FromOptions<Own, Made>): Readonly<Record<string, string>> {
  const described = Object.entries(entriesOf(made)).map(([name, schema]) => [
    name,
    describeSchema(schema as AnySchema),
  ]);
  return Object.fromEntries(described);
}

function fromOptions<Own extends Entries, Made>(
  kind: Origin["kind"],
  made: FromOptions<Own, Made>,
): (options: JsonObject) => Made {
  const { name } = made;
  const owner = `${kind} "${name}"`;
  registerMaker({ kind, name }, (options, models) =>
    made.create(options as OptionsOf<Own>, models as Models),
  );
  const optional = Object.entries(entriesOf(made)).map(([name, schema]) => [name, v.optional(schema)]);
  const schema = v.strictObject(Object.fromEntries(optional) as Record<string, v.GenericSchema>);
  return (options) => {
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    const checked = checkConfig(schema, Object.fromEntries(given), owner) as JsonObject;
    const { models, rest } = openModels(owner, checked, made.models ?? { models: [] });
    const opened = Object.keys(models);
    return noteOrigin(made.create(rest as OptionsOf<Own>, models), {
      kind,
      name,
      options: rest as JsonObject,
      models: opened,
    });
  };
}
