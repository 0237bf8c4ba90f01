import { expect } from "chai";
import sharp from "sharp";
import {
  channelPlane,
  cropTopLeft,
  decodeImage,
  dropAlpha,
  encodePng,
  fillRect,
  imageFromRows,
  imageToRows,
  luminance,
  type PixelImage,
  sameSize,
  solidImage,
} from "../../../rewards/metrics/image/index.js";

/** A picture of one red channel, written down row by row. */
const picture = (...rows: number[][]): PixelImage =>
  imageFromRows(rows.map((row) => row.map((red) => [red, 0, 0])));
const reds = (image: PixelImage) => imageToRows(image).map((row) => row.map(([red]) => red));

describe("pixel images", () => {
  it("are painted inside their frame only", () => {
    const paint = (x: number, y: number, width: number, height: number) => {
      const image = solidImage(3, 3, [1, 1, 1]);
      fillRect(image, x, y, width, height, [9, 8, 7]);
      expect(image.data).to.have.length(36);
      return reds(image);
    };
    expect(paint(1, 1, 1, 2)).to.deep.equal([
      [1, 1, 1],
      [1, 9, 1],
      [1, 9, 1],
    ]);
    expect(paint(-1, -2, 2, 3)).to.deep.equal([
      [9, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(paint(2, 2, 5, 5)).to.deep.equal([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 9],
    ]);
    expect(paint(0, 1, 2, 1)).to.deep.equal([
      [1, 1, 1],
      [9, 9, 1],
      [1, 1, 1],
    ]);
  });

  it("are opaque when made of rows, which may be short or missing", () => {
    expect([...imageFromRows([[[1, 2, 3], [4]], [[5, 6, 7]]]).data]).to.deep.equal([
      1, 2, 3, 255, 4, 0, 0, 255, 5, 6, 7, 255, 0, 0, 0, 255,
    ]);
    expect(imageFromRows([])).to.deep.equal({ width: 0, height: 0, data: new Uint8Array(0) });
  });

  it("give single channels and luminance as numbers", () => {
    const image = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    expect(channelPlane(image, 2, 0.5)).to.deep.equal({
      width: 2,
      height: 1,
      data: Float64Array.of(1.5, 3.5),
    });
    expect([...channelPlane(image, 3).data]).to.deep.equal([4, 8]);
    expect(luminance(image, [1, 10, 100]).data).to.deep.equal(Float64Array.of(321, 765));
    expect(channelPlane(picture([1, 2, 3], [4, 5, 6]), 0).data).to.have.length(6);
    expect(luminance(picture([1, 2, 3], [4, 5, 6]), [1, 1, 1], 2).data).to.deep.equal(
      Float64Array.of(2, 4, 6, 8, 10, 12),
    );
  });

  it("lose their alpha in a copy", () => {
    const image = { width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 4) };
    expect([...dropAlpha(image).data]).to.deep.equal([1, 2, 3, 255]);
    expect([...image.data]).to.deep.equal([1, 2, 3, 4]);
  });

  it("have the same size when both sides agree", () => {
    const size = (width: number, height: number) => solidImage(width, height, [0, 0, 0]);
    expect(sameSize(size(2, 3), size(2, 3))).to.equal(true);
    expect(sameSize(size(2, 3), size(2, 4))).to.equal(false);
    expect(sameSize(size(2, 3), size(1, 3))).to.equal(false);
  });
});

describe("cropTopLeft", () => {
  const image = picture([1, 2, 3], [4, 5, 6]);

  it("keeps the top left corner, and adds white below and to the right", () => {
    expect(reds(cropTopLeft(image, 2, 1))).to.deep.equal([[1, 2]]);
    expect(reds(cropTopLeft(image, 3, 1))).to.deep.equal([[1, 2, 3]]);
    expect(reds(cropTopLeft(image, 2, 2))).to.deep.equal([
      [1, 2],
      [4, 5],
    ]);
    expect(reds(cropTopLeft(image, 4, 3))).to.deep.equal([
      [1, 2, 3, 255],
      [4, 5, 6, 255],
      [255, 255, 255, 255],
    ]);
    expect(cropTopLeft(image, 3, 2)).to.equal(image);
  });

  it("refuses what is no size", () => {
    const wrong: readonly (readonly [number, number])[] = [
      [0, 1],
      [1, 0],
      [-1, 1],
      [1, -1],
      [1.5, 1],
      [1, 1.5],
      [Number.NaN, 1],
    ];
    for (const [width, height] of wrong)
      expect(() => cropTopLeft(image, width, height)).to.throw(
        RangeError,
        `at least 1 x 1, but got ${width} x ${height}`,
      );
    expect(reds(cropTopLeft(image, 1, 1))).to.deep.equal([[1]]);
  });
});

describe("image files", () => {
  it("need a pixel", async () => {
    const sizes: readonly (readonly [number, number])[] = [
      [0, 1],
      [1, 0],
    ];
    for (const [width, height] of sizes) {
      const refused = await encodePng(solidImage(width, height, [0, 0, 0])).catch((error: Error) => error);
      expect(refused).to.be.instanceOf(RangeError);
      expect(String(refused)).to.contain(`the image is ${width} x ${height}`);
    }
    expect(reds(await decodeImage(await encodePng(picture([7]))))).to.deep.equal([[7]]);
  });

  it("are read without regard to a colour profile in them", async () => {
    const image = solidImage(2, 2, [200, 30, 60]);
    const tagged = await sharp(image.data, { raw: { width: 2, height: 2, channels: 4 } })
      .withIccProfile("p3", { attach: true })
      .png()
      .toBuffer();
    expect((await sharp(tagged).metadata()).icc).to.be.instanceOf(Buffer);
    const stored = await sharp(tagged, { ignoreIcc: true }).raw().toBuffer();
    expect([...stored.subarray(0, 3)]).to.not.deep.equal([200, 30, 60]);
    expect(imageToRows(await decodeImage(tagged))[0]?.[0]).to.deep.equal([...stored.subarray(0, 3)]);
  });
});
