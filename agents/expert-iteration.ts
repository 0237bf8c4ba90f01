import { defer, from } from "rxjs";
import { UsageError } from "../infra/errors.js";
import type { Learner } from "./agent.js";
import { checkOnline, groupedByRank, learnOnline, type OnlineOptions, sampledTokens } from "./online.js";
import type { Sequence } from "./policy/engine/engine.js";
import type { Rollout } from "./rollouts.js";

/** Options of expert iteration: those of sampling, and which answers are imitated. */
export interface ExpertIterationOptions extends OnlineOptions {
  /** The best so many answers of each group are learned from, default 1. */
  readonly keepPerGroup?: number;
  /** Answers with a lower reward are not, default 0. */
  readonly minReward?: number;
}

/**
 * Expert iteration, or rejection-sampling fine-tuning (RAFT, arXiv 2304.06767; ReST-EM, arXiv 2312.06585): groups of answers to one
 * task, of which the best become demonstrations, learned by cross-entropy with their tokens as sampled. Everything is checked before
 * anything starts. Left out: going back to the first weights before each round.
 *
 * @throws UsageError for options that no training has, and for an environment whose episodes have several turns.
 * @example
 * const env = await makeVector("webgen/Pages-v0");
 * const { policy } = await openPolicy("runs/quickstart/checkpoints/sft");
 * expertIteration.train(env, { policy, seed: 1, steps: 30, tasksPerStep: 8, groupSize: 8, sampling: {}, learningRate: { peak: 6e-4 } })
 *   .subscribe(({ step, metrics }) => console.log(step, metrics.reward));
 */
export const expertIteration: Learner<ExpertIterationOptions> = {
  name: "expert-iteration",
  train(env, options) {
    const { policy, groupSize, keepPerGroup = 1, minReward = 0 } = options;
    checkOnline(env, options, "Expert iteration", false);
    checkExpertIteration(options);
    const method = {
      name: "expert-iteration",
      needsReference: false,
      async lesson(rollouts: readonly Rollout[]) {
        const kept = bestAnswers(rollouts, { groupSize, keepPerGroup, minReward });
        const units = kept.map((rollout): Sequence => {
          const { prompt, completion } = sampledTokens(rollout, "Expert iteration", policy.name);
          return { prompt, completion };
        });
        return {
          units,
          metrics: {
            num_kept: kept.length,
            ...(kept.length === 0 ? {} : { "rewards/kept": meanReward(kept) }),
          },
          lossOf: (sequences: readonly Sequence[]) => ({ kind: "crossEntropy" as const, sequences }),
        };
      },
    };
    return defer(() => from(learnOnline(env, options, method)));
  },
};

type Kept = Pick<ExpertIterationOptions, "groupSize" | "keepPerGroup" | "minReward">;

/** Throws a UsageError for options of keeping answers that make no sense. */
export function checkExpertIteration({ groupSize, keepPerGroup = 1, minReward = 0 }: Kept): void {
  if (!Number.isSafeInteger(keepPerGroup) || keepPerGroup < 1 || keepPerGroup > groupSize)
    throw new UsageError(
      `keepPerGroup must be a whole number from 1 to the groupSize of ${groupSize}, but is ${keepPerGroup}.`,
    );
  if (!Number.isFinite(minReward))
    throw new UsageError(`minReward must be a finite number, but is ${minReward}.`);
}

/** The best answers of each group, of equal ones the first; answers without a reward are never among them. */
function bestAnswers(
  rollouts: readonly Rollout[],
  { groupSize, keepPerGroup, minReward }: Required<Kept>,
): Rollout[] {
  return groupedByRank(rollouts, groupSize).flatMap((ranked) =>
    ranked.slice(0, keepPerGroup).filter(({ result }) => (result.reward as number) >= minReward),
  );
}

const meanReward = (rollouts: readonly Rollout[]): number =>
  rollouts.reduce((sum, { result }) => sum + (result.reward as number), 0) / rollouts.length;
