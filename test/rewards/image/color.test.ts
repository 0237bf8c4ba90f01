import { expect } from "chai";
import fc from "fast-check";
import {
  ciede2000,
  grayscale,
  imageFromRows,
  type Lab,
  luminance,
  type Rgb,
  rgbToLab,
} from "../../../rewards/metrics/image/index.js";

const channel = fc.integer({ min: 0, max: 255 });
const rgb = fc.tuple(channel, channel, channel);

describe("rgbToLab", () => {
  it("knows black, white and red", () => {
    expect(rgbToLab([0, 0, 0])[0]).to.be.closeTo(0, 1e-6);
    const [white, red] = [rgbToLab([255, 255, 255], "skimage"), rgbToLab([255, 0, 0])];
    expect(white[0]).to.be.closeTo(100, 1e-9);
    expect(Math.hypot(white[1], white[2])).to.be.below(0.01);
    expect(red[0]).to.be.closeTo(53.23896, 1e-5);
    expect(red[1]).to.be.closeTo(80.09045, 1e-5);
    expect(red[2]).to.be.closeTo(67.20138, 1e-5);
  });
});

describe("ciede2000", () => {
  // Pairs of the data that Sharma, Wu and Dalal published with the formula, chosen for its discontinuities.
  const SHARMA: readonly (readonly [Lab, Lab, number])[] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
    [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[50, -0.001, 2.49], [50, 0.0009, -2.49], 4.8045],
    [[50, -0.001, 2.49], [50, 0.0011, -2.49], 4.7461],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ];

  it("gives the published differences", () => {
    for (const [a, b, difference] of SHARMA) expect(ciede2000(a, b)).to.be.closeTo(difference, 5e-5);
  });

  it("is symmetric, finite, not negative, and 0 for equal colours", () => {
    fc.assert(
      fc.property(rgb, rgb, (a: Rgb, b: Rgb) => {
        const [first, second] = [rgbToLab(a), rgbToLab(b)];
        const difference = ciede2000(first, second);
        expect(difference).to.be.within(0, 150);
        expect(ciede2000(second, first)).to.be.closeTo(difference, 1e-9);
        expect(ciede2000(first, first)).to.equal(0);
      }),
    );
  });
});

describe("grayscale", () => {
  const image = imageFromRows([
    [
      [255, 255, 255],
      [200, 80, 40],
      [10, 120, 220],
    ],
  ]);

  it("follows each of the three conventions", () => {
    expect([...grayscale(image, "pillow")]).to.deep.equal([255, 111, 99]);
    expect([...grayscale(image, "opencv")]).to.deep.equal([255, 111, 99]);
    expect([...grayscale(image, "libpng")]).to.deep.equal([255, 111, 98]);
  });

  it("weighs channels as told", () => {
    expect([...luminance(image, [0, 1, 0], 1 / 255).data]).to.deep.equal([
      1,
      80 * (1 / 255),
      120 * (1 / 255),
    ]);
  });
});
