import { expect } from "chai";
import fc from "fast-check";
import {
  decodeImage,
  encodePng,
  imageFromRows,
  imageToRows,
  solidImage,
} from "../../../rewards/metrics/image/index.js";
import { imageSsim, planeSsim } from "../../../rewards/metrics/ssim.js";
import { anyImage, colors, lcgImage } from "./support.js";

describe("imageSsim", () => {
  const a = lcgImage(1, 31, 24);
  const other = colors(lcgImage(2, 31, 24));
  const mixed = colors(a).map((value, at) => Math.floor((value * 3 + (other[at] ?? 0)) / 4));
  const b = imageFromRows(
    Array.from({ length: 24 }, (_, y) =>
      Array.from({ length: 31 }, (_, x) => mixed.slice((y * 31 + x) * 3, (y * 31 + x) * 3 + 3)),
    ),
  );

  it("equals scikit-image to the last bit", () => {
    // structural_similarity(a, b, channel_axis=-1, data_range=255, ...) of scikit-image 0.26, numpy 2.4.
    expect(imageSsim(a, b)).to.equal(0.9222540544343648);
    expect(imageSsim(a, b, { useSampleCovariance: false })).to.equal(0.9222648201954057);
    expect(imageSsim(a, b, { windowSize: 11 })).to.equal(0.9231192165436505);
    expect(imageSsim(a, b, { window: "gaussian", useSampleCovariance: false })).to.equal(0.9228372640322314);
  });

  it("is symmetric, at most 1, and 1 for equal images", () => {
    const pair = fc.tuple(anyImage(30, 11), anyImage(30, 11));
    fc.assert(
      fc.property(pair, fc.constantFrom("uniform" as const, "gaussian" as const), ([x, y], window) => {
        expect(imageSsim(x, x, { window })).to.be.closeTo(1, 1e-9);
        const fitted = { ...y, width: x.width, height: x.height, data: new Uint8Array(x.data.length) };
        for (let at = 0; at < fitted.data.length; at++) fitted.data[at] = y.data[at % y.data.length] ?? 0;
        const value = imageSsim(x, fitted, { window }) as number;
        expect(value).to.be.within(-1 - 1e-9, 1 + 1e-9);
        expect(imageSsim(fitted, x, { window })).to.be.closeTo(value, 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it("is null where it is not defined", () => {
    expect(imageSsim(solidImage(6, 20, [0, 0, 0]), solidImage(6, 20, [0, 0, 0]))).to.equal(null);
    expect(imageSsim(solidImage(20, 20, [0, 0, 0]), solidImage(21, 20, [0, 0, 0]))).to.equal(null);
  });

  it("refuses options without sense", () => {
    const plane = { width: 8, height: 8, data: new Float64Array(64) };
    expect(() => planeSsim(plane, plane, { dataRange: 0 })).to.throw(RangeError, "data range");
    expect(() => planeSsim(plane, plane, { dataRange: 1, windowSize: 4 })).to.throw(RangeError, "odd window");
  });
});

describe("decodeImage", () => {
  it("gives back what encodePng was given", async () => {
    const image = lcgImage(9, 12, 7);
    expect(imageToRows(await decodeImage(await encodePng(image)))).to.deep.equal(imageToRows(image));
  });

  it("drops alpha without blending, unless told to keep it", async () => {
    const image = lcgImage(9, 2, 2);
    image.data[3] = 10;
    const png = await encodePng(image);
    expect([...(await decodeImage(png)).data.slice(0, 4)]).to.deep.equal([...image.data.slice(0, 3), 255]);
    expect((await decodeImage(png, { alpha: "keep" })).data[3]).to.equal(10);
  });

  it("says when the bytes are no image", async () => {
    const error = await decodeImage(new Uint8Array([1, 2, 3])).catch((thrown: Error) => thrown);
    expect(String(error)).to.contain("could not be decoded");
  });
});
