import { expect } from "chai";
import fc from "fast-check";
import { contrastSimilarity } from "../../../rewards/metrics/contrast.js";
import {
  differenceHash,
  hammingDistance,
  hashToHex,
  withoutDuplicates,
} from "../../../rewards/metrics/dhash.js";
import { type PixelImage, solidImage } from "../../../rewards/metrics/image/index.js";
import { layoutIoU } from "../../../rewards/metrics/layout-iou.js";
import { dominantColors, paletteSimilarity } from "../../../rewards/metrics/palette.js";
import { polaritySimilarity } from "../../../rewards/metrics/polarity.js";
import { assign } from "../../../rewards/metrics/ports/assignment.js";
import {
  mersenneTwister,
  pythonSample,
  pythonShuffle,
} from "../../../rewards/metrics/ports/mersenne-twister.js";
import { evaluatePair, flattenScores, geometryScore } from "../../../rewards/metrics/widget2code/index.js";
import { widgetSsim } from "../../../rewards/systems/widgetanchor/released/programmatic.js";
import { anyImage } from "./arbitrary.js";

const SIMILARITIES: Record<string, (a: PixelImage, b: PixelImage) => number> = {
  palette: paletteSimilarity,
  contrast: contrastSimilarity,
  polarity: polaritySimilarity,
  geometry: geometryScore,
};

describe("WidgetAnchor's image metrics", () => {
  for (const [name, similarity] of Object.entries(SIMILARITIES)) {
    it(`${name}: 0 to 1, symmetric, 1 for equal images, for any images`, () => {
      fc.assert(
        fc.property(anyImage(), anyImage(), (a, b) => {
          const value = similarity(a, b);
          expect(value).to.be.within(0, 1);
          expect(similarity(b, a)).to.be.closeTo(value, 1e-9);
          expect(similarity(a, a)).to.be.closeTo(1, 1e-9);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("SSIM is null below 7 pixels, else at most 1 and 1 for equal images", () => {
    fc.assert(
      fc.property(anyImage(), anyImage(), (a, b) => {
        const value = widgetSsim(a, b);
        const small = Math.min(a.width, b.width, a.height, b.height) < 7;
        if (small) expect(value).to.equal(null);
        else expect(value).to.be.within(-1, 1);
        const same = widgetSsim(a, a);
        if (same !== null) expect(same).to.be.closeTo(1, 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it("finds five colours exactly, and repeats the largest when there are fewer", () => {
    const image = solidImage(10, 10, [255, 255, 255]);
    image.data.fill(0, 0, 40);
    for (let i = 3; i < 40; i += 4) image.data[i] = 255;
    const { centers, sizes, inertia } = dominantColors(image);
    expect([...sizes].sort((a, b) => b - a)).to.deep.equal([90, 10, 0, 0, 0]);
    expect([...centers].filter((value) => value === 255).length).to.equal(4);
    expect(inertia).to.equal(0);
  });

  it("tells black from white in the palette, and not in the contrast of flat images", () => {
    const [black, white] = [solidImage(9, 9, [0, 0, 0]), solidImage(9, 9, [255, 255, 255])];
    expect(paletteSimilarity(black, white)).to.equal(0);
    expect(contrastSimilarity(black, white)).to.equal(1);
    expect(polaritySimilarity(black, white)).to.equal(0);
  });

  it("hashes flat images alike and keeps one of near duplicates", () => {
    const flat = differenceHash(solidImage(40, 30, [9, 9, 9]));
    expect(hashToHex(flat)).to.equal("0".repeat(64));
    const ramp = solidImage(34, 32, [0, 0, 0]);
    for (let i = 0; i < ramp.data.length; i++) if (i % 4 < 3) ramp.data[i] = 7 * ((i >> 2) % 34);
    const rising = differenceHash(ramp);
    expect(hammingDistance(flat, rising)).to.equal(256);
    expect(withoutDuplicates([flat, flat, rising, flat])).to.deep.equal([0, 2]);
  });
});

describe("layoutIoU", () => {
  const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

  it("pairs boxes for the largest overlap", () => {
    const reference = [box(0, 0, 10, 10), box(100, 0, 10, 10)];
    expect(layoutIoU(reference, [box(100, 0, 10, 10), box(0, 0, 10, 10)])).to.equal(1);
    expect(layoutIoU(reference, [box(0, 0, 10, 10)])).to.equal(1);
    expect(layoutIoU(reference, [box(0, 0, 10, 10)], { over: "larger" })).to.equal(0.5);
    expect(layoutIoU(reference, [])).to.equal(0);
    expect(layoutIoU([box(0, 0, 10, 10)], [box(0, 5, 10, 10)])).to.be.closeTo(1 / 3, 1e-12);
  });

  it("is 0 to 1 for any boxes, NaN included", () => {
    const number = fc.double();
    const boxes = fc.array(fc.record({ x: number, y: number, width: number, height: number }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        expect(layoutIoU(a, b)).to.be.within(0, 1);
      }),
    );
  });
});

describe("assign", () => {
  it("finds the least total cost", () => {
    const cost = fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 4 }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(cost, (matrix) => {
        const pairs = assign(3, 4, (row, column) => matrix[row]![column]!);
        const total = pairs.reduce((sum, { row, column }) => sum + matrix[row]![column]!, 0);
        let least = Number.POSITIVE_INFINITY;
        for (let a = 0; a < 4; a++)
          for (let b = 0; b < 4; b++)
            for (let c = 0; c < 4; c++)
              if (new Set([a, b, c]).size === 3)
                least = Math.min(least, matrix[0]![a]! + matrix[1]![b]! + matrix[2]![c]!);
        expect(total).to.equal(least);
        expect(assign(4, 3, (row, column) => matrix[column]![row]!)).to.have.length(3);
      }),
    );
  });
});

describe("mersenneTwister", () => {
  it("draws what CPython and NumPy draw", () => {
    expect(pythonSample(20, 5, mersenneTwister(42, "cpython"))).to.deep.equal([3, 0, 8, 7, 16]);
    expect(pythonShuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], mersenneTwister(42, "cpython"))).to.deep.equal([
      7, 3, 2, 8, 5, 6, 9, 4, 0, 1,
    ]);
    expect(mersenneTwister(0, "numpy").double()).to.equal(0.5488135039273248);
    expect(mersenneTwister(0, "numpy").randint(480_000)).to.equal(461484);
  });
});

describe("the Widget2Code benchmark", () => {
  it("gives the best scores to equal images, and numbers to any two", () => {
    fc.assert(
      fc.property(anyImage(), anyImage(), (a, b) => {
        const scores = flattenScores(
          evaluatePair(a, b, { lpips: 0.2, text: { target: [], prediction: [] } }),
        );
        for (const [name, value] of Object.entries(scores)) {
          if (name === "ssim" && value === null) continue;
          expect(value, name).to.be.within(0, name === "ssim" || name === "lp" ? 1 : 100);
        }
        const same = flattenScores(evaluatePair(a, a));
        expect(same.geo_score).to.be.closeTo(100, 1e-9);
        expect(same.MarginAsymmetry).to.equal(100);
        expect(same.PaletteDistance).to.equal(100);
        expect(same.Vibrancy).to.equal(100);
        expect(same.ContrastDiff).to.equal(100);
        expect([same.lp, same.TextJaccard, same.ContrastLocalDiff]).to.deep.equal([null, null, null]);
      }),
      { numRuns: 60 },
    );
  });

  it("scores the same aspect at twice the size 60.625", () => {
    expect(100 * geometryScore({ width: 128, height: 96 }, { width: 256, height: 192 })).to.be.closeTo(
      60.625,
      1e-9,
    );
  });
});
