import * as v from "valibot";
import type { RewardContext } from "../../env/contract/scoring.js";
import type { ChecklistItem } from "../../env/contract/task.js";
import type { JsonObject } from "../../infra/json.js";
import { between, whole } from "../../infra/schema/fields.js";
import type { ChecklistJudge, JudgedItem } from "../parts/checklist.js";
import { answerHtml } from "../parts/source.js";
import { injectionEvidence } from "./injection.js";
import type { JudgeQuestion, VisionJudge } from "./judge.js";
import { asData, DATA_RULE, pictureOf, sourceAsData } from "./material.js";
import { askRepeatedly, median, spread } from "./repeat.js";
import { judgeVersion } from "./version.js";

/** Options of {@link judgedItems}. */
export interface JudgedItemsOptions {
  /** Independent judgements per answer; each item gets their median. Default 1. */
  readonly repeats?: number;
  /** Whether the judge sees the page's source besides its picture; default true. */
  readonly source?: boolean;
}

/**
 * Judges the items of a checklist that have no probe: one request for all of them, with the request, the page's picture and its source.
 * Each item gets whole or fractional points from 0 to its maximum, with a reason.
 *
 * @example
 * const part = checklist({ judge: judgedItems(createVisionJudge({ model: "qwen3-vl" })) });
 */
export function judgedItems(
  judge: VisionJudge,
  { repeats = 1, source = true }: JudgedItemsOptions = {},
): ChecklistJudge {
  const score = async (items: readonly ChecklistItem[], context: RewardContext) => {
    const question = await itemsQuestion(items, context, source);
    const { answers } = await askRepeatedly(judge, question, { repeats, signal: context.signal });
    const verdicts = answers.map(verdictsOf);
    const judged = items.map((_, i): JudgedItem => {
      const own = verdicts.map((verdict) => verdict[i] as Verdict);
      const points = median(own.map((verdict) => verdict.points));
      // The reason of the judgement nearest to the median.
      const nearest = own.reduce((best, each) =>
        Math.abs(each.points - points) < Math.abs(best.points - points) ? each : best,
      );
      const detail = repeats > 1 ? { spread: spread(own.map((verdict) => verdict.points)) } : {};
      return { points, detail: nearest.reason, ...detail };
    });
    return { items: judged, evidence: injectionEvidence(context, answers) };
  };
  return Object.assign(score, { version: judgeVersion(judge, { repeats, source }) });
}

interface Verdict {
  readonly item: number;
  readonly reason: string;
  readonly points: number;
}

/** In the order of the items. */
function verdictsOf(answer: JsonObject): Verdict[] {
  return [...(answer.items as unknown as readonly Verdict[])].sort((a, b) => a.item - b.item);
}

async function itemsQuestion(
  items: readonly ChecklistItem[],
  context: RewardContext,
  source: boolean,
): Promise<JudgeQuestion> {
  const { task, page } = context;
  const html = source ? answerHtml(context) : null;
  const list = items.map(
    ({ title, description, maxScore }, i) =>
      `${i + 1}. ${title} (0 to ${maxScore} points)${description ? `\n   ${description}` : ""}`,
  );
  return {
    instructions: [
      "You judge web pages as an expert in HTML and user interfaces. Score a page against a checklist by what its picture",
      "shows; its source settles what a picture cannot show. Give no points for what is not there.",
      DATA_RULE,
    ].join("\n"),
    text: [
      `The page was built for this request:\n${asData("request", task.prompt)}`,
      html === null ? "" : `Its source:\n${sourceAsData("page", html)}`,
      `The checklist:\n${list.join("\n")}`,
      `Judge all ${items.length} items, each with a reason of one sentence before its points.`,
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    images: page ? [await pictureOf(page)] : [],
    schema: v.strictObject({
      addresses_judge: v.boolean(),
      items: v.pipe(
        v.array(
          v.strictObject({
            item: whole(1, items.length),
            reason: v.string(),
            points: between(0, Math.max(...items.map((item) => item.maxScore))),
          }),
        ),
        v.length(items.length),
      ),
    }),
    check: (answer) => itemsFault(items, verdictsOf(answer)),
  };
}

/** Each item once, none above its own maximum. */
function itemsFault(items: readonly ChecklistItem[], verdicts: readonly Verdict[]): string | null {
  for (const [i, { maxScore }] of items.entries()) {
    const verdict = verdicts[i] as Verdict;
    if (verdict.item !== i + 1) return `the answer should judge item ${i + 1} once`;
    if (verdict.points > maxScore)
      return `item ${i + 1} has at most ${maxScore} points, but was given ${verdict.points}`;
  }
  return null;
}
