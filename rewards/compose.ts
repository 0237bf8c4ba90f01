import {
  type Facts,
  factsOf,
  type Need,
  type RewardContext,
  type Score,
  type Scorecard,
  type Scorer,
  type ScoringContext,
  scored,
  unscored,
} from "../env/contract/scoring.js";
import type { Task } from "../env/contract/task.js";
import { type DiskCache, environmentCache } from "../infra/cache.js";
import { UsageError } from "../infra/errors.js";
import { evaluate, type NullPolicies, type NullPolicy, type Value } from "./formula/evaluate.js";
import { parseFormula } from "./formula/parse.js";
import { partsOf, type Term } from "./formula/term.js";
import { measureStored } from "./measure.js";
import { type AnyReward, DEFAULT_DEADLINE, defineReward, isGroupReward } from "./reward.js";

/** Options of {@link composeReward}. */
export interface ComposeOptions {
  /** Default: the formula. */
  readonly name?: string;
  /** Arithmetic over part names, see {@link parseFormula}. A part the formula does not name is measured and reported only. */
  readonly formula: string;
  readonly parts: Readonly<Record<string, AnyReward>>;
  /**
   * Whether something in the task told a good answer from any other page, given the parts' scores. Where nothing did, any page
   * would earn the same, and there is no total. Default: always.
   */
  readonly discerns?: (task: Task, parts: Readonly<Record<string, Score>>) => boolean;
  /** What a part without a value does to the total, see {@link NullPolicy}; one policy for all, or one for each status. */
  readonly onNull: NullPolicy | NullPolicies;
  /** Keeps scores of parts that carry a version. Default: in the folder that `WEBGEN_CACHE` names, and nowhere else. */
  readonly cache?: DiskCache;
  /** Milliseconds for a part that names no deadline of its own; default {@link DEFAULT_DEADLINE}. */
  readonly deadline?: number;
}

/** A scorer that was composed, with what of, so that another can be made that differs in one thing. */
export interface ComposedScorer extends Scorer {
  readonly composition: ComposeOptions;
}

/** Whether a scorer was composed by {@link composeReward}. */
export function isComposed(scorer: Scorer): scorer is ComposedScorer {
  return "composition" in scorer;
}

/**
 * Composes rewards into the scorer of an environment. Formula and parts are checked here, once; scoring never rejects.
 * Costly parts are asked last, and skipped for an answer whose total the other parts already decide.
 *
 * @example
 * composeReward({
 *   formula: "render * (0.7 * checklist + 0.3 * similarity)",
 *   parts: { render: renderGate(), checklist: checklist(), similarity: similarity() },
 *   onNull: "fail",
 * });
 */
export function composeReward(options: ComposeOptions): ComposedScorer {
  const { formula, parts, onNull, deadline = DEFAULT_DEADLINE, name = formula } = options;
  const { cache = environmentCache() } = options;
  const rewards = Object.entries(parts);
  const names = Object.keys(parts);
  for (const [part, reward] of rewards) {
    if (!/^[A-Za-z_]\w*$/.test(part))
      throw new UsageError(`Part "${part}" cannot be named in a formula; use letters, digits and _.`);
    defineReward(reward);
  }
  const policies = typeof onNull === "object" ? onNull : { failed: onNull, skipped: onNull };
  for (const policy of [policies.failed, policies.skipped])
    if (policy !== "fail" && policy !== "renormalize")
      throw new UsageError(`onNull should be "fail" or "renormalize", but is ${JSON.stringify(policy)}.`);
  if (!(deadline > 0))
    throw new UsageError(`deadline should be a number of milliseconds above 0, but is ${deadline}.`);
  const { discerns = () => true } = options;
  const term = parseFormula(formula, names);
  const named = partsOf(term);
  const cheap = rewards.filter(([, reward]) => reward.costly !== true);
  const costly = rewards.filter(([, reward]) => reward.costly === true);
  const needs = new Set<Need>(rewards.flatMap(([, reward]) => reward.needs));
  const measurePart = (reward: AnyReward, contexts: readonly ScoringContext[]) =>
    measureStored(reward, contexts, reward.deadline ?? deadline, cache);

  return {
    name,
    needs,
    comparesAnswers: names.some((part) => isGroupReward(parts[part] as AnyReward)),
    composition: options,
    async score(contexts) {
      const scores = contexts.map((): Record<string, Score> => ({}));
      const first = await Promise.all(cheap.map(([, reward]) => measurePart(reward, contexts)));
      for (const [p, [part]] of cheap.entries())
        for (const [i, card] of scores.entries()) card[part] = first[p]?.[i] as Score;

      const undecided = contexts.map((_, i) => !decided(term, scores[i]));
      await Promise.all(
        costly.map(async ([part, reward]) => {
          const asked = contexts.map((_, i) => i).filter((i) => undecided[i] || !named.has(part));
          const taken = await measurePart(
            reward,
            asked.map((i) => contexts[i] as ScoringContext),
          );
          for (const card of scores) card[part] = NOT_ASKED;
          for (const [t, i] of asked.entries()) scores[i]![part] = taken[t] as Score;
        }),
      );
      return scores.map((card, i): Scorecard => {
        const parts = inOrder(names, card);
        const { task } = contexts[i] as ScoringContext;
        return {
          total: discerns(task, parts) ? total(formula, term, card, policies) : baseless(parts),
          parts,
        };
      });
    },
  };
}

const NOT_ASKED = unscored("skipped", "Not asked: the other parts decide the total.");

/** True when the total is the same whatever the parts still missing turn out to be. */
function decided(term: Term, card: Readonly<Record<string, Score>> | undefined): boolean {
  return typeof evaluate(term, valuesOf(card ?? {}), { failed: "fail", skipped: "fail" }) === "number";
}

function total(
  formula: string,
  term: Term,
  card: Readonly<Record<string, Score>>,
  onNull: NullPolicies,
): Score {
  const values = valuesOf(card);
  const value = evaluate(term, values, onNull);
  const named = partsOf(term);
  const missing = Object.entries(card).filter(([part, score]) => score.value === null && named.has(part));
  const reasons = missing.map(
    ([part, score]) => `${part} ${score.status} (${score.message ?? "no reason given"})`,
  );
  if (typeof value === "string") return unscored(value, `No total: ${reasons.join("; ")}`);
  if (!Number.isFinite(value))
    return unscored("failed", `The formula ${formula} gives ${value} for ${JSON.stringify(values)}.`);
  const score = scored(value, { formula });
  return reasons.length === 0 ? score : { ...score, message: `Without ${reasons.join("; ")}` };
}

/** The total where nothing in the task tells a good answer from any other page. */
function baseless(parts: Readonly<Record<string, Score>>): Score {
  const reasons = Object.entries(parts).flatMap(([part, { status, message = "no reason given" }]) =>
    status === "skipped" ? [`${part} skipped (${message})`] : [],
  );
  return unscored(
    "skipped",
    `No total: nothing in the task tells a good answer from any other page: ${reasons.join("; ")}`,
  );
}

function valuesOf(card: Readonly<Record<string, Score>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(card).map(([part, score]) => [part, partValue(score)]));
}

function partValue({ value, status }: Score): Value {
  if (status === "ok") return value ?? "failed";
  return status;
}

function inOrder(names: readonly string[], card: Readonly<Record<string, Score>>): Record<string, Score> {
  return Object.fromEntries(names.map((part) => [part, card[part] as Score]));
}

const declared = (facts: Facts): Pick<Score, "facts"> => (Object.keys(facts).length === 0 ? {} : { facts });

/** A composed scorer as one part of another composition; its parts become the evidence. */
export function asReward(scorer: Scorer, name: string): AnyReward {
  return defineReward({
    name,
    needs: [...scorer.needs],
    async scoreGroup(contexts: readonly RewardContext[]) {
      const cards = await scorer.score(contexts);
      return cards.map(({ total: score, parts }) => ({
        ...score,
        ...declared(factsOf({ total: score, parts })),
        evidence: Object.fromEntries(
          Object.entries(parts).map(([part, { value, status, message }]) => [
            part,
            { value, status, message },
          ]),
        ),
      }));
    },
  });
}
