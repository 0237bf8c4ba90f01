import { expect } from "chai";
import fc from "fast-check";
import { solidImage } from "../../../rewards/metrics/image/index.js";
import { canny } from "../../../rewards/metrics/ports/opencv/canny.js";
import {
  connectedComponents,
  dilate3x3,
  withoutBorderComponents,
} from "../../../rewards/metrics/ports/opencv/components.js";
import { toLab8 } from "../../../rewards/metrics/ports/opencv/lab8.js";
import { resizeArea } from "../../../rewards/metrics/ports/opencv/resize-area.js";
import { resizeLinear, roundHalfEven } from "../../../rewards/metrics/ports/opencv/resize-linear.js";
import { anyImage } from "./arbitrary.js";

const size = fc.integer({ min: 1, max: 40 });

describe("OpenCV primitives", () => {
  it("turn colours into 8-bit L*a*b* as cv.cvtColor does", () => {
    // Values of OpenCV 4.6, among them the one entry of its table where rounding twice differs from rounding once.
    const known = new Map([
      [0x000000, [0, 128, 128]],
      [0xffffff, [255, 128, 128]],
      [0xff0000, [136, 208, 195]],
      [0x1e293b, [42, 129, 115]],
      [0x0062fe, [119, 160, 42]],
    ]);
    for (const [color, lab] of known) {
      const image = solidImage(1, 1, [color >> 16, (color >> 8) & 255, color & 255]);
      expect([...toLab8(image)].slice(0, 1), color.toString(16)).to.deep.equal(lab.slice(0, 1));
    }
  });

  it("keep a flat image flat and a size the same when resizing", () => {
    fc.assert(
      fc.property(size, size, size, size, (width, height, outWidth, outHeight) => {
        const flat = resizeLinear(solidImage(width, height, [250, 128, 3]), outWidth, outHeight);
        expect(flat.data).to.deep.equal(solidImage(outWidth, outHeight, [250, 128, 3]).data);
        const samples = new Float64Array(width * height).fill(0.7);
        for (const value of resizeArea(samples, width, height, 1, outWidth, outHeight))
          expect(value).to.be.closeTo(0.7, 1e-6);
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(anyImage(), (image) => {
        expect(resizeLinear(image, image.width, image.height).data).to.deep.equal(image.data);
      }),
    );
  });

  it("average whole blocks when an area shrinks by a whole number", () => {
    const out = resizeArea(Float64Array.of(0, 1, 1, 0, 0.5, 0.5, 1, 1), 4, 2, 1, 2, 1);
    expect([...out]).to.deep.equal([0.5, 0.75]);
  });

  it("find the outline of a box, and nothing in a flat image or a soft slope", () => {
    const gray = new Uint8Array(20 * 20);
    for (let y = 5; y < 15; y++) gray.fill(255, y * 20 + 5, y * 20 + 15);
    const edges = canny(gray, 20, 20, 100, 200);
    expect(edges[10 * 20 + 10]).to.equal(0);
    expect(edges[0]).to.equal(0);
    expect(edges.filter((value) => value === 255).length).to.be.within(30, 44);
    expect(canny(new Uint8Array(400).fill(9), 20, 20, 100, 200).some((value) => value > 0)).to.equal(false);
  });

  it("label 8-connected parts and drop those at the frame", () => {
    const mask = Uint8Array.from("10000" + "00100" + "00010" + "00000" + "00001", Number);
    const { components } = connectedComponents(mask, 5, 5);
    expect(components.map(({ area }) => area)).to.deep.equal([1, 2, 1]);
    expect(components[1]).to.deep.include({ x: 2, y: 1, width: 2, height: 2 });
    expect([...withoutBorderComponents(mask, 5, 5)].filter((value) => value === 255).length).to.equal(2);
    expect([...dilate3x3(mask, 5, 5)].filter((value) => value === 1).length).to.be.above(12);
  });

  it("round halves to even", () => {
    expect([0.5, 1.5, 2.5, -0.5, 2.4, 2.6].map(roundHalfEven)).to.deep.equal([0, 2, 2, 0, 2, 3]);
  });
});
