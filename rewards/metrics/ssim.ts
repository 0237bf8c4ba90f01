import { channelPlane, type PixelImage, type Plane, sameSize } from "./image/pixel-image.js";
import type { SsimConstants } from "./ssim-constants.js";
import { gaussianSsim } from "./ssim-gaussian.js";
import { uniformSsim } from "./ssim-uniform.js";

/** The options of scikit-image's `structural_similarity`, with its defaults. */
export interface SsimOptions {
  /** Span of the sample values: 255 for bytes, 1 for fractions. Above 0. */
  readonly dataRange: number;
  /** Weights of a window: all equal, or a Gaussian as Wang et al. 2004 have it. Default `uniform`. */
  readonly window?: "uniform" | "gaussian";
  /** Odd side of the window in pixels. Default 7, or the full extent of the Gaussian (11 for sigma 1.5). */
  readonly windowSize?: number;
  /** Standard deviation of the Gaussian in pixels. Default 1.5. */
  readonly sigma?: number;
  /** Divide covariances by N - 1 instead of N. Default true. */
  readonly useSampleCovariance?: boolean;
  readonly k1?: number;
  readonly k2?: number;
}

/** Where scikit-image cuts its Gaussian, in standard deviations. */
export const GAUSSIAN_TRUNCATE = 3.5;

/**
 * The mean structural similarity of two planes, bit for bit what scikit-image computes in float64 (running-sum uniform
 * filter, mirrored borders, mean over the windows that lie inside). At most 1; below 0 for inverted structure.
 * Null when the sizes differ or a side is shorter than the window: then it is not defined.
 * Throws a RangeError for options that make no sense.
 *
 * @example
 * planeSsim(a, b, { dataRange: 255 });
 */
export function planeSsim(a: Plane, b: Plane, options: SsimOptions): number | null {
  const {
    dataRange,
    window = "uniform",
    sigma = 1.5,
    useSampleCovariance = true,
    k1 = 0.01,
    k2 = 0.03,
  } = options;
  const radius = Math.trunc(GAUSSIAN_TRUNCATE * sigma + 0.5);
  const windowSize = options.windowSize ?? (window === "gaussian" ? 2 * radius + 1 : 7);
  if (!(dataRange > 0 && k1 > 0 && k2 > 0 && sigma > 0)) {
    throw new RangeError(
      `Expected a data range, k1, k2 and sigma above 0, but got ${dataRange}, ${k1}, ${k2} and ${sigma}.`,
    );
  }
  if (!Number.isInteger(windowSize) || windowSize < 3 || windowSize % 2 === 0) {
    throw new RangeError(`Expected an odd window of at least 3 pixels, but got ${windowSize}.`);
  }
  if (a.width !== b.width || a.height !== b.height) return null;
  if (a.width < windowSize || a.height < windowSize) return null;
  const count = windowSize * windowSize;
  const constants: SsimConstants = {
    windowSize,
    covarianceNorm: useSampleCovariance ? count / (count - 1) : 1,
    c1: (k1 * dataRange) ** 2,
    c2: (k2 * dataRange) ** 2,
  };
  return window === "gaussian" ? gaussianSsim(a, b, sigma, radius, constants) : uniformSsim(a, b, constants);
}

/** The mean of `planeSsim` over several channels; null when it is null for one. */
export function channelsSsim(a: readonly Plane[], b: readonly Plane[], options: SsimOptions): number | null {
  let sum = 0;
  for (let channel = 0; channel < a.length; channel++) {
    const other = b[channel];
    const value = other ? planeSsim(a[channel] as Plane, other, options) : null;
    if (value === null) return null;
    sum += value;
  }
  return a.length === 0 ? null : sum / a.length;
}

/** SSIM of the three colour channels of two byte images, averaged (`channel_axis=-1`). The data range is 255. */
export function imageSsim(
  a: PixelImage,
  b: PixelImage,
  options: Omit<SsimOptions, "dataRange"> = {},
): number | null {
  if (!sameSize(a, b)) return null;
  const planes = (image: PixelImage) => ([0, 1, 2] as const).map((channel) => channelPlane(image, channel));
  return channelsSsim(planes(a), planes(b), { ...options, dataRange: 255 });
}
