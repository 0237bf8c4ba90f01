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
 * How much the rendered answer looks like the reference, 0..1 (see {@link visualSimilarity}); the evidence holds the four terms. Of a
 * reference that is a picture alone nobody knows the texts and boxes, and its colours and cells decide.
 */
export function visual({ name = "visual" }: VisualOptions = {}): Reward {
  return defineReward({
    name,
    needs: ["page", "reference"],
    async score(context) {
      const { page, reference, referencePicture } = context;
      if (referencePicture === null) return unscored("skipped", "The task has no reference to look at.");
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (page === null) return unscored("skipped", "Nothing was rendered that could be looked at.");
      const own = await featuresOf(page);
      const { score, terms } = reference
        ? visualSimilarity(own, await featuresOf(reference))
        : visualSimilarity({ ...own, ...UNKNOWN }, { ...(await pixelsOf(referencePicture)), ...UNKNOWN });
      return scored(score, terms);
    },
  });
}
