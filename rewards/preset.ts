import type { Scorer } from "../env/contract/scoring.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";

/** A composition with a name, made from options. */
export interface Preset {
  readonly name: string;
  /** One line for a list of presets. */
  readonly summary: string;
  /** Its options by name, each with what it takes, for lists and suggestions. */
  readonly options?: Readonly<Record<string, string>>;
  /** Throws a UsageError for options it does not know. */
  create(options: JsonObject): Scorer;
}

const presets = new Map<string, Preset>();

/** Makes a preset available by name. A second registration of a name is an error. */
export function registerPreset(preset: Preset): void {
  if (presets.has(preset.name))
    throw new UsageError(`A preset named "${preset.name}" is registered already; choose another name.`);
  presets.set(preset.name, preset);
}

/** The scorer of a preset. Throws a UsageError with a suggestion when there is none of this name. */
export function getPreset(name: string, options: JsonObject = {}): Scorer {
  const preset = presets.get(name);
  if (!preset) throw new UsageError(`No preset is named "${name}".${suggest(name)}`);
  return preset.create(options);
}

/** The presets of a system whose name is right, else the closest name. */
function suggest(name: string): string {
  const [system = name] = name.split("/");
  const own = [...presets.keys()].filter((known) => known.startsWith(`${system}/`));
  if (own.length === 0) return didYouMean(name, [...presets.keys()]);
  const listed = ` "${system}" has: ${own.sort().join(", ")}.`;
  const guess = didYouMean(name, own);
  return guess.includes("Did you mean") ? `${guess}${listed}` : listed;
}

/** All presets, by name. */
export function listPresets(): Preset[] {
  return [...presets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
