import type { Need, RewardContext, Score } from "../env/contract/scoring.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { PluginError, UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";

/** What every reward function has, whether it scores one answer or a group. */
interface RewardBase {
  /** Unique in the registry; also a fit name for a part of a formula, e.g. `similarity` or `webgen/contrast`. */
  readonly name: string;
  /** What the environment must have ready before `score` is called. */
  readonly needs: readonly Need[];
  /** Changes whenever the same page may score differently; part of the key of stored scores. */
  readonly version?: string | undefined;
  /** Milliseconds one call may take; {@link DEFAULT_DEADLINE} when absent. Then the signal of the context aborts. */
  readonly deadline?: number;
  /** Takes money or seconds (a judge): asked last, and not at all when the cheap parts already decide the total. */
  readonly costly?: boolean;
  /** Takes tens of milliseconds of processor time for any page; when made by its name it is asked in another process. */
  readonly heavy?: boolean;
}

/** Scores one answer. Returns {@link scored}(value) or {@link unscored}(status, reason); may throw, which fails the part. */
export interface Reward extends RewardBase {
  /** Scores one answer. */
  score(context: RewardContext): Score | Promise<Score>;
}

/** Scores a whole group of answers to one task, for rewards that compare them with one another (tournaments). */
export interface GroupReward extends RewardBase {
  /** One score per context, in order. */
  scoreGroup(contexts: readonly RewardContext[]): readonly Score[] | Promise<readonly Score[]>;
}

/** Reward function over one answer or over a group of them. */
export type AnyReward = Reward | GroupReward;

/** Makes a reward from options, e.g. those written beside its name in a config file. */
export interface RewardFactory {
  readonly name: string;
  /** Its options by name, each with what it takes, for lists and suggestions. */
  readonly options?: Readonly<Record<string, string>>;
  /** Throws a UsageError for options it does not know. */
  create(options: JsonObject): AnyReward;
}

/** Milliseconds a part may take when neither it nor its composition says otherwise. */
export const DEFAULT_DEADLINE = 30_000;

/** Milliseconds that a reward which asks a judge may take: retries and waiting for its turn count. */
export const JUDGE_DEADLINE = 600_000;

const NEEDS: ReadonlySet<string> = new Set<Need>([
  "page",
  "probes",
  "reference",
  "alternatives",
  "accessibility",
  "legibility",
  "motion",
  "reading",
]);

/**
 * Checks a reward's shape and returns it frozen. Throws a PluginError that says what is wrong.
 *
 * @example
 * const wordy = defineReward({
 *   name: "wordy",
 *   needs: ["page"],
 *   score: ({ page }) => page === null ? unscored("skipped", "Nothing was rendered.") : scored(1),
 * });
 */
export function defineReward<T extends AnyReward>(reward: T): Readonly<T> {
  const candidate = reward as Partial<Reward & GroupReward>;
  const name = candidate.name;
  if (typeof name !== "string" || !/^[A-Za-z][\w/.-]*$/.test(name))
    throw new PluginError(
      `A reward's name should start with a letter and hold letters, digits, _ / . or -, but it is ${JSON.stringify(name)}.`,
    );
  if (!Array.isArray(candidate.needs))
    throw new PluginError(`Reward "${name}": needs should be a list such as ["page"]; use [] for none.`);
  for (const need of candidate.needs)
    if (!NEEDS.has(need))
      throw new PluginError(`Reward "${name}": unknown need "${need}".${didYouMean(need, [...NEEDS])}`);
  const kinds = [candidate.score, candidate.scoreGroup].filter(
    (method) => typeof method === "function",
  ).length;
  if (kinds !== 1)
    throw new PluginError(`Reward "${name}" should have exactly one of the methods score and scoreGroup.`);
  if (candidate.deadline !== undefined && !(candidate.deadline > 0))
    throw new PluginError(`Reward "${name}": deadline should be a positive number of milliseconds.`);
  return Object.freeze(reward);
}

/** True for a reward that scores a whole group at once. */
export function isGroupReward(reward: AnyReward): reward is GroupReward {
  return "scoreGroup" in reward;
}

const registry = new Map<string, RewardFactory>();

/**
 * Makes a reward available by name, to config files and to the command line. A second registration of a name is an
 * error unless `replace` is set.
 */
export function registerReward(
  reward: AnyReward | RewardFactory,
  { replace = false }: { readonly replace?: boolean } = {},
): void {
  const factory = "create" in reward ? reward : fixed(defineReward(reward));
  if (registry.has(factory.name) && !replace)
    throw new UsageError(
      `A reward named "${factory.name}" is registered already; choose another name or pass { replace: true }.`,
    );
  registry.set(factory.name, factory);
}

/** The reward of this name. Throws a UsageError with a suggestion when there is none. */
export function getReward(name: string, options: JsonObject = {}): AnyReward {
  const factory = registry.get(name);
  if (!factory) throw new UsageError(`No reward is named "${name}".${didYouMean(name, listRewards())}`);
  return factory.create(options);
}

/** Names of all registered rewards, sorted. */
export function listRewards(): string[] {
  return [...registry.keys()].sort();
}

function fixed(reward: AnyReward): RewardFactory {
  return {
    name: reward.name,
    create(options) {
      const names = Object.keys(options);
      if (names.length > 0)
        throw new UsageError(`Reward "${reward.name}" takes no options, but was given ${names.join(", ")}.`);
      return reward;
    },
  };
}
