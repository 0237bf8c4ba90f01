import {
  fillRect,
  imageFromRows,
  type PixelImage,
  type Rgb,
  solidImage,
} from "../../../rewards/metrics/image/index.js";

/** A picture as vectors describe it: a background with rectangles painted in order, or all pixels. */
export type PaintedImage =
  | {
      readonly width: number;
      readonly height: number;
      readonly background: Rgb;
      readonly rects?: readonly (readonly [
        x: number,
        y: number,
        width: number,
        height: number,
        color: Rgb,
      ])[];
    }
  | { readonly pixels_hwc: readonly (readonly (readonly number[])[])[] };

/** Paints the picture. */
export function paint(picture: PaintedImage): PixelImage {
  if ("pixels_hwc" in picture) return imageFromRows(picture.pixels_hwc);
  const image = solidImage(picture.width, picture.height, picture.background);
  for (const [x, y, width, height, color] of picture.rects ?? []) {
    fillRect(image, x, y, width, height, color);
  }
  return image;
}
