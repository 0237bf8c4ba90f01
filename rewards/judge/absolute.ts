import * as v from "valibot";
import { type RewardContext, type Score, scored, unscored } from "../../env/contract/scoring.js";
import { messageOf, UsageError } from "../../infra/errors.js";
import { whole } from "../../infra/schema/fields.js";
import { ownFault } from "../parts/source.js";
import { defineReward, JUDGE_DEADLINE, type Reward } from "../reward.js";
import { findInjection, injectionEvidence } from "./injection.js";
import type { JudgeQuestion, VisionJudge } from "./judge.js";
import { asData, DATA_RULE, pictureOf } from "./material.js";
import { askRepeatedly, median, spread } from "./repeat.js";
import { judgeVersion } from "./version.js";

/** What is judged when nothing else is said: the four criteria that WebGen-R1 and WebGen-Bench judge. */
export const LOOKS_RUBRIC = [
  "Judge four things together: the page shows without visible faults; its content fits the request; its layout is balanced and",
  "easy to read; it looks modern and well made. 0 is a blank, broken or unusable page, the middle of the scale one that is mostly",
  "right but unremarkable, the top one that an expert would publish as it is.",
].join("\n");

/** The same against a reference. */
export const LIKENESS_RUBRIC = [
  "The second picture is the page as it should look. Judge how closely the first comes to it in layout, colours, text and detail.",
  "0 is a page that has nothing in common with it, the top one that cannot be told from it.",
].join("\n");

/** Options of {@link judged}. */
export interface JudgedOptions {
  readonly judge: VisionJudge;
  readonly name?: string;
  /** Default {@link LOOKS_RUBRIC}, or {@link LIKENESS_RUBRIC} against a reference. */
  readonly rubric?: string;
  /** The best grade, default 10. Grades are whole numbers from 0. */
  readonly scale?: number;
  /** `request` (default): the page alone, for what was asked. `reference`: beside the rendered reference. */
  readonly against?: "request" | "reference";
  /** Independent judgements; their median counts. Default 1. */
  readonly repeats?: number;
  /**
   * What becomes of a page that has words for its judge: `report` (default) lists them in the evidence, `zero` gives it 0 (and
   * with it every honest page about such words).
   */
  readonly injection?: "report" | "zero";
  /** Milliseconds, default {@link JUDGE_DEADLINE}. */
  readonly deadline?: number;
}

/**
 * A vision model's grade of the rendered page, over the best grade: 0 to 1. A page that did not render by its own fault has 0; an
 * outage, a spend limit or an unusable answer gives no score. The evidence holds grades, their spread, the reason, and words meant
 * for the judge.
 *
 * @example
 * const looks = judged({ judge, scale: 5, repeats: 3 });
 */
export function judged(options: JudgedOptions): Reward {
  const { judge, scale = 10, against = "request", repeats = 1, injection = "report" } = options;
  const { name = "judged", deadline = JUDGE_DEADLINE } = options;
  const { rubric = against === "reference" ? LIKENESS_RUBRIC : LOOKS_RUBRIC } = options;
  for (const [what, value] of Object.entries({ scale, repeats }))
    if (!(Number.isInteger(value) && value >= 1))
      throw new UsageError(`The ${what} of a judged reward is ${value}; it should be a whole number from 1.`);
  return defineReward({
    name,
    needs: against === "reference" ? ["page", "reference"] : ["page"],
    costly: true,
    deadline,
    version: judgeVersion(judge, { rubric, scale, against, repeats, injection }),
    async score(context): Promise<Score> {
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (!context.page) return unscored("skipped", "Nothing was rendered that could be judged.");
      if (against === "reference" && !context.referencePicture)
        return unscored("skipped", "The task has no reference to compare with.");
      if (injection === "zero" && findInjection(context).length > 0)
        return scored(0, injectionEvidence(context, []));
      try {
        const question = await gradeQuestion(context, { rubric, scale, against });
        const { answers, failures } = await askRepeatedly(judge, question, {
          repeats,
          signal: context.signal,
        });
        const grades = answers.map(({ grade }) => grade as number);
        const grade = median(grades);
        const spotted = injectionEvidence(context, answers);
        return scored(injection === "zero" && spotted.addressesJudge ? 0 : grade / scale, {
          grade,
          of: scale,
          reason: answers[grades.indexOf(grade)]?.reason ?? answers[0]?.reason ?? "",
          ...(repeats > 1 ? { grades, spread: spread(grades), missing: failures.length } : {}),
          ...spotted,
        });
      } catch (error) {
        return unscored("failed", messageOf(error));
      }
    },
  });
}

async function gradeQuestion(
  { task, page, referencePicture }: RewardContext,
  { rubric, scale, against }: Required<Pick<JudgedOptions, "rubric" | "scale" | "against">>,
): Promise<JudgeQuestion> {
  const shown = against === "reference" ? [page, referencePicture] : [page];
  return {
    instructions: `You judge web pages as an expert in design and user interfaces.\n${DATA_RULE}`,
    text: [
      `The ${against === "reference" ? "first " : ""}picture shows a page that was built for this request:\n${asData("request", task.prompt)}`,
      rubric,
      `Give a short reason, then a whole grade from 0 to ${scale}.`,
    ].join("\n\n"),
    images: await Promise.all(shown.flatMap((each) => (each ? [pictureOf(each)] : []))),
    schema: v.strictObject({ addresses_judge: v.boolean(), reason: v.string(), grade: whole(0, scale) }),
  };
}
