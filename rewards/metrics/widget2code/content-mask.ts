import { grayscale } from "../image/grayscale.js";
import { canny } from "../ports/opencv/canny.js";
import { connectedComponents, dilate3x3, withoutBorderComponents } from "../ports/opencv/components.js";
import { detectorBytes, type UnitImage } from "./unit-image.js";

/** A binary mask: non-zero bytes are content. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Canny thresholds of the benchmark. */
const WEAK_EDGE = 100;
const STRONG_EDGE = 200;

/** Components of at most this many pixels are noise. */
const NOISE_AREA = 10;

/** Options of a content mask. */
export interface MaskOptions {
  /** What the samples are taken for, see {@link detectorBytes}. Default `unit`. */
  readonly scale?: "unit" | "bytes";
  /** Drop components that touch the frame. Default true; the benchmark's first version did not. */
  readonly dropBorder?: boolean;
}

/** The stages of a content mask. */
export interface ContentMask {
  readonly edges: Mask;
  readonly dilated: Mask;
  readonly mask: Mask;
}

/** Where an image has content: edges, thickened by one pixel, without what touches the frame. */
export function contentMask(
  image: UnitImage,
  { scale = "unit", dropBorder = true }: MaskOptions = {},
): ContentMask {
  const { width, height } = image;
  const gray = grayscale(detectorBytes(image, scale), "opencv");
  const edges = canny(gray, width, height, WEAK_EDGE, STRONG_EDGE);
  const dilated = dilate3x3(edges, width, height);
  const mask = dropBorder ? withoutBorderComponents(dilated, width, height) : dilated;
  return {
    edges: { width, height, data: edges },
    dilated: { width, height, data: dilated },
    mask: { width, height, data: mask },
  };
}

/** First and last row and column with content, or null for an empty mask. */
export function contentExtent({ width, height, data }: Mask) {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (data[i] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : { left, right, top, bottom };
}

/**
 * Distances of the content from the frame `[top, right, bottom, left]`; right and bottom are one larger than the gap, as the
 * benchmark has it. `whenEmpty` stands for an empty mask.
 */
export function margins(
  mask: Mask,
  whenEmpty: readonly [number, number, number, number] = [0, 0, 0, 0],
): readonly [number, number, number, number] {
  const extent = contentExtent(mask);
  if (!extent) return whenEmpty;
  return [extent.top, mask.width - extent.right, mask.height - extent.bottom, extent.left];
}

/** Bounding-box areas of the components with more than ten pixels. */
export function contentAreas({ width, height, data }: Mask): number[] {
  return connectedComponents(data, width, height)
    .components.filter((component) => component.area > NOISE_AREA)
    .map((component) => component.width * component.height);
}
