/** The resampling filters of Pillow, by name. */
export type ResizeFilter = "box" | "bilinear" | "hamming" | "bicubic" | "lanczos";

interface Kernel {
  /** Half of the width of the filter at scale 1, in source pixels. */
  readonly support: number;
  readonly weight: (distance: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

const A = -0.5;

function bicubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
}

function hamming(distance: number): number {
  const x = Math.abs(distance);
  if (x === 0) return 1;
  return x >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(x * Math.PI));
}

const KERNELS: Readonly<Record<ResizeFilter, Kernel>> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: { support: 1, weight: hamming },
  bicubic: { support: 2, weight: bicubic },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** For each output index: which source samples count and how much, in fixed point. */
export interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `out * stride` weights, scaled by 2^22. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** Bits after the point of a weight; eight are left for the sample and two for overshoot. */
export const PRECISION_BITS = 22;

/** The weights that bring a line of `size` samples to `out` samples (Pillow, `precompute_coeffs`). */
export function resizeTaps(size: number, out: number, filter: ResizeFilter): Taps {
  const kernel = KERNELS[filter];
  const scale = size / out;
  const filterScale = Math.max(scale, 1);
  const support = kernel.support * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(out);
  const count = new Int32Array(out);
  const weights = new Int32Array(out * stride);
  const line = new Float64Array(stride);
  const inverse = 1 / filterScale;
  for (let i = 0; i < out; i++) {
    const center = (i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(center - support + 0.5));
    const taps = Math.min(size, Math.trunc(center + support + 0.5)) - from;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const weight = kernel.weight((k + from - center + 0.5) * inverse);
      line[k] = weight;
      sum += weight;
    }
    for (let k = 0; k < taps; k++) {
      const weight = (sum === 0 ? line[k]! : line[k]! / sum) * 2 ** PRECISION_BITS;
      weights[i * stride + k] = Math.trunc(weight + (weight < 0 ? -0.5 : 0.5));
    }
    first[i] = from;
    count[i] = taps;
  }
  return { first, count, weights, stride };
}
