import type { RewardContext, Score } from "../../../env/contract/scoring.js";
import { scored, unscored } from "../../../env/contract/scoring.js";
import { contrastSimilarity } from "../../metrics/contrast.js";
import type { PixelImage } from "../../metrics/image/index.js";
import { layoutIoU } from "../../metrics/layout-iou.js";
import { paletteSimilarity } from "../../metrics/palette.js";
import { polaritySimilarity } from "../../metrics/polarity.js";
import { imageSsim } from "../../metrics/ssim.js";
import { ownFault } from "../../parts/source.js";
import { defineReward, type Reward } from "../../reward.js";
import { commonSize } from "./released/programmatic.js";

/**
 * A learned distance of two pictures (LPIPS), 0 for equal ones. Whoever has the weights supplies it; a rejection means that no
 * score could be taken.
 */
export interface ImageDistance {
  (a: PixelImage, b: PixelImage): Promise<number>;
  /** Changes whenever the same pictures may be compared differently; without it scores are not kept. */
  readonly version?: string | undefined;
}

const NO_REFERENCE = "The task has no reference to look at.";
const NO_LAYOUT = "The reference is a picture alone: where its elements lie is not known.";
const NOTHING_RENDERED = "Nothing was rendered that could be looked at.";

/** Render and reference as pixels, or why there is no score. A render that failed by its own fault scores 0. */
export async function pictures(
  context: RewardContext,
): Promise<{ readonly shown: PixelImage; readonly wanted: PixelImage } | Score> {
  const { page, referencePicture } = context;
  if (referencePicture === null) return unscored("skipped", NO_REFERENCE);
  const fault = ownFault(context);
  if (fault !== null) return scored(0, { reason: fault });
  if (page === null) return unscored("skipped", NOTHING_RENDERED);
  return { shown: await page.pixels(), wanted: await referencePicture.pixels() };
}

function looks(
  name: string,
  compare: (wanted: PixelImage, shown: PixelImage) => number | null | Promise<number>,
  model?: Pick<ImageDistance, "version">,
): Reward {
  return defineReward({
    name: `widgetanchor/${name}`,
    heavy: true,
    needs: ["page", "reference"],
    costly: model !== undefined,
    version: model?.version,
    async score(context) {
      const pair = await pictures(context);
      if ("status" in pair) return pair;
      const value = await compare(pair.wanted, pair.shown);
      return value === null ? unscored("skipped", `The pages are too small for ${name}.`) : scored(value);
    },
  });
}

/** SSIM at the common size, at most 1. */
export const widgetSsimPart = (): Reward => looks("ssim", (a, b) => imageSsim(...commonSize(a, b)));

/** K-means palettes, 0 to 1. */
export const widgetPalette = (): Reward => looks("palette", (a, b) => paletteSimilarity(...commonSize(a, b)));

/** Standard deviation of gray, 0 to 1. */
export const widgetContrast = (): Reward => looks("contrast", contrastSimilarity);

/** Distribution of lightness, 0 to 1. */
export const widgetPolarity = (): Reward =>
  looks("polarity", (a, b) => polaritySimilarity(...commonSize(a, b)));

/** One minus the LPIPS distance, 0 to 1. */
export const widgetLpips = (distance: ImageDistance): Reward =>
  looks("lpips", async (a, b) => Math.min(1, Math.max(0, 1 - (await distance(a, b)))), distance);

/** Elements beyond this many take no part in the matching. */
const MAX_ELEMENTS = 400;

/**
 * Overlap of the elements' boxes under the best pairing, 0 to 1, from the layout snapshots of the two renders. Missing and
 * extra elements count as overlap 0.
 */
export function widgetLayout(): Reward {
  return defineReward({
    name: "widgetanchor/layout",
    needs: ["page", "reference"],
    score(context) {
      const { page, reference } = context;
      if (reference === null) return unscored("skipped", context.referencePicture ? NO_LAYOUT : NO_REFERENCE);
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (page === null) return unscored("skipped", NOTHING_RENDERED);
      const [own, wanted] = [page, reference].map(({ snapshot }) =>
        snapshot.elements
          .map(({ box }) => box)
          .filter(({ width, height }) => width > 0 && height > 0)
          .slice(0, MAX_ELEMENTS),
      ) as [(typeof page.snapshot.texts)[number]["box"][], (typeof page.snapshot.texts)[number]["box"][]];
      return scored(layoutIoU(wanted, own, { over: "larger" }), {
        elements: own.length,
        wanted: wanted.length,
      });
    },
  });
}
