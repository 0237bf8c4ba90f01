import { ciede2000, type PixelImage, resize, rgbToLab } from "../../metrics/image/index.js";
import { imageSsim } from "../../metrics/ssim.js";
import { meanDifference } from "./visual-fidelity.js";

const COLOR_SIDE = 128;
const CONTENT_SIDE = 32;
const SSIM_WIDTH = 320;
const SSIM_HEIGHT = 240;
/** A channel below this makes a pixel content rather than paper. */
const PAPER = 240;
/** With a smaller share of content in the reference, all pixels count. */
const MIN_CONTENT = 0.02;
/** CIEDE2000 difference that scores 0. */
const MAX_DIFFERENCE = 50;

/**
 * 1 minus the mean CIEDE2000 difference (50 scores 0) where the reference is not nearly white, both pictures at
 * 128 x 128.
 */
export function colorReward(prediction: PixelImage, reference: PixelImage): number {
  const own = resize(prediction, COLOR_SIDE, COLOR_SIDE, "bicubic").data;
  const wanted = resize(reference, COLOR_SIDE, COLOR_SIDE, "bicubic").data;
  const pixels = COLOR_SIDE * COLOR_SIDE;
  let all = 0;
  let content = 0;
  let count = 0;
  for (let at = 0; at < pixels * 4; at += 4) {
    const difference = ciede2000(labAt(wanted, at), labAt(own, at));
    all += difference;
    if (!isContent(wanted, at, THROUGH_FLOAT)) continue;
    content += difference;
    count++;
  }
  const mean = count >= MIN_CONTENT * pixels ? content / count : all / pixels;
  return 1 - Math.min(mean / MAX_DIFFERENCE, 1);
}

const labAt = (data: Uint8Array, at: number) =>
  rgbToLab([data[at]!, data[at + 1]!, data[at + 2]!], "skimage");

/** Bytes as they come back from single-precision fractions: some lose one level, which upstream does not notice. */
const THROUGH_FLOAT = Uint8Array.from({ length: 256 }, (_, byte) =>
  Math.trunc(Math.fround(Math.fround(byte / 255) * 255)),
);

function isContent(data: Uint8Array, at: number, levels?: Uint8Array): boolean {
  for (let c = at; c < at + 3; c++) if ((levels ? levels[data[c]!]! : data[c]!) < PAPER) return true;
  return false;
}

/** SSIM of both pictures at 320 x 240, 0 to 1. */
export function ssimReward(prediction: PixelImage, reference: PixelImage): number {
  const own = resize(prediction, SSIM_WIDTH, SSIM_HEIGHT, "bicubic");
  const wanted = resize(reference, SSIM_WIDTH, SSIM_HEIGHT, "bicubic");
  return Math.max(0, Math.min(1, imageSsim(wanted, own) as number));
}

/** Raw cosine that scores 0 after rescaling. */
const CLIP_FLOOR = 0.65;

/** A CLIP cosine stretched so that 0.65 becomes 0 and 1 stays 1. */
export function rescaledClip(cosine: number): number {
  return Math.max(0, Math.min(1, (cosine - CLIP_FLOOR) / (1 - CLIP_FLOOR)));
}

/** What the released code takes instead of CLIP when it has none: 1 minus the mean difference at 128 x 128. */
export function pixelLikeness(prediction: PixelImage, reference: PixelImage): number {
  const own = resize(prediction, COLOR_SIDE, COLOR_SIDE, "bicubic");
  const wanted = resize(reference, COLOR_SIDE, COLOR_SIDE, "bicubic");
  return 1 - meanDifference(own, wanted) / 255;
}

/** Share of content pixels a reference needs before an empty prediction is punished, and how few make it empty. */
const REFERENCE_CONTENT = 0.01;
const PREDICTION_CONTENT = 0.005;

/** The content multiplier, 0 to 1: below 1 only for an all but empty prediction of a page with content. */
export function contentFactor(prediction: PixelImage, reference: PixelImage): number {
  const own = contentShare(prediction);
  return contentShare(reference) > REFERENCE_CONTENT && own < PREDICTION_CONTENT
    ? own / PREDICTION_CONTENT
    : 1;
}

function contentShare(image: PixelImage): number {
  const { data } = resize(image, CONTENT_SIDE, CONTENT_SIDE, "bicubic");
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if (isContent(data, at)) count++;
  return count / (CONTENT_SIDE * CONTENT_SIDE);
}
