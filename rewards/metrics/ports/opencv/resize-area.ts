/** How one output sample mixes input samples: `count` of them from `first`, weights in float32 precision. */
interface AreaTaps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float32Array;
  readonly stride: number;
}

/** Overlaps of a cell with a sample below this are left out. */
const MINIMAL_OVERLAP = 1e-3;

function shrinkTaps(size: number, out: number, scale: number): AreaTaps {
  const stride = Math.ceil(scale) + 2;
  const first = new Int32Array(out);
  const count = new Int32Array(out);
  const weights = new Float32Array(out * stride);
  for (let i = 0; i < out; i++) {
    const from = i * scale;
    const to = from + scale;
    const cell = Math.min(scale, size - from);
    const end = Math.min(Math.floor(to), size - 1);
    const start = Math.min(Math.ceil(from), end);
    let taps = 0;
    first[i] = start;
    if (start - from > MINIMAL_OVERLAP) {
      first[i] = start - 1;
      weights[i * stride + taps++] = (start - from) / cell;
    }
    for (let s = start; s < end; s++) weights[i * stride + taps++] = 1 / cell;
    if (to - end > MINIMAL_OVERLAP)
      weights[i * stride + taps++] = Math.min(Math.min(to - end, 1), cell) / cell;
    count[i] = taps;
  }
  return { first, count, weights, stride };
}

/** OpenCV's linear interpolation in "area mode", used on both axes as soon as one of them grows. */
function growTaps(size: number, out: number, scale: number, inverse: number): AreaTaps {
  const first = new Int32Array(out);
  const count = new Int32Array(out).fill(2);
  const weights = new Float32Array(out * 2);
  for (let i = 0; i < out; i++) {
    const at = Math.floor(i * scale);
    let fraction = Math.fround(i + 1 - (at + 1) * inverse);
    fraction = fraction <= 0 ? 0 : Math.fround(fraction - Math.floor(fraction));
    if (at >= size - 1) {
      first[i] = size - 1;
      count[i] = 1;
      weights[i * 2] = 1;
      continue;
    }
    first[i] = at;
    weights[i * 2] = Math.fround(1 - fraction);
    weights[i * 2 + 1] = fraction;
  }
  return { first, count, weights, stride: 2 };
}

/**
 * `cv.resize(..., INTER_AREA)` of interleaved doubles: box averages when both sides shrink or stay, else OpenCV's linear
 * variant. `data` holds `width * height * channels` samples.
 */
export function resizeArea(
  data: Float64Array,
  width: number,
  height: number,
  channels: number,
  outWidth: number,
  outHeight: number,
): Float64Array {
  if (outWidth === width && outHeight === height) return data.slice();
  const result = new Float64Array(outWidth * outHeight * channels);
  if (width === 0 || height === 0 || result.length === 0) return result;
  const inverseX = outWidth / width;
  const inverseY = outHeight / height;
  const scaleX = 1 / inverseX;
  const scaleY = 1 / inverseY;
  const shrinks = scaleX >= 1 && scaleY >= 1;
  if (shrinks && Number.isInteger(scaleX) && Number.isInteger(scaleY))
    return boxMeans(data, width, channels, scaleX, scaleY, outWidth, outHeight);
  const across = shrinks ? shrinkTaps(width, outWidth, scaleX) : growTaps(width, outWidth, scaleX, inverseX);
  const down = shrinks
    ? shrinkTaps(height, outHeight, scaleY)
    : growTaps(height, outHeight, scaleY, inverseY);
  const stride = outWidth * channels;
  const rows = new Map<number, Float64Array>();
  for (let y = 0; y < outHeight; y++) {
    const top = down.first[y]!;
    for (const row of rows.keys()) if (row < top) rows.delete(row);
    for (let k = 0; k < down.count[y]!; k++) {
      let sums = rows.get(top + k);
      if (!sums) {
        sums = mixRow(data, (top + k) * width * channels, channels, across);
        rows.set(top + k, sums);
      }
      const weight = down.weights[y * down.stride + k]!;
      for (let i = 0; i < stride; i++) result[y * stride + i] = result[y * stride + i]! + sums[i]! * weight;
    }
  }
  return result;
}

function mixRow(data: Float64Array, offset: number, channels: number, taps: AreaTaps): Float64Array {
  const { first, count, weights, stride } = taps;
  const sums = new Float64Array(first.length * channels);
  for (let x = 0; x < first.length; x++) {
    for (let k = 0; k < count[x]!; k++) {
      const weight = weights[x * stride + k]!;
      const from = offset + (first[x]! + k) * channels;
      for (let c = 0; c < channels; c++)
        sums[x * channels + c] = sums[x * channels + c]! + data[from + c]! * weight;
    }
  }
  return sums;
}

function boxMeans(
  data: Float64Array,
  width: number,
  channels: number,
  cellWidth: number,
  cellHeight: number,
  outWidth: number,
  outHeight: number,
): Float64Array {
  const result = new Float64Array(outWidth * outHeight * channels);
  const scale = Math.fround(1 / (cellWidth * cellHeight));
  for (let y = 0, at = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      for (let c = 0; c < channels; c++, at++) {
        let sum = 0;
        for (let dy = 0; dy < cellHeight; dy++) {
          let from = ((y * cellHeight + dy) * width + x * cellWidth) * channels + c;
          for (let dx = 0; dx < cellWidth; dx++, from += channels) sum += data[from]!;
        }
        result[at] = sum * scale;
      }
    }
  }
  return result;
}
