import { type RewardContext, type Score, scored, unscored } from "../../../env/contract/scoring.js";
import { messageOf } from "../../../infra/errors.js";
import type { AskJudge } from "../../judge/ask.js";
import type { ChecklistJudge } from "../../parts/checklist.js";
import { defineReward, JUDGE_DEADLINE, type Reward } from "../../reward.js";
import { extractHtml } from "./extract.js";
import { JUDGE_SCORES, parseScoresAsReleased, parseScoresStrictly } from "./judge-reply.js";
import { judgeRequest } from "./judge-request.js";

const MAX_SCORE = 5;

/**
 * FrontCoder's judge for the items of a checklist that have no probe: one request for all of them, a reply that must be
 * JSON with as many scores. A reply that cannot be read, or an outage, gives null and not 0.
 */
export function checklistJudge(ask: AskJudge): ChecklistJudge {
  return async (items, context) => {
    const request = judgeRequest({
      question: context.task.prompt,
      checklist: items,
      html: context.completion.text,
      imageBase64: screenshot(context),
      count: items.length,
    });
    if (request === null) return items.map(() => 0);
    const read = (reply: string) => parseScoresStrictly(reply, items.length);
    const scores = read(await ask(request, context.signal, (reply) => read(reply) !== null));
    return items.map(({ maxScore }, i) => (scores ? (scores[i]! / MAX_SCORE) * maxScore : null));
  };
}

/** The checklist as the released code scores it: always twenty items, a sum over 100, and zeros for an outage. */
export function releasedChecklist(ask: AskJudge): Reward {
  return defineReward({
    name: "checklist",
    needs: ["page"],
    costly: true,
    deadline: JUDGE_DEADLINE,
    async score(context): Promise<Score> {
      const { task, completion } = context;
      const request = judgeRequest({
        question: task.prompt,
        checklist: task.checklist ?? [],
        html: extractHtml(completion.text) || completion.text,
        imageBase64: releasedRender(context) ? screenshot(context) : undefined,
      });
      if (request === null) return scored(0, { reason: "There is nothing to judge." });
      try {
        const scores = parseScoresAsReleased(await ask(request, context.signal));
        return scored(scores.reduce((sum, score) => sum + score, 0) / (JUDGE_SCORES * MAX_SCORE), { scores });
      } catch (error) {
        if (context.signal.aborted) return unscored("failed", `The judge took too long: ${messageOf(error)}`);
        return scored(0, { outage: messageOf(error) });
      }
    },
  });
}

/** Whether the released code ends up with an image: it extracts a second time, which a fenced fragment does not survive. */
export function releasedRender({ completion, render }: RewardContext): boolean {
  return render.status === "rendered" && extractHtml(extractHtml(completion.text)) !== "";
}

function screenshot({ page }: RewardContext): string | undefined {
  return page ? Buffer.from(page.png).toString("base64") : undefined;
}
