import { expect } from "chai";
import fc from "fast-check";
import { contrastSimilarity } from "../../../rewards/metrics/contrast.js";
import { differenceHash, hammingDistance } from "../../../rewards/metrics/dhash.js";
import {
  cropTopLeft,
  dropAlpha,
  type PixelImage,
  resize,
  solidImage,
} from "../../../rewards/metrics/image/index.js";
import { paletteSimilarity } from "../../../rewards/metrics/palette.js";
import { polaritySimilarity } from "../../../rewards/metrics/polarity.js";
import { resizeLinear } from "../../../rewards/metrics/ports/opencv/resize-linear.js";
import { imageSsim } from "../../../rewards/metrics/ssim.js";
import { flattenScores } from "../../../rewards/metrics/widget2code/aggregate.js";
import { benchmarkScores } from "../../../rewards/metrics/widget2code/composite.js";
import { measurePair } from "../../../rewards/metrics/widget2code/evaluate.js";
import { geometryScore } from "../../../rewards/metrics/widget2code/geometry.js";
import {
  colorReward,
  contentFactor,
  pixelLikeness,
  ssimReward,
} from "../../../rewards/systems/vcoder/openenv-images.js";
import { visualFidelity } from "../../../rewards/systems/vcoder/visual-fidelity.js";
import { widgetSsim } from "../../../rewards/systems/widgetanchor/released/programmatic.js";
import { anyPicture } from "./arbitrary.js";

interface ImageMetric {
  readonly measure: (a: PixelImage, b: PixelImage) => number | null;
  readonly least: number;
  /** How far apart the two orders of a pair may be; null for a metric that is not symmetric. */
  readonly symmetric: number | null;
  /** Whether an image of any size must score 1 against itself; a null is never taken for a 1. */
  readonly identity?: boolean;
}

const METRICS: Readonly<Record<string, ImageMetric>> = {
  "SSIM, uniform": { measure: (a, b) => imageSsim(a, b), least: -1, symmetric: 1e-12 },
  "SSIM, Gaussian": {
    measure: (a, b) => imageSsim(a, b, { window: "gaussian" }),
    least: -1,
    symmetric: 1e-12,
  },
  "SSIM of WidgetAnchor": { measure: widgetSsim, least: -1, symmetric: null },
  palette: { measure: paletteSimilarity, least: 0, symmetric: 1e-9, identity: true },
  contrast: { measure: contrastSimilarity, least: 0, symmetric: 0, identity: true },
  polarity: { measure: polaritySimilarity, least: 0, symmetric: 1e-12, identity: true },
  "OpenEnv colour": { measure: colorReward, least: 0, symmetric: null, identity: true },
  "OpenEnv SSIM": { measure: ssimReward, least: 0, symmetric: null, identity: true },
  "OpenEnv pixels": { measure: pixelLikeness, least: 0, symmetric: null, identity: true },
  "OpenEnv content": { measure: contentFactor, least: 0, symmetric: null, identity: true },
  "Widget2Code geometry": { measure: geometryScore, least: 0, symmetric: 1e-12, identity: true },
};

describe("image metrics, whatever the images", function () {
  this.timeout(60_000);

  for (const [name, { measure, least, symmetric, identity = false }] of Object.entries(METRICS)) {
    it(`${name} is null or within ${least}..1, ${symmetric === null ? "" : "symmetric, "}1 for an image and itself`, () => {
      fc.assert(
        fc.property(anyPicture, anyPicture, (a, b) => {
          const value = measure(a, b);
          if (value !== null) expect(value).to.be.within(least - 1e-9, 1 + 1e-9);
          const back = symmetric === null ? null : measure(b, a);
          if (symmetric !== null)
            if (value === null) expect(back).to.equal(null);
            else expect(back).to.be.closeTo(value, symmetric);
          const same = measure(a, { ...a, data: a.data.slice() });
          if (identity) expect(same).to.be.closeTo(1, 1e-9);
          else if (same !== null) expect(same).to.be.closeTo(1, 1e-9);
        }),
        { numRuns: 25 },
      );
    });
  }

  it("VCoder's pixel fidelity is finite", () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (a, b) => {
        for (const value of Object.values(visualFidelity(a, b)).filter((each) => each !== null))
          expect(Number.isFinite(value)).to.equal(true);
      }),
      { numRuns: 6 },
    );
  });

  it("the Widget2Code benchmark has twelve scores, null or within 0..100, as high as can be for equal images", () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (a, b) => {
        const scores = (x: PixelImage, y: PixelImage) =>
          Object.entries(flattenScores(benchmarkScores(measurePair(x, y))));
        for (const [metric, value] of scores(a, b))
          if (value !== null) expect(value, metric).to.be.within(-1e-9, 100 + 1e-9);
        const self = new Map(scores(a, a));
        for (const [metric, value] of scores(a, b))
          if (value !== null && metric !== "PolarityConsistency")
            expect(value, metric).to.be.at.most((self.get(metric) ?? 0) + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it("perceptual hashes differ in 0 to 256 bits, none for equal images, as many both ways", () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (a, b) => {
        const [x, y] = [differenceHash(a), differenceHash(b)];
        expect(hammingDistance(x, y)).to.equal(hammingDistance(y, x));
        expect(hammingDistance(x, y)).to.be.within(0, 256);
        expect(hammingDistance(x, differenceHash(a))).to.equal(0);
      }),
    );
  });
});

describe("resizing and cropping, whatever the image", () => {
  const RESIZERS = {
    box: (image: PixelImage, w: number, h: number) => resize(image, w, h, "box"),
    bilinear: (image: PixelImage, w: number, h: number) => resize(image, w, h, "bilinear"),
    bicubic: (image: PixelImage, w: number, h: number) => resize(image, w, h, "bicubic"),
    lanczos: (image: PixelImage, w: number, h: number) => resize(image, w, h, "lanczos"),
    "OpenCV linear": resizeLinear,
  };
  const size = fc.integer({ min: 1, max: 50 });
  for (const [name, resizer] of Object.entries(RESIZERS)) {
    it(`${name} gives the size asked for, the same opaque image for its own size, and one colour for one colour`, () => {
      fc.assert(
        fc.property(anyPicture, size, size, (image, width, height) => {
          const resized = resizer(image, width, height);
          expect([resized.width, resized.height, resized.data.length]).to.deep.equal([
            width,
            height,
            width * height * 4,
          ]);
          expect(resizer(image, image.width, image.height).data).to.deep.equal(dropAlpha(image).data);
          const [red, green, blue] = image.data as unknown as [number, number, number];
          const flat = resizer(solidImage(image.width, image.height, [red, green, blue]), width, height);
          expect(flat.data).to.deep.equal(solidImage(width, height, [red, green, blue]).data);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("a crop keeps the top left and is the image itself where it is large enough", () => {
    fc.assert(
      fc.property(anyPicture, size, size, (image, width, height) => {
        const [w, h] = [Math.min(width, image.width), Math.min(height, image.height)];
        const cut = cropTopLeft(image, w, h);
        expect([cut.width, cut.height]).to.deep.equal([w, h]);
        for (let y = 0; y < h; y++)
          expect(cut.data.subarray(y * w * 4, (y + 1) * w * 4)).to.deep.equal(
            image.data.subarray(y * image.width * 4, (y * image.width + w) * 4),
          );
      }),
    );
  });
});
