import { defer, from } from "rxjs";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import type { RandomStream } from "../infra/random.js";
import { groupAdvantages } from "./advantages.js";
import type { Learner } from "./agent.js";
import { type BatchSequence, policyGradientBatch } from "./grpo-batch.js";
import { checkAlgorithm, needsReference, objectiveOf, type PolicyAlgorithm } from "./grpo-options.js";
import { meansOverBatch } from "./losses/objective.js";
import {
  type CollectedRollouts,
  checkOnline,
  groupsOf,
  learnOnline,
  type OnlineMethod,
  type OnlineOptions,
} from "./online.js";
import { collectRollouts, type Rollout, type RolloutWatches } from "./rollouts.js";

/**
 * GRPO (arXiv 2402.03300) as TRL runs it: groups of answers to one task, advantages normalised inside the group, PPO's
 * clipped ratio per token (arXiv 1707.06347), a k3 estimate of the KL divergence to a frozen reference in the loss,
 * means over the tokens of a batch (TRL's `dapo`), several epochs over each batch of rollouts. Each of these is an option. Left
 * out: a value network, reward shaping, replay, episodes of several turns.
 */
export interface GrpoOptions extends OnlineOptions, PolicyAlgorithm {}

/**
 * Group-relative policy optimisation on rendered rewards. Everything is checked before anything starts.
 *
 * @throws UsageError for options that no training has, and for an environment whose episodes have several turns.
 * @example
 * const env = await makeVector("webgen/Pages-v0");
 * const { policy } = await openPolicy("runs/quickstart/checkpoints/sft");
 * grpo.train(env, { policy, seed: 1, steps: 90, tasksPerStep: 8, groupSize: 8, sampling: {}, learningRate: { peak: 6e-4 } })
 *   .subscribe(({ step, metrics }) => console.log(step, metrics.reward));
 */
export const grpo: Learner<GrpoOptions> = {
  name: "grpo",
  train(env, options) {
    checkOnline(env, options, "GRPO", needsReference(options));
    checkAlgorithm(options, options.sampling.maxTokens);
    return defer(() => from(learnOnline(env, options, method(env, options))));
  },
};

function method(env: VectorWebGenEnv, options: GrpoOptions): OnlineMethod<BatchSequence> {
  const { dynamicSampling, policy } = options;
  const objective = objectiveOf(options, options.sampling.maxTokens);
  return {
    name: "grpo",
    needsReference: needsReference(options),
    ...(dynamicSampling
      ? {
          collect: (random, watches) =>
            collectGroupsThatDiffer(env, options, dynamicSampling.maxBatches, random, watches),
        }
      : {}),
    async lesson(rollouts) {
      const { sequences, metrics } = await policyGradientBatch(rollouts, options, policy);
      const batchTokens = sequences.reduce((sum, one) => sum + (one.masked ? 0 : one.completion.length), 0);
      return {
        units: sequences,
        metrics,
        lossOf(units, updates) {
          const kept = units.filter(({ masked }) => !masked);
          if (kept.length === 0) return undefined;
          const counts = {
            sequences: units.length,
            ...(meansOverBatch(objective) ? { tokens: batchTokens / updates } : {}),
          };
          return {
            ...{ kind: "policyGradient", ...objective, counts },
            sequences: kept.map(({ masked, ...sequence }) => sequence),
          };
        },
      };
    },
  };
}

/**
 * Dynamic sampling (DAPO, arXiv 2503.14476): batches are drawn until `tasksPerStep` groups have rewards that differ, or `maxBatches`
 * have been. What was found is learned from; when that is nothing, the last batch as it is.
 */
async function collectGroupsThatDiffer(
  env: VectorWebGenEnv,
  options: GrpoOptions,
  maxBatches: number,
  random: RandomStream,
  watches: RolloutWatches,
): Promise<CollectedRollouts> {
  const { groupSize, tasksPerStep } = options;
  const wanted = groupSize * tasksPerStep;
  const all: Rollout[] = [];
  const learnable: Rollout[] = [];
  let batches = 0;
  while (batches < maxBatches && learnable.length < wanted) {
    const stream = batches === 0 ? random : random.stream("again").stream(batches);
    const batch = await collectRollouts(env, options, stream, watches);
    batches++;
    all.push(...batch);
    learnable.push(...groupsThatDiffer(batch, groupSize));
  }
  return {
    all,
    learnable: learnable.length > 0 ? learnable.slice(0, wanted) : all.slice(-wanted),
    metrics: { num_gen_batches: batches },
  };
}

/** Groups with at least two measured rewards that are not all equal. */
function groupsThatDiffer(rollouts: readonly Rollout[], groupSize: number): Rollout[] {
  const groups = groupsOf(rollouts, groupSize);
  const rewards = rollouts.map(({ result }) => result.reward);
  const { advantages } = groupAdvantages(rewards, groups, "none");
  const differing = new Set(groups.filter((_, i) => advantages[i] !== 0));
  return rollouts.filter((_, i) => differing.has(groups[i] as string));
}
