import { type RewardContext, scored, unscored } from "../../../env/contract/scoring.js";
import { InfrastructureError, messageOf } from "../../../infra/errors.js";
import type { AskJudge } from "../../judge/ask.js";
import { measure } from "../../measure.js";
import { type AnyReward, DEFAULT_DEADLINE, defineReward, type GroupReward } from "../../reward.js";
import { askDuel } from "./judge.js";
import { roundRobin, type TournamentOptions } from "./released/tournament.js";

/** Options of {@link tournamentReward}. */
export interface TournamentRewardOptions extends TournamentOptions {
  /** What the prefilter and the programmatic share go by. */
  readonly programmatic: AnyReward;
  /** The vision model that decides pairs. */
  readonly judge: AskJudge;
  /** Milliseconds for the whole group; default 10 minutes. */
  readonly deadline?: number;
}

/**
 * WidgetAnchor's tournament as a group reward: answers that render and reach the threshold meet in pairs before a vision model;
 * the programmatic score and the share of wins make the reward. An answer whose programmatic score could not be taken gets
 * none, and meets nobody.
 */
export function tournamentReward(options: TournamentRewardOptions): GroupReward {
  const { programmatic, judge, deadline = 600_000, ...rules } = options;
  return defineReward({
    name: "widgetanchor/tournament",
    needs: [...new Set([...programmatic.needs, "page" as const, "reference" as const])],
    costly: true,
    deadline,
    async scoreGroup(contexts: readonly RewardContext[]) {
      const measured = await measure(programmatic, contexts, programmatic.deadline ?? DEFAULT_DEADLINE);
      const known = [...contexts.keys()].filter((i) => measured[i]?.value !== null);
      const entries = known.map((i) => (contexts[i]?.page ? (measured[i]?.value ?? null) : null));
      const at = (entry: number) => contexts[known[entry] as number] as RewardContext;
      const released = rules.rules === "released";
      let meetings = 0;
      let fault = "its answers name neither a winner nor a tie";
      const duel = async (a: number, b: number) => {
        meetings++;
        try {
          return await askDuel(judge, at(a), at(b), { again: !released });
        } catch (error) {
          fault = messageOf(error);
          throw error;
        }
      };
      try {
        const { rewards, wins, undecided } = await roundRobin(entries, duel, rules);
        if (!released && undecided > 0 && undecided * 2 >= meetings)
          throw new InfrastructureError(`${undecided} of ${meetings} meetings could not be judged: ${fault}`);
        const places = new Map(known.map((i, entry) => [i, entry]));
        return contexts.map((_, i) => {
          const entry = places.get(i);
          if (entry === undefined)
            return measured[i] ?? unscored("failed", "There is no programmatic score.");
          const evidence = { programmatic: entries[entry] ?? null, wins: wins[entry] ?? null, undecided };
          return scored(rewards[entry] ?? 0, evidence);
        });
      } catch (error) {
        return contexts.map(() => unscored("failed", `The tournament broke off: ${messageOf(error)}`));
      }
    },
  });
}
