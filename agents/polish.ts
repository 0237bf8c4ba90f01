import type { Observation } from "../env/contract/observation.js";
import type { AgentAction } from "../env/web-gen-env.js";
import type { Agent } from "./agent.js";
import { plainConversation } from "./conversation.js";
import { type PolicyAgentOptions, toAction } from "./policy-agent.js";

/** Options of an agent that polishes its answer over several turns. */
export interface PolishOptions extends PolicyAgentOptions {
  /** Reward at which it stops asking for more, default 0.995. */
  readonly goodEnough?: number;
}

interface Draft {
  readonly text: string;
  readonly reward: number;
}

/**
 * Iterative polish: answers, looks at its own render (findings, part scores, failed checks), answers again, and hands
 * in the best draft on the last turn. Needs an environment with `maxTurns` of at least 3: a draft, a revision, and the
 * hand-in; every further turn is one more revision.
 */
export function polish({
  name,
  policy,
  sampling = {},
  conversation = plainConversation,
  goodEnough = 0.995,
}: PolishOptions): Agent {
  /** The best draft of each episode under way. */
  const best = new Map<string, Draft>();

  /** Remembers the draft that the feedback speaks of, if it is the best so far. */
  function learn({ episodeId, feedback }: Observation): void {
    if (!feedback) return;
    const reward = feedback.reward ?? Number.NEGATIVE_INFINITY;
    const known = best.get(episodeId);
    if (!known || reward > known.reward) best.set(episodeId, { text: feedback.answer, reward });
  }

  return {
    name,
    async act(observations, { seed }) {
      observations.forEach(learn);
      const actions = new Array<AgentAction>(observations.length);
      const revise: number[] = [];
      observations.forEach(({ episodeId, turnsLeft }, i) => {
        const draft = best.get(episodeId);
        if (draft && (turnsLeft === 1 || draft.reward >= goodEnough)) {
          actions[i] = { text: draft.text, tokensSpent: 0, done: true };
          best.delete(episodeId);
        } else revise.push(i);
      });
      const conversations = revise.map((i) => conversation(observations[i] as Observation));
      const completions =
        revise.length > 0 ? await policy.generate(conversations, { ...sampling, seed }) : [];
      completions.forEach((completion, k) => {
        actions[revise[k] as number] = toAction(completion);
      });
      return actions;
    },
  };
}
