import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Box } from "../../../env/contract/rendered-page.js";
import { contrastSimilarity } from "../../../rewards/metrics/contrast.js";
import {
  differenceHash,
  hammingDistance,
  hashToHex,
  withoutDuplicates,
} from "../../../rewards/metrics/dhash.js";
import type { PixelImage } from "../../../rewards/metrics/image/pixel-image.js";
import { layoutIoU } from "../../../rewards/metrics/layout-iou.js";
import { dominantColors, paletteSimilarity } from "../../../rewards/metrics/palette.js";
import { polaritySimilarity } from "../../../rewards/metrics/polarity.js";
import { pngSize } from "../../../rewards/systems/widgetanchor/released/dataset-rules.js";
import {
  blendedReward,
  commonSize,
  simpleScore,
  simpleTerms,
  widgetSsim,
} from "../../../rewards/systems/widgetanchor/released/programmatic.js";
import { verifyRender } from "../../../rewards/systems/widgetanchor/released/search.js";
import type { Adapter, AdapterSet, VectorContext } from "../runner.js";
import { openImage, openPair } from "./vector-images.js";

interface Pair {
  readonly ref: string;
  readonly gen: string;
}

/** A measure of two images; null, where the original raises, is passed on. */
function onPair(measure: (a: PixelImage, b: PixelImage) => number | null): Adapter {
  return async ({ ref, gen }: Pair, context: VectorContext) =>
    measure(...(await openPair(ref, gen, context)));
}

/** The original brings both images to their common size first. */
function onCommonSize(measure: (a: PixelImage, b: PixelImage) => number): Adapter {
  return onPair((a, b) => measure(...commonSize(a, b)));
}

async function paletteCenters(input: { readonly image: string; readonly k: number }, context: VectorContext) {
  const { centers, sizes, inertia } = dominantColors(await openImage(input.image, context), input.k);
  const clusters = [...sizes.keys()].map((i) => ({
    size: sizes[i] ?? 0,
    center: [...centers.subarray(3 * i, 3 * i + 3)],
  }));
  clusters.sort((a, b) => b.size - a.size || compareLists(a.center, b.center));
  return {
    lab8_centres: clusters.map(({ center }) => center),
    pixel_counts: clusters.map(({ size }) => size),
    inertia,
  };
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

async function rewardCode(
  input: Pair & { readonly lpips_similarity: number; readonly wf: number | null },
  context: VectorContext,
) {
  const [target, rendered] = await openPair(input.ref, input.gen, context);
  const simple = simpleScore(simpleTerms(target, rendered, input.lpips_similarity), "published");
  return blendedReward(simple ?? 0, input.wf);
}

async function dedup(
  input: { readonly images_in_filename_order: readonly string[]; readonly hash_threshold: number },
  context: VectorContext,
) {
  const names = input.images_in_filename_order;
  const hashes = await Promise.all(names.map(async (name) => differenceHash(await openImage(name, context))));
  return withoutDuplicates(hashes, input.hash_threshold).map((i) => names[i]);
}

interface RenderSample {
  readonly id: string;
  readonly screenshot?: string;
  readonly needs_render?: boolean;
  readonly render: string | null;
}

async function renderVerify(
  { samples }: { readonly samples: readonly RenderSample[] },
  context: VectorContext,
) {
  const kept: Record<string, object> = {};
  for (const { id, screenshot, needs_render = false, render } of samples) {
    const pair = screenshot && render ? await openPair(screenshot, render, context) : null;
    const sample = {
      needsRender: needs_render,
      hasScreenshot: screenshot !== undefined,
      rendered: render !== null,
    };
    const verified = verifyRender(sample, () => (pair ? widgetSsim(...pair) : null));
    if (verified)
      kept[id] = { ssim_score: verified.ssim, needs_render: false, screenshot: verified.screenshot };
  }
  return kept;
}

export const adapters: AdapterSet = {
  system: "widgetanchor",
  functions: {
    "wa.ssim": onPair(widgetSsim),
    "wa.palette": onCommonSize(paletteSimilarity),
    "wa.paletteCentres": paletteCenters,
    "wa.contrast": onPair(contrastSimilarity),
    "wa.polarity": onCommonSize(polaritySimilarity),
    "wa.layoutIoU": (input: { readonly ref_boxes: readonly Box[]; readonly gen_boxes: readonly Box[] }) =>
      layoutIoU(input.ref_boxes, input.gen_boxes),
    "wa.rewardCode": rewardCode,
    "wa.dhash": async ({ image }: { readonly image: string }, context: VectorContext) =>
      hashToHex(differenceHash(await openImage(image, context))),
    "wa.hamming": async ({ a, b }: { readonly a: string; readonly b: string }, context: VectorContext) => {
      const [first, second] = await openPair(a, b, context);
      return hammingDistance(differenceHash(first), differenceHash(second));
    },
    "wa.dedup": dedup,
    "wa.pngSize": async ({ image }: { readonly image: string }, { images }: VectorContext) =>
      pngSize(await readFile(join(images, image))),
    "wa.renderVerify": renderVerify,
  },
};
