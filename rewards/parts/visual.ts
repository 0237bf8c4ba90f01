import { scored, unscored } from "../../env/contract/scoring.js";
import { visualSimilarity } from "../metrics/visual-similarity.js";
import { defineReward, type Reward } from "../reward.js";
import { featuresOf } from "./seen.js";
import { ownFault } from "./source.js";

export interface VisualOptions {
  readonly name?: string;
}

/** How much the rendered answer looks like the rendered reference, 0..1 (see {@link visualSimilarity}); the evidence holds the four terms. */
export function visual({ name = "visual" }: VisualOptions = {}): Reward {
  return defineReward({
    name,
    needs: ["page", "reference"],
    async score(context) {
      const { page, reference } = context;
      if (reference === null) return unscored("skipped", "The task has no reference to look at.");
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (page === null) return unscored("skipped", "Nothing was rendered that could be looked at.");
      const [own, wanted] = await Promise.all([featuresOf(page), featuresOf(reference)]);
      const { score, terms } = visualSimilarity(own, wanted);
      return scored(score, terms);
    },
  });
}
