import type { PagePicture } from "../../env/contract/rendered-page.js";
import { scored, unscored } from "../../env/contract/scoring.js";
import { memoizeByObject } from "../memo.js";
import { measurePixels } from "../metrics/visual-pixels.js";
import { visualSimilarity } from "../metrics/visual-similarity.js";
import { defineReward, type Reward } from "../reward.js";
import { featuresOf } from "./seen.js";
import { ownFault } from "./source.js";

/** In place of texts and boxes that cannot be compared; their terms leave with their weight. */
const UNKNOWN = { texts: [], fills: [] };

/** Colours and cells of a picture, taken once: a reference serves every answer to its task. */
const pixelsOf = memoizeByObject(async (picture: PagePicture) => measurePixels(await picture.pixels()));

/** Options of the visual part. */
export interface VisualOptions {
  readonly name?: string;
}

/**
 * How much the rendered answer looks like the reference, 0..1 (see {@link visualSimilarity}); the evidence holds the four terms. Where a
 * task has other good answers, the one it looks most like decides. Of a reference that is a picture alone nobody knows the texts and
 * boxes, and its colours and cells decide.
 */
export function visual({ name = "visual" }: VisualOptions = {}): Reward {
  return defineReward({
    name,
    needs: ["page", "reference", "alternatives"],
    async score(context) {
      const { page, reference, referencePicture, alternatives = [] } = context;
      if (referencePicture === null) return unscored("skipped", "The task has no reference to look at.");
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (page === null) return unscored("skipped", "Nothing was rendered that could be looked at.");
      const own = await featuresOf(page);
      if (!reference) {
        const picture = { ...(await pixelsOf(referencePicture)), ...UNKNOWN };
        const { score, terms } = visualSimilarity({ ...own, ...UNKNOWN }, picture);
        return scored(score, terms);
      }
      const models = await Promise.all([reference, ...alternatives].map(featuresOf));
      const { score, terms } = models
        .map((model) => visualSimilarity(own, model))
        .reduce((best, each) => (each.score > best.score ? each : best));
      return scored(score, terms);
    },
  });
}
