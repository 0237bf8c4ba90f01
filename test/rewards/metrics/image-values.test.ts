import { readFileSync } from "node:fs";
import { expect } from "chai";
import { contrastSimilarity, grayDeviation } from "../../../rewards/metrics/contrast.js";
import {
  differenceHash,
  hammingDistance,
  hashToHex,
  withoutDuplicates,
} from "../../../rewards/metrics/dhash.js";
import {
  channelPlane,
  type PixelImage,
  type Plane,
  solidImage,
} from "../../../rewards/metrics/image/index.js";
import { boxIoU, layoutIoU } from "../../../rewards/metrics/layout-iou.js";
import { oklab, oklabDistance } from "../../../rewards/metrics/oklab.js";
import { paletteSimilarity } from "../../../rewards/metrics/palette.js";
import { polaritySimilarity } from "../../../rewards/metrics/polarity.js";
import { channelsSsim, imageSsim, planeSsim } from "../../../rewards/metrics/ssim.js";
import { lcgBytes, lcgImage } from "../image/support.js";

interface Case {
  readonly kind: string;
  readonly given: never;
  readonly expected: number | string;
}

/** Computed by OpenCV, NumPy, scikit-image and scikit-learn, see image-values.py beside the file. */
const CASES = readFileSync("test/fixtures/ports/image-values.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case)
  .filter(({ kind }) => kind.startsWith("metric: "));

interface Options {
  readonly win_size?: number;
  readonly gaussian_weights?: boolean;
  readonly sigma?: number;
  readonly use_sample_covariance?: boolean;
  readonly K1?: number;
  readonly K2?: number;
}

function ssim([first, second, width, height, options]: [number, number, number, number, Options]) {
  const a = channelPlane(lcgImage(first, width, height), 0);
  const other = channelPlane(lcgImage(second, width, height), 0);
  const data = a.data.map((value, at) => Math.floor((value * 3 + other.data[at]!) / 4));
  return planeSsim(
    a,
    { ...a, data },
    {
      dataRange: 255,
      window: options.gaussian_weights ? "gaussian" : "uniform",
      ...(options.win_size === undefined ? {} : { windowSize: options.win_size }),
      ...(options.sigma === undefined ? {} : { sigma: options.sigma }),
      ...(options.K1 === undefined ? {} : { k1: options.K1 }),
      ...(options.K2 === undefined ? {} : { k2: options.K2 }),
      useSampleCovariance: options.use_sample_covariance ?? true,
    },
  );
}

type Shape = [seed: number, width: number, height: number];
type Pair = [first: number, second: number, width: number, height: number];
const ofPair =
  (metric: (a: PixelImage, b: PixelImage) => number) =>
  ([first, second, width, height]: Pair) =>
    metric(lcgImage(first, width, height), lcgImage(second, width, height));

const METRICS: Readonly<Record<string, (given: never) => number | string | null>> = {
  "metric: deviation of gray": (shape: Shape) => grayDeviation(lcgImage(...shape)),
  "metric: difference hash": (shape: Shape) => differenceHash(lcgImage(...shape)).join(""),
  "metric: polarity": ofPair(polaritySimilarity),
  "metric: palette": ofPair(paletteSimilarity),
  "metric: ssim": ssim,
};

describe("metrics by image libraries", () => {
  for (const [kind, metric] of Object.entries(METRICS))
    it(`have their values: ${kind.slice(8)}`, () => {
      const own = CASES.filter((each) => each.kind === kind);
      expect(own.length).to.be.above(3);
      for (const { given, expected } of own) {
        const value = metric(given);
        if (typeof expected === "string") expect(value, JSON.stringify(given)).to.equal(expected);
        else
          expect(value, JSON.stringify(given)).to.be.closeTo(
            expected,
            kind === "metric: ssim" ? 1e-12 : 1e-6,
          );
      }
    });

  it("have no case without a metric", () => {
    expect(CASES.filter(({ kind }) => !METRICS[kind])).to.deep.equal([]);
  });
});

describe("planeSsim", () => {
  const plane = (width: number, height: number, seed = 1): Plane => ({
    width,
    height,
    data: Float64Array.from(lcgBytes(seed, width * height)),
  });

  it("is null where no window fits or the sizes differ", () => {
    const options = { dataRange: 255 };
    expect(planeSsim(plane(6, 9), plane(6, 9), options)).to.equal(null);
    expect(planeSsim(plane(9, 6), plane(9, 6), options)).to.equal(null);
    expect(planeSsim(plane(7, 7), plane(7, 7), options)).to.equal(1);
    expect(planeSsim(plane(8, 9), plane(9, 8), options)).to.equal(null);
    expect(planeSsim(plane(8, 9), plane(8, 8), options)).to.equal(null);
    expect(planeSsim(plane(10, 12), plane(10, 12), { ...options, window: "gaussian" })).to.equal(null);
    expect(planeSsim(plane(11, 11), plane(11, 11), { ...options, window: "gaussian" })).to.equal(1);
  });

  it("refuses options that make no sense", () => {
    const a = plane(9, 9);
    for (const wrong of [
      { dataRange: 0 },
      { dataRange: 255, k1: 0 },
      { dataRange: 255, k2: 0 },
      { dataRange: 255, sigma: 0 },
    ])
      expect(() => planeSsim(a, a, wrong), JSON.stringify(wrong)).to.throw(RangeError, "above 0, but got");
    for (const windowSize of [1, 2, 4, 3.5])
      expect(() => planeSsim(a, a, { dataRange: 255, windowSize })).to.throw(
        RangeError,
        `Expected an odd window of at least 3 pixels, but got ${windowSize}.`,
      );
  });

  it("is averaged over channels, all of which must have one", () => {
    const [a, b, c] = [plane(9, 9, 1), plane(9, 9, 2), plane(9, 9, 3)];
    const options = { dataRange: 255 };
    const [first, second] = [planeSsim(a, b, options)!, planeSsim(b, c, options)!];
    expect(channelsSsim([a, b], [b, c], options)).to.be.closeTo((first + second) / 2, 1e-12);
    expect(channelsSsim([a, b], [b], options)).to.equal(null);
    expect(channelsSsim([], [], options)).to.equal(null);
    expect(imageSsim(solidImage(9, 9, [0, 0, 0]), solidImage(9, 10, [0, 0, 0]))).to.equal(null);
  });
});

describe("contrast and palette of images without contrast or pixels", () => {
  const empty = { width: 0, height: 0, data: new Uint8Array(0) };
  const flat = solidImage(4, 4, [9, 9, 9]);
  const halves = solidImage(4, 4, [0, 0, 0]);
  halves.data.fill(255, 32);

  it("are the best for their like", () => {
    expect(grayDeviation(empty)).to.equal(0);
    expect(grayDeviation(halves)).to.equal(127.5);
    expect(contrastSimilarity(flat, empty)).to.equal(1);
    expect(contrastSimilarity(flat, halves)).to.equal(0);
    const fainter = solidImage(4, 4, [0, 0, 0]);
    fainter.data.fill(51, 32);
    expect(contrastSimilarity(halves, fainter)).to.be.closeTo(0.2, 1e-12);
    expect(contrastSimilarity(fainter, halves)).to.be.closeTo(0.2, 1e-12);
    expect(paletteSimilarity(empty, empty)).to.equal(1);
    expect(paletteSimilarity(empty, flat)).to.equal(0);
    expect(polaritySimilarity(empty, flat)).to.equal(1);
    expect(polaritySimilarity(flat, flat)).to.be.closeTo(1, 1e-9);
    expect(polaritySimilarity(flat, solidImage(2, 2, [90, 90, 90]))).to.equal(0);
  });
});

describe("difference hashes", () => {
  const bits = (text: string) => Uint8Array.from(text, Number);

  it("are written as hexadecimal digits", () => {
    expect(hashToHex(bits("0001001001001000111110100000"))).to.equal("1248fa0");
    expect(hashToHex(bits("101"))).to.equal("a");
    expect(hashToHex(bits(""))).to.equal("");
  });

  it("differ by places, those of one alone among them", () => {
    expect(hammingDistance(bits("0110"), bits("0011"))).to.equal(2);
    expect(hammingDistance(bits("0110"), bits("01"))).to.equal(2);
    expect(hammingDistance(bits("1"), bits("0111"))).to.equal(4);
    expect(hammingDistance(bits(""), bits(""))).to.equal(0);
  });

  it("that share a band and are near are duplicates of the first", () => {
    const zeros = "0".repeat(16);
    const near = `11${"0".repeat(14)}`;
    const far = `1111${"0".repeat(12)}`;
    // Threshold 4 over 16 bits: 4 bands of 4 bits.
    expect(withoutDuplicates([zeros, near, far, zeros].map(bits), 4)).to.deep.equal([0, 2]);
    expect(withoutDuplicates([zeros, near].map(bits), 2)).to.deep.equal([0, 1]);
    expect(withoutDuplicates([zeros, near].map(bits), 3)).to.deep.equal([0]);
    // One difference in each of two bands of 8: near enough, but no band is shared.
    const spread = `10000000${"10000000"}`;
    expect(withoutDuplicates([zeros, spread].map(bits), 8)).to.deep.equal([0, 1]);
    expect(withoutDuplicates([zeros, spread].map(bits), 100)).to.deep.equal([0, 1]);
    expect(withoutDuplicates([zeros, zeros].map(bits), 100)).to.deep.equal([0]);
    expect(withoutDuplicates([zeros, zeros].map(bits), 0)).to.deep.equal([0, 1]);
    expect(withoutDuplicates([])).to.deep.equal([]);
    // A third finds the second in a bucket that the first opened.
    expect(withoutDuplicates([zeros, "0000111100001111", "0000111100001110"].map(bits), 4)).to.deep.equal([
      0, 1,
    ]);
  });
});

describe("boxes", () => {
  const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

  it("overlap by their share of both", () => {
    expect(boxIoU(box(0, 0, 4, 4), box(2, 1, 4, 4))).to.equal(6 / 26);
    expect(boxIoU(box(2, 1, 4, 4), box(0, 0, 4, 4))).to.equal(6 / 26);
    expect(boxIoU(box(0, 0, 4, 4), box(4, 0, 4, 4))).to.equal(0);
    expect(boxIoU(box(0, 0, 2, 2), box(5, 5, 2, 2))).to.equal(0);
    expect(boxIoU(box(1, 1, 0, 0), box(1, 1, 0, 0))).to.equal(0);
    expect(boxIoU(box(0, 0, 10, 2), box(2, 0, 2, 2))).to.equal(4 / 20);
    expect(boxIoU(box(0, 0, Number.POSITIVE_INFINITY, 1), box(0, 0, 1, 1))).to.equal(0);
  });

  it("are paired for the largest mean", () => {
    const [a, b] = [box(0, 0, 4, 4), box(2, 1, 4, 4)];
    expect(layoutIoU([a, b], [b, a])).to.equal(1);
    expect(layoutIoU([a], [b])).to.equal(6 / 26);
    expect(layoutIoU([a, b, box(50, 50, 1, 1)], [a], { over: "larger" })).to.be.closeTo(1 / 3, 1e-12);
    expect(layoutIoU([a], [a, b, box(50, 50, 1, 1)], { over: "larger" })).to.be.closeTo(1 / 3, 1e-12);
    expect(layoutIoU([], [a])).to.equal(0);
    expect(layoutIoU([a], [])).to.equal(0);
    expect(layoutIoU([], [])).to.equal(0);
  });
});

describe("OKLab", () => {
  it("has the values that CSS Color 4 gives for sRGB's corners", () => {
    // https://www.w3.org/TR/css-color-4/, and the table of Ottosson's article, to five digits.
    const known = new Map<readonly [number, number, number], readonly [number, number, number]>([
      [
        [255, 0, 0],
        [0.62796, 0.22486, 0.12585],
      ],
      [
        [0, 255, 0],
        [0.86644, -0.23389, 0.1795],
      ],
      [
        [0, 0, 255],
        [0.45201, -0.03246, -0.31153],
      ],
      [
        [255, 255, 255],
        [1, 0, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [127.6, 128.4, 128],
        [0.59987, 0, 0],
      ],
      [
        [9, 9, 9],
        [0.13978, 0, 0],
      ],
    ]);
    for (const [rgb, expected] of known)
      for (const [i, value] of oklab(...rgb).entries())
        expect(value, `${rgb} ${i}`).to.be.closeTo(expected[i]!, 3e-5);
  });

  it("has Euclidean distances", () => {
    expect(oklabDistance([0.1, 0.2, 0.3], [0.3, 0.5, 0.9])).to.be.closeTo(0.7, 1e-12);
  });
});
