import type { TaskSource } from "../env/contract/task.js";
import type { Evaluation, Evaluator } from "../env/evaluate.js";
import type { AgentAction } from "../env/web-gen-env.js";
import { UsageError } from "../infra/errors.js";
import type { Agent } from "./agent.js";
import { plainConversation } from "./conversation.js";
import { type PolicyAgentOptions, toAction } from "./policy-agent.js";

/** Options of best-of-n: a policy agent's, how many samples, and what picks among them. */
export interface BestOfNOptions extends PolicyAgentOptions {
  /** Samples per task, at least 1. */
  readonly n: number;
  /** Scores the candidates: the environment's own evaluator, or another one (a cheaper reward, say). */
  readonly evaluator: Evaluator;
  readonly tasks: TaskSource;
}

/**
 * Draws `n` samples, renders and scores each, and answers with the best. Its tokens are those of all samples.
 * A candidate whose score could not be taken loses to any that could. An environment with the same evaluator takes the
 * score of the best as it is.
 */
export function bestOfN({
  name,
  policy,
  sampling = {},
  conversation = plainConversation,
  n,
  evaluator,
  tasks,
}: BestOfNOptions): Agent {
  if (!Number.isInteger(n) || n < 1)
    throw new UsageError(`n must be a whole number of at least 1, but it is ${n}.`);
  return {
    name,
    async act(observations, { seed }) {
      const conversations = observations.flatMap((observation) =>
        Array.from({ length: n }, () => conversation(observation)),
      );
      const candidates = (await policy.generate(conversations, { ...sampling, seed })).map(toAction);
      return Promise.all(
        observations.map(async ({ taskId }, i) => {
          const mine = candidates.slice(i * n, (i + 1) * n);
          const task = tasks.byId(taskId);
          if (!task)
            throw new UsageError(
              `${tasks.name} has no task "${taskId}", so its candidates cannot be scored.`,
            );
          const evaluations = await evaluator.evaluate(task, mine);
          const best = bestOf(evaluations);
          const tokensSpent = mine.reduce((sum, { tokenCount = 0 }) => sum + tokenCount, 0);
          return { ...(mine[best] as AgentAction), tokensSpent, evaluation: evaluations[best] as Evaluation };
        }),
      );
    },
  };
}

/** The first of those with the highest reward; the first of all when none could be measured. */
function bestOf(evaluations: readonly Evaluation[]): number {
  const rewards = evaluations.map(({ scorecard }) => scorecard.total.value ?? Number.NEGATIVE_INFINITY);
  return rewards.indexOf(Math.max(...rewards));
}
