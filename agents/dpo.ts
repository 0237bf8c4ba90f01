import { defer, from } from "rxjs";
import { UsageError } from "../infra/errors.js";
import type { Learner } from "./agent.js";
import { checkPreference, type PreferenceObjective } from "./losses/preference-objective.js";
import { checkOnline, groupedByRank, learnOnline, type OnlineOptions, sampledTokens } from "./online.js";
import type { PreferencePair, Sequence } from "./policy/engine/engine.js";
import type { Rollout } from "./rollouts.js";

/** Options of learning from pairs: those of sampling, which pairs are made, and their loss. Names of the loss are TRL's in camel case. */
export interface DpoOptions extends OnlineOptions, PreferenceObjective {
  /** Pairs made of each group, default 1: the best with the worst, the second with the last but one, and so on. */
  readonly pairsPerGroup?: number;
  /** By how much rewards of a pair differ at least, default 0; equal ones never make a pair. */
  readonly minMargin?: number;
}

/**
 * Direct preference optimisation (arXiv 2305.18290) on pairs of sampled answers to one task, of which the one with the higher reward
 * is chosen. Pairs are sampled anew each step (online DPO, arXiv 2402.04792), while the reference stays what training began with.
 * Everything is checked before anything starts.
 *
 * @throws UsageError for options that no training has, and for an environment whose episodes have several turns.
 * @example
 * const env = await makeVector("webgen/Pages-v0");
 * const { policy } = await openPolicy("runs/quickstart/checkpoints/sft");
 * dpo.train(env, { policy, seed: 1, steps: 30, tasksPerStep: 8, groupSize: 8, sampling: {}, learningRate: { peak: 6e-4 } })
 *   .subscribe(({ step, metrics }) => console.log(step, metrics["rewards/margins"]));
 */
export const dpo: Learner<DpoOptions> = {
  name: "dpo",
  train(env, options) {
    const { policy, groupSize, pairsPerGroup = 1, minMargin = 0 } = options;
    const objective = objectiveOf(options);
    checkOnline(env, options, "DPO", true);
    checkDpo(options);
    const method = {
      name: "dpo",
      needsReference: true,
      async lesson(rollouts: readonly Rollout[]) {
        const chosen = pairsOf(rollouts, { groupSize, pairsPerGroup, minMargin });
        const sequences = chosen.flat().map((rollout): Sequence => {
          const { prompt, completion } = sampledTokens(rollout, "DPO", policy.name);
          return { prompt, completion };
        });
        const references = sequences.length === 0 ? [] : await policy.engine.logProbs(sequences, "reference");
        const referred = (i: number) => ({
          ...(sequences[i] as Sequence),
          referenceLogProbs: references[i] as Float32Array,
        });
        const units = chosen.map(
          (_, i): PreferencePair => ({ chosen: referred(2 * i), rejected: referred(2 * i + 1) }),
        );
        return {
          units,
          metrics: { num_pairs: units.length },
          lossOf: (pairs: readonly PreferencePair[]) => ({
            kind: "preference" as const,
            ...objective,
            pairs,
          }),
        };
      },
    };
    return defer(() => from(learnOnline(env, options, method)));
  },
};

const objectiveOf = ({ lossType, beta, labelSmoothing }: PreferenceObjective): PreferenceObjective => ({
  ...(lossType === undefined ? {} : { lossType }),
  ...(beta === undefined ? {} : { beta }),
  ...(labelSmoothing === undefined ? {} : { labelSmoothing }),
});

/** Throws a UsageError for options of pairs that make no sense. */
export function checkDpo(
  options: PreferenceObjective & Pick<DpoOptions, "groupSize" | "pairsPerGroup" | "minMargin">,
): void {
  const { groupSize, pairsPerGroup = 1, minMargin = 0 } = options;
  checkPreference(objectiveOf(options));
  if (!Number.isSafeInteger(pairsPerGroup) || pairsPerGroup < 1 || 2 * pairsPerGroup > groupSize)
    throw new UsageError(
      `pairsPerGroup must be a whole number from 1 to half the groupSize of ${groupSize}, but is ${pairsPerGroup}.`,
    );
  if (!(minMargin >= 0))
    throw new UsageError(`minMargin must be a number of at least 0, but is ${minMargin}.`);
}

/** Pairs of each group from the outside in, the better answer first. */
function pairsOf(
  rollouts: readonly Rollout[],
  {
    groupSize,
    pairsPerGroup,
    minMargin,
  }: Required<Pick<DpoOptions, "groupSize" | "pairsPerGroup" | "minMargin">>,
): [Rollout, Rollout][] {
  return groupedByRank(rollouts, groupSize).flatMap((ranked) => {
    const pairs = Math.min(pairsPerGroup, Math.floor(ranked.length / 2));
    return Array.from({ length: pairs }, (_, i): [Rollout, Rollout] => [
      ranked[i] as Rollout,
      ranked[ranked.length - 1 - i] as Rollout,
    ]).filter(([better, worse]) => {
      const margin = (better.result.reward as number) - (worse.result.reward as number);
      return margin > 0 && margin >= minMargin;
    });
  });
}
