import { expect } from "chai";
import fc from "fast-check";
import {
  cropTopLeft,
  imageToRows,
  type ResizeFilter,
  resize,
  solidImage,
} from "../../../rewards/metrics/image/index.js";
import { anyImage, colors, lcgImage } from "./support.js";

const FILTERS: readonly ResizeFilter[] = ["box", "bilinear", "hamming", "bicubic", "lanczos"];

describe("resize", () => {
  // Computed by Pillow 12.1.1: the red channel of 4x3 -> 3x2, and the first row of green of 4x3 -> 6x3.
  const EXPECTED: Readonly<Record<ResizeFilter, readonly [number[][], number[]]>> = {
    box: [
      [
        [100, 167, 126],
        [93, 130, 50],
      ],
      [140, 98, 98, 99, 40, 40],
    ],
    bilinear: [
      [
        [126, 170, 138],
        [147, 138, 50],
      ],
      [140, 119, 98, 99, 70, 40],
    ],
    hamming: [
      [
        [101, 173, 153],
        [126, 136, 50],
      ],
      [140, 119, 98, 99, 70, 40],
    ],
    bicubic: [
      [
        [124, 176, 139],
        [153, 141, 34],
      ],
      [143, 120, 96, 102, 68, 36],
    ],
    lanczos: [
      [
        [128, 180, 135],
        [164, 143, 20],
      ],
      [144, 120, 96, 103, 68, 35],
    ],
  };

  for (const filter of FILTERS) {
    it(`gives Pillow's bytes with ${filter}`, () => {
      const image = lcgImage(3, 4, 3);
      const [red, green] = EXPECTED[filter];
      expect(imageToRows(resize(image, 3, 2, filter)).map((row) => row.map(([r]) => r))).to.deep.equal(red);
      expect(imageToRows(resize(image, 6, 3, filter))[0]?.map(([, g]) => g)).to.deep.equal(green);
    });
  }

  it("keeps an image of the same size and a flat image of any size", () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(anyImage(20), fc.constantFrom(...FILTERS), size, size, (image, filter, width, height) => {
        expect(colors(resize(image, image.width, image.height, filter))).to.deep.equal(colors(image));
        const flat = resize(solidImage(image.width, image.height, [3, 128, 250]), width, height, filter);
        expect([flat.width, flat.height]).to.deep.equal([width, height]);
        expect(new Set(imageToRows(flat).flat().map(String))).to.deep.equal(new Set(["3,128,250"]));
      }),
      { numRuns: 60 },
    );
  });

  it("drops alpha", () => {
    const image = lcgImage(1, 5, 5);
    image.data[3] = 0;
    expect(resize(image, 5, 5, "lanczos").data[3]).to.equal(255);
  });

  it("refuses sizes that are no sizes", () => {
    expect(() => resize(lcgImage(1, 2, 2), 0, 2, "box")).to.throw(RangeError, "0 x 2");
    expect(() => resize(lcgImage(1, 2, 2), 1.5, 2, "box")).to.throw(RangeError);
  });
});

describe("cropTopLeft", () => {
  it("cuts, and adds white where the picture ends", () => {
    const image = lcgImage(4, 3, 2);
    const cut = imageToRows(cropTopLeft(image, 2, 3));
    expect(cut[0]).to.deep.equal(imageToRows(image)[0]?.slice(0, 2));
    expect(cut[2]).to.deep.equal([
      [255, 255, 255],
      [255, 255, 255],
    ]);
  });
});
