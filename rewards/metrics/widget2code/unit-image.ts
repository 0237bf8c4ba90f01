import type { PixelImage } from "../image/pixel-image.js";
import { resizeArea } from "../ports/opencv/resize-area.js";

/** Colour as fractions, 0 to 1: `data[(y * width + x) * 3 + channel]`. */
export interface UnitImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** Bytes over 255, alpha dropped without blending. */
export function toUnitImage({ width, height, data }: PixelImage): UnitImage {
  const unit = new Float64Array(width * height * 3);
  for (let i = 0, at = 0; i < unit.length; i += 3, at += 4) {
    unit[i] = data[at]! / 255;
    unit[i + 1] = data[at + 1]! / 255;
    unit[i + 2] = data[at + 2]! / 255;
  }
  return { width, height, data: unit };
}

/** The prediction at the size of the target (OpenCV's INTER_AREA on doubles); aspect is not kept. */
export function resizeToMatch(target: UnitImage, prediction: UnitImage): UnitImage {
  const { width, height } = target;
  const data = resizeArea(prediction.data, prediction.width, prediction.height, 3, width, height);
  return { width, height, data };
}

/** The same with every sample in 0..1; a resize can leave that range by a rounding error. */
export function clampedUnit({ width, height, data }: UnitImage): UnitImage {
  return { width, height, data: data.map((value) => Math.min(1, Math.max(0, value))) };
}

/** An image of one gray, e.g. 0 for black, as large as another. */
export function filledLike({ width, height }: UnitImage, value: number): UnitImage {
  return { width, height, data: new Float64Array(width * height * 3).fill(value) };
}

/**
 * The bytes that edge and text detection see. `unit`: fractions times 255, cut (not rounded) to bytes. `bytes`: what
 * becomes of an image given as bytes where fractions were expected: 255 times the byte, wrapped around.
 */
export function detectorBytes(image: UnitImage, scale: "unit" | "bytes" = "unit"): PixelImage {
  const { width, height, data } = image;
  const bytes = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0, at = 0; i < data.length; i += 3, at += 4) {
    for (let c = 0; c < 3; c++) {
      const level = data[i + c]! * 255;
      bytes[at + c] = scale === "unit" ? Math.trunc(level) : Math.round(level) * 255;
    }
  }
  return { width, height, data: bytes };
}
