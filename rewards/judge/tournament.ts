import { type RewardContext, type Score, scored, unscored } from "../../env/contract/scoring.js";
import { messageOf } from "../../infra/errors.js";
import { ownFault } from "../parts/source.js";
import { defineReward, type GroupReward, JUDGE_DEADLINE } from "../reward.js";
import type { VisionJudge } from "./judge.js";
import { judgePair } from "./pair.js";
import { judgeVersion } from "./version.js";

/** Options of {@link judgedTournament}. */
export interface JudgedTournamentOptions {
  readonly judge: VisionJudge;
  readonly name?: string;
  /** `request` (default), or `reference`: the page closer to the rendered reference wins. */
  readonly against?: "request" | "reference";
  readonly criteria?: string;
  /** Milliseconds for the whole group, default {@link JUDGE_DEADLINE}. */
  readonly deadline?: number;
}

/** What is known of one answer's meetings. */
interface Standing {
  won: number;
  tied: number;
  lost: number;
  undecided: number;
  /** Ties because the two orders disagreed. */
  disagreed: number;
}

/**
 * Lets all answers to a task meet in pairs before a vision model (a round robin, each pair in both orders): a win counts 1, a tie
 * 1/2, and the score is the share of what could be won, 0 to 1. Answers that did not render by their own fault lose to all that did.
 * Meetings that could not be judged are left out; an answer of whose meetings half or more are missing has no score.
 *
 * @example
 * const scorer = composeReward({ formula: "duel", parts: { duel: judgedTournament({ judge }) }, onNull: "fail" });
 */
export function judgedTournament(options: JudgedTournamentOptions): GroupReward {
  const { judge, name = "tournament", against = "request", criteria, deadline = JUDGE_DEADLINE } = options;
  return defineReward({
    name,
    needs: against === "reference" ? ["page", "reference"] : ["page"],
    costly: true,
    deadline,
    version: judgeVersion(judge, { against, criteria }),
    async scoreGroup(contexts: readonly RewardContext[]) {
      const players = contexts.map((context) => ({
        context,
        out: standing(context, against),
        record: { won: 0, tied: 0, lost: 0, undecided: 0, disagreed: 0 } as Standing,
      }));
      const playing = players.filter(({ out }) => out === null || out.status === "ok");
      let fault = "";
      const meet = async (a: Player, b: Player): Promise<void> => {
        if (a.out && b.out) {
          a.record.lost++;
          b.record.lost++;
          return;
        }
        if (a.out || b.out) return settle(a.record, b.record, a.out ? "B" : "A");
        try {
          const { winner, agreed } = await judgePair(judge, {
            request: a.context.task.prompt,
            a: a.context.page!,
            b: b.context.page!,
            signal: a.context.signal,
            ...(against === "reference" ? { reference: a.context.referencePicture } : {}),
            ...(criteria === undefined ? {} : { criteria }),
          });
          settle(a.record, b.record, winner);
          for (const { record } of agreed ? [] : [a, b]) record.disagreed++;
        } catch (error) {
          fault ||= messageOf(error);
          for (const { record } of [a, b]) record.undecided++;
        }
      };
      await Promise.all(playing.flatMap((a, place) => playing.slice(place + 1).map((b) => meet(a, b))));
      return players.map(({ out, record }) => out ?? scoreOf(record, fault));
    },
  });
}

interface Player {
  readonly context: RewardContext;
  /** The score of an answer that meets nobody; an `ok` one is 0 and loses all meetings. */
  readonly out: Score | null;
  readonly record: Standing;
}

function standing(context: RewardContext, against: "request" | "reference"): Score | null {
  const fault = ownFault(context);
  if (fault !== null) return scored(0, { reason: fault });
  if (!context.page) return unscored("skipped", "Nothing was rendered that could be judged.");
  if (against === "reference" && !context.referencePicture)
    return unscored("skipped", "The task has no reference to compare with.");
  return null;
}

function settle(a: Standing, b: Standing, winner: "A" | "B" | "tie"): void {
  if (winner === "tie") {
    a.tied++;
    b.tied++;
    return;
  }
  const [better, worse] = winner === "A" ? [a, b] : [b, a];
  better.won++;
  worse.lost++;
}

function scoreOf(record: Standing, fault: string): Score {
  const { won, tied, lost, undecided, disagreed } = record;
  const decided = won + tied + lost;
  if (decided + undecided === 0)
    return unscored("skipped", "There was no other answer to compare this one with.");
  if (decided <= undecided)
    return unscored(
      "failed",
      `${undecided} of ${decided + undecided} meetings could not be judged: ${fault}`,
    );
  return scored((won + tied / 2) / decided, { won, tied, lost, undecided, disagreed });
}
