import { scored, unscored } from "../../../env/contract/scoring.js";
import type { ImageSimilarity } from "../../metrics/image/index.js";
import { answerHtml, ownFault, referenceHtml } from "../../parts/source.js";
import { defineReward, type Reward } from "../../reward.js";
import { extractHtml } from "./extract.js";
import { referencePixels, squared, trainingPicture, windowOf } from "./pictures.js";
import {
  formatReward,
  htmlValidityReward,
  pageStructure,
  pageValidity,
  structuralSimilarityReward,
} from "./text-rewards.js";
import { visualFidelity } from "./visual-fidelity.js";

const NO_REFERENCE = "The task has no reference to compare with.";
const NO_PICTURE = "The task has no reference picture to compare with.";
const NOTHING_RENDERED = "Nothing was rendered that could be compared.";

/** Fence and html tags of the raw answer, 0 to 1. */
export function vcoderFormat(): Reward {
  return defineReward({
    name: "vcoder/format",
    needs: [],
    score: ({ completion }) => scored(formatReward(completion.text)),
  });
}

/** Document parts and variety of tags, 0 to 1; `fenced` reads VCoder's fence instead of the environment's artifact. */
export function vcoderValidity({ fenced }: { readonly fenced: boolean }): Reward {
  return defineReward({
    name: "vcoder/validity",
    needs: [],
    score(context) {
      if (fenced) return scored(htmlValidityReward(context.completion.text));
      const html = answerHtml(context);
      return html === null ? scored(0, { reason: "The answer is no page." }) : scored(pageValidity(html));
    },
  });
}

/** Likeness of the element sequences, 0 to 1. `classWeight` (0 to 1) mixes in the overlap of class names. */
export function vcoderStructure({
  fenced,
  classWeight = 0,
}: {
  readonly fenced: boolean;
  readonly classWeight?: number;
}): Reward {
  return defineReward({
    name: "vcoder/structural",
    needs: ["reference"],
    score(context) {
      const reference = referenceHtml(context);
      if (reference === null) return unscored("skipped", NO_REFERENCE);
      if (fenced) return scored(structuralSimilarityReward(context.completion.text, reference));
      const html = answerHtml(context);
      if (html === null) return scored(0, { reason: "The answer is no page." });
      return scored(pageStructure(html, reference, classWeight));
    },
  });
}

/**
 * CLIP similarity of the render and the reference, clamped to 0 to 1. Both are squeezed into squares first, so that equal pages
 * look equal to a model that crops. A render that failed scores 0, a model that failed gives no score.
 */
export function vcoderClip(clip: ImageSimilarity): Reward {
  return defineReward({
    name: "vcoder/clip",
    needs: ["page", "reference"],
    costly: true,
    version: clip.version,
    async score(context) {
      const reference = await referencePixels(context);
      if (!reference) return unscored("skipped", NO_PICTURE);
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (!context.page) return unscored("skipped", NOTHING_RENDERED);
      const cosine = await clip(squared(await context.page.pixels()), squared(reference));
      return scored(Math.max(0, Math.min(1, cosine)), { cosine });
    },
  });
}

/**
 * CLIP similarity as VCoder trains on it: the window's render against the reference as the loader shrinks it, each cropped by
 * the model's own preprocessing, and 0 for whatever goes wrong.
 */
export function releasedClip(clip: ImageSimilarity): Reward {
  return defineReward({
    name: "vcoder/clip",
    needs: ["page", "reference"],
    costly: true,
    async score(context) {
      const { page, completion, task } = context;
      if (!page || extractHtml(completion.text) === null) return scored(0, { reason: NOTHING_RENDERED });
      const reference = await referencePixels(context);
      if (!reference) return scored(0, { reason: NO_PICTURE });
      try {
        const shown = windowOf(await page.pixels(), task.viewport);
        const wanted = trainingPicture(windowOf(reference, task.viewport));
        return scored(Math.max(0, await clip(shown, wanted)));
      } catch (error) {
        return scored(0, { reason: `The image model failed: ${String(error)}` });
      }
    },
  });
}

/** Half SSIM, half pixel likeness of render and reference at 512 x 512 (VCoder's first notebook). Needs no model. */
export function vcoderFidelity(): Reward {
  return defineReward({
    name: "vcoder/fidelity",
    heavy: true,
    needs: ["page", "reference"],
    async score(context) {
      const reference = await referencePixels(context);
      if (!reference) return unscored("skipped", NO_PICTURE);
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (!context.page) return unscored("skipped", NOTHING_RENDERED);
      const { score, ssim, pixel } = visualFidelity(await context.page.pixels(), reference);
      return scored(score, { ssim, pixel });
    },
  });
}
