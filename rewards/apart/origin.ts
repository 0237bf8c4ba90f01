import type { JsonObject } from "../../infra/json.js";
import type { AnyReward } from "../reward.js";

/** Where a reward comes from, so that another process can make the same. */
export interface Origin {
  readonly kind: "preset" | "reward";
  /** Of the preset or the reward. */
  readonly name: string;
  /** What it was made from, models apart. */
  readonly options: JsonObject;
  /** Models it was given. Another process has stand-ins for them, which nobody may ask. */
  readonly models: readonly string[];
  /** Of a preset, which of its parts. */
  readonly part?: string;
}

/** As much of a composed scorer as is looked at here. */
interface Composed {
  readonly composition?: { readonly parts: Readonly<Record<string, AnyReward>> };
}

type Maker = (options: JsonObject, models: Readonly<Record<string, unknown>>) => unknown;

const origins = new WeakMap<AnyReward, Origin>();
const makers = new Map<string, Maker>();
const keyOf = ({ kind, name }: Pick<Origin, "kind" | "name">) => `${kind} ${name}`;

/** Says how rewards of an origin are made. */
export function registerMaker(origin: Pick<Origin, "kind" | "name">, make: Maker): void {
  makers.set(keyOf(origin), make);
}

/** Notes where a reward, or each part of a composed scorer, comes from. What asks a model stays in the process that has it. */
export function noteOrigin<Made>(made: Made, origin: Omit<Origin, "part">): Made {
  const note = (reward: AnyReward, part?: string) => {
    if (reward.costly === true || "scoreGroup" in reward) return;
    origins.set(reward, { ...origin, ...(part === undefined ? {} : { part }) });
  };
  const parts = partsOf(made);
  if (parts) for (const [part, reward] of Object.entries(parts)) note(reward, part);
  else note(made as AnyReward);
  return made;
}

/** Where a reward comes from; undefined when it was made by hand. */
export function originOf(reward: AnyReward): Origin | undefined {
  return origins.get(reward);
}

/** The reward of an origin, made again; undefined when nobody here knows how. */
export function remake(origin: Origin): AnyReward | undefined {
  const make = makers.get(keyOf(origin));
  if (!make) return undefined;
  const models = Object.fromEntries(origin.models.map((name) => [name, standIn(name)]));
  const made = make(origin.options, models);
  return origin.part === undefined ? (made as AnyReward) : partsOf(made)?.[origin.part];
}

function partsOf(made: unknown): Readonly<Record<string, AnyReward>> | undefined {
  return (made as Composed).composition?.parts;
}

/** Anything at all that is asked of it leads to a refusal. */
function standIn(name: string): unknown {
  const refuse = () => {
    throw new Error(`The model "${name}" was asked in a process that has none.`);
  };
  return new Proxy(refuse, { get: (_, key) => (key === "version" ? "none" : standIn(name)) });
}
