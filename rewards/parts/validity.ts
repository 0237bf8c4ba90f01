import { scored } from "../../env/contract/scoring.js";
import { memoize } from "../memo.js";
import { markupValidity } from "../metrics/html-validity.js";
import { defineReward, type Reward } from "../reward.js";
import { answerHtml, ownFault } from "./source.js";

/** Errors that the evidence lists at most. */
const LISTED = 20;

const measured = memoize(256, markupValidity);

/**
 * How well the answer's source keeps to the syntax of HTML, 0 to 1, see {@link markupValidity}. The evidence lists parse errors by
 * the standard's names, with lines. Needs no browser for an html answer.
 */
export function validity({ name = "validity" }: { readonly name?: string } = {}): Reward {
  return defineReward({
    name,
    needs: [],
    score(context) {
      const html = answerHtml(context);
      if (html === null) return scored(0, { reason: ownFault(context) ?? "The answer is no page." });
      const { score, errors, elements } = measured(html);
      return scored(score, {
        elements,
        errors: errors.length,
        listed: errors.slice(0, LISTED).map((error) => ({ ...error })),
      });
    },
  });
}
