import { readFileSync } from "node:fs";
import { expect } from "chai";
import {
  ciede2000,
  type GrayMethod,
  grayscale,
  type Lab,
  type ResizeFilter,
  type Rgb,
  resize,
  rgbToLab,
} from "../../../../rewards/metrics/image/index.js";
import { imageFromRows } from "../../../../rewards/metrics/image/pixel-image.js";
import { costMatrix, linearSumAssignment } from "../../../../rewards/metrics/ports/assignment.js";
import { type KMeansOptions, kMeans } from "../../../../rewards/metrics/ports/kmeans.js";
import type { WeightedPoints } from "../../../../rewards/metrics/ports/kmeans-seeding.js";
import { canny } from "../../../../rewards/metrics/ports/opencv/canny.js";
import { connectedComponents, dilate3x3 } from "../../../../rewards/metrics/ports/opencv/components.js";
import { toLab8 } from "../../../../rewards/metrics/ports/opencv/lab8.js";
import { resizeArea } from "../../../../rewards/metrics/ports/opencv/resize-area.js";
import { resizeLinearBytes } from "../../../../rewards/metrics/ports/opencv/resize-linear.js";
import { colors, lcgBytes, lcgImage } from "../../image/support.js";

interface Case {
  readonly kind: string;
  readonly given: unknown;
  readonly expected: unknown;
}

/** Computed by OpenCV, Pillow, scikit-image, scikit-learn, SciPy and python-colormath, see image-values.py beside the file. */
const CASES = readFileSync("test/fixtures/ports/image-values.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

/** Soft shapes with hard edges, the same as the fixture's. */
function lumps(seed: number, width: number, height: number): Uint8Array {
  const blocks = lcgBytes(seed, 400);
  const rough = (x: number, y: number) =>
    blocks[
      Math.floor(Math.min(Math.max(y, 0), height - 1) / 4) * 20 +
        Math.floor(Math.min(Math.max(x, 0), width - 1) / 4)
    ]!;
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (rough(x, y) < 128) return rough(x, y);
    let sum = 0;
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) sum += rough(x + dx, y + dy);
    return Math.floor(sum / 9);
  });
}

const bits = (edges: Uint8Array) => Array.from(edges, (value) => ({ 0: "0", 255: "1" })[value]).join("");
const mask = (seed: number, size: number, below: number) =>
  Uint8Array.from(lcgBytes(seed, size), (byte) => (byte < below ? 1 : 0));

function pointsOf(values: readonly number[]): WeightedPoints {
  const index = new Map<string, number>();
  const points: number[] = [];
  const counts: number[] = [];
  const samples = Uint32Array.from({ length: values.length / 3 }, (_, i) => {
    const point = values.slice(3 * i, 3 * i + 3);
    const known = index.get(point.join()) ?? index.size;
    if (known === index.size) {
      index.set(point.join(), known);
      points.push(...point);
      counts.push(0);
    }
    counts[known] = counts[known]! + 1;
    return known;
  });
  return { points: Float64Array.from(points), counts: Int32Array.from(counts), samples };
}

const exactly: Readonly<Record<string, (given: never) => unknown>> = {
  canny: ([seed, w, h, low, high]: [number, number, number, number, number]) =>
    bits(canny(lumps(seed, w, h), w, h, low, high)),
  "canny of noise": ([seed, w, h, low, high]: [number, number, number, number, number]) =>
    bits(canny(Uint8Array.from(lcgBytes(seed, w * h)), w, h, low, high)),
  components: ([seed, w, h, below]: [number, number, number, number]) => {
    const { labels, components } = connectedComponents(mask(seed, w * h, below), w, h);
    return {
      labels: [...labels],
      components: components.map(({ x, y, width, height, area }) => [x, y, width, height, area]),
    };
  },
  dilate: ([seed, w, h]: [number, number, number]) => [
    ...dilate3x3(Uint8Array.from(lcgBytes(seed, w * h)), w, h),
  ],
  lab8: (colors: number[][]) => [...toLab8(imageFromRows([colors]))],
  linear: ([seed, w, h, channels, outW, outH]: [number, number, number, number, number, number]) => [
    ...resizeLinearBytes(Uint8Array.from(lcgBytes(seed, w * h * channels)), w, h, channels, outW, outH),
  ],
  pillow: ([filter, seed, w, h, outW, outH]: [ResizeFilter, number, number, number, number, number]) =>
    colors(resize(lcgImage(seed, w, h), outW, outH, filter)),
  gray: ([method, seed, w, h]: [GrayMethod, number, number, number]) => [
    ...grayscale(lcgImage(seed, w, h), method),
  ],
  assignment: ([seed, rows, columns, values]: [number, number, number, number]) => {
    const bytes = lcgBytes(seed, rows * columns).map((byte) => byte % values);
    const matrix = Array.from({ length: rows }, (_, i) => bytes.slice(i * columns, (i + 1) * columns));
    const found = linearSumAssignment(costMatrix(matrix));
    return [found.rows, found.columns];
  },
};

const closely: Readonly<Record<string, (given: never) => number[]>> = {
  area: ([seed, w, h, channels, outW, outH]: [number, number, number, number, number, number]) => [
    ...resizeArea(
      Float64Array.from(lcgBytes(seed, w * h * channels), (byte) => byte / 255),
      w,
      h,
      channels,
      outW,
      outH,
    ),
  ],
  "lab skimage": (colors: Rgb[]) => colors.flatMap((color) => rgbToLab(color, "skimage")),
  "lab colormath": (colors: Rgb[]) => colors.flatMap((color) => rgbToLab(color)),
  ciede2000: (pairs: [Lab, Lab][]) => pairs.map(([a, b]) => ciede2000(a, b)),
};

const clustering: Readonly<Record<string, (given: never) => ReturnType<typeof kMeans>>> = {
  kmeans: ([seed, samples, clusters, values]: [number, number, number, number]) =>
    kMeans(pointsOf(lcgBytes(seed, samples * 3).map((byte) => byte % values)), { clusters }),
  "kmeans of options": ([seed, samples, clusters, options]: [
    number,
    number,
    number,
    { n_init: number; max_iter?: number; tol?: number; random_state?: number },
  ]) => {
    const { n_init: restarts, max_iter: maxSteps, tol: tolerance, random_state: seed_ } = options;
    const all: KMeansOptions = {
      clusters,
      restarts,
      ...(maxSteps === undefined ? {} : { maxSteps }),
      ...(tolerance === undefined ? {} : { tolerance }),
      ...(seed_ === undefined ? {} : { seed: seed_ }),
    };
    return kMeans(pointsOf(lcgBytes(seed, samples * 3)), all);
  },
};

const casesOf = (kind: string) => {
  const own = CASES.filter((each) => each.kind === kind);
  expect(own).to.have.lengthOf.at.least(1);
  return own;
};

describe("ports of image libraries", () => {
  for (const [kind, port] of Object.entries(exactly))
    it(`give their values: ${kind}`, () => {
      for (const { given, expected } of casesOf(kind))
        expect(port(given as never), JSON.stringify(given)).to.deep.equal(expected);
    });

  for (const [kind, port] of Object.entries(closely))
    it(`give their values within 1e-6: ${kind}`, () => {
      for (const { given, expected } of casesOf(kind)) {
        const values = port(given as never);
        expect(values).to.have.length((expected as number[]).length);
        for (const [i, value] of (expected as number[]).entries())
          expect(values[i], `${JSON.stringify(given)}, ${i}`).to.be.closeTo(value, 1e-6);
      }
    });

  for (const [kind, port] of Object.entries(clustering))
    it(`find their clusters: ${kind}`, () => {
      for (const { given, expected } of casesOf(kind)) {
        const { centers, sizes, inertia } = expected as {
          centers?: number[];
          sizes: number[];
          inertia: number;
        };
        const found = port(given as never);
        const name = JSON.stringify(given);
        expect([...found.sizes], name).to.deep.equal(sizes);
        expect(found.inertia, name).to.be.closeTo(inertia, 1e-6 * inertia);
        for (const [i, value] of (centers ?? []).entries())
          expect(found.centers[i], name).to.be.closeTo(value, 1e-9 * Math.abs(value) + 1e-9);
      }
    });

  it("have no case without a port", () => {
    const ports = { ...exactly, ...closely, ...clustering };
    expect(CASES.filter(({ kind }) => !kind.startsWith("metric: ") && !ports[kind])).to.deep.equal([]);
  });
});
