import { dropAlpha, type PixelImage } from "../../image/pixel-image.js";

/** Bits after the point of an interpolation weight. */
const WEIGHT_SCALE = 2048;

interface LinearTaps {
  /** Index of the left (upper) sample of each output position; the second one is the next, or the same at the end. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly firstWeight: Int32Array;
  readonly secondWeight: Int32Array;
}

/** OpenCV clamps index and weight along a row, but only the index down the columns. */
function linearTaps(size: number, out: number, clampWeights: boolean): LinearTaps {
  const first = new Int32Array(out);
  const second = new Int32Array(out);
  const firstWeight = new Int32Array(out);
  const secondWeight = new Int32Array(out);
  const scale = 1 / (out / size);
  for (let i = 0; i < out; i++) {
    let fraction = Math.fround((i + 0.5) * scale - 0.5);
    let at = Math.floor(fraction);
    fraction = Math.fround(fraction - at);
    if (clampWeights && at < 0) {
      at = 0;
      fraction = 0;
    }
    if (clampWeights && at >= size - 1) {
      at = size - 1;
      fraction = 0;
    }
    first[i] = Math.min(Math.max(at, 0), size - 1);
    second[i] = Math.min(Math.max(at + 1, 0), size - 1);
    firstWeight[i] = roundHalfEven(Math.fround(Math.fround(1 - fraction) * WEIGHT_SCALE));
    secondWeight[i] = roundHalfEven(Math.fround(fraction * WEIGHT_SCALE));
  }
  return { first, second, firstWeight, secondWeight };
}

/** The nearest integer; halves go to the even one, as C's `rint` and Python's `round` have it. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

/**
 * `cv.resize` of interleaved bytes with its default bilinear filter (no antialiasing), bit for bit: 11-bit weights, and a
 * 2 x 2 mean when both sides are exactly halved. `data` holds `width * height * channels` bytes. An empty side gives an
 * empty result.
 */
export function resizeLinearBytes(
  data: Uint8Array,
  width: number,
  height: number,
  channels: number,
  outWidth: number,
  outHeight: number,
): Uint8Array {
  if (outWidth === width && outHeight === height) return data.slice();
  const result = new Uint8Array(outWidth * outHeight * channels);
  if (width === 0 || height === 0 || result.length === 0) return result;
  if (outWidth * 2 === width && outHeight * 2 === height)
    return halve(data, width, channels, outWidth, outHeight);
  const across = linearTaps(width, outWidth, true);
  const down = linearTaps(height, outHeight, false);
  const stride = outWidth * channels;
  const rows = new Map<number, Int32Array>();
  const sumsOf = (row: number): Int32Array => {
    const known = rows.get(row);
    if (known) return known;
    if (rows.size > 3) rows.delete(rows.keys().next().value as number);
    const sums = horizontalSums(data, row * width * channels, channels, across);
    rows.set(row, sums);
    return sums;
  };
  for (let y = 0; y < outHeight; y++) {
    const upper = sumsOf(down.first[y]!);
    const lower = sumsOf(down.second[y]!);
    const b0 = down.firstWeight[y]!;
    const b1 = down.secondWeight[y]!;
    for (let i = 0; i < stride; i++) {
      const value = (((b0 * (upper[i]! >> 4)) >> 16) + ((b1 * (lower[i]! >> 4)) >> 16) + 2) >> 2;
      result[y * stride + i] = Math.max(0, Math.min(255, value));
    }
  }
  return result;
}

function horizontalSums(data: Uint8Array, offset: number, channels: number, taps: LinearTaps): Int32Array {
  const { first, second, firstWeight, secondWeight } = taps;
  const sums = new Int32Array(first.length * channels);
  for (let x = 0, at = 0; x < first.length; x++) {
    const left = offset + first[x]! * channels;
    const right = offset + second[x]! * channels;
    for (let c = 0; c < channels; c++, at++)
      sums[at] = data[left + c]! * firstWeight[x]! + data[right + c]! * secondWeight[x]!;
  }
  return sums;
}

function halve(data: Uint8Array, width: number, channels: number, outWidth: number, outHeight: number) {
  const result = new Uint8Array(outWidth * outHeight * channels);
  const stride = width * channels;
  for (let y = 0, at = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      for (let c = 0; c < channels; c++, at++) {
        const from = 2 * y * stride + 2 * x * channels + c;
        const sum =
          data[from]! + data[from + channels]! + data[from + stride]! + data[from + stride + channels]!;
        result[at] = (sum + 2) >> 2;
      }
    }
  }
  return result;
}

/** `cv.resize` of an image, colour channels only; alpha becomes 255. */
export function resizeLinear(image: PixelImage, width: number, height: number): PixelImage {
  const data = resizeLinearBytes(image.data, image.width, image.height, 4, width, height);
  return dropAlpha({ width, height, data });
}
