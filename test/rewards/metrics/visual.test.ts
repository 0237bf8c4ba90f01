import { expect } from "chai";
import fc from "fast-check";
import type { LayoutSnapshot, PixelImage } from "../../../env/contract/rendered-page.js";
import { oklab, oklabDistance } from "../../../rewards/metrics/oklab.js";
import { visualFeatures } from "../../../rewards/metrics/visual-features.js";
import { CELL, measurePixels } from "../../../rewards/metrics/visual-pixels.js";
import { visualSimilarity } from "../../../rewards/metrics/visual-similarity.js";

type Rectangle = readonly [
  x: number,
  y: number,
  width: number,
  height: number,
  red: number,
  green: number,
  blue: number,
];

function image(width: number, height: number, rectangles: readonly Rectangle[]): PixelImage {
  const data = new Uint8Array(4 * width * height).fill(255);
  for (const [x, y, w, h, ...rgb] of rectangles)
    for (let row = Math.max(0, y); row < Math.min(height, y + h); row++)
      for (let column = Math.max(0, x); column < Math.min(width, x + w); column++)
        data.set(rgb, 4 * (row * width + column));
  return { width, height, data };
}

/** Every rectangle is an element; texts name the same boxes. */
function snapshot(rectangles: readonly Rectangle[], texts: readonly string[]): LayoutSnapshot {
  const boxes = rectangles.map(([x, y, width, height]) => ({ x, y, width, height }));
  const elements = boxes.map((box, index) => ({
    index,
    parent: -1,
    tag: "div",
    attributes: {},
    box,
    styles: {},
    paintOrder: index,
  }));
  const runs = texts.flatMap((text, element) =>
    boxes[element] ? [{ text, box: boxes[element], element }] : [],
  );
  return { elements, texts: runs, contentWidth: 0, contentHeight: 0 };
}

const coordinate = fc.integer({ min: -40, max: 260 });
const side = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(0, 1, 5000));
const byte = fc.integer({ min: 0, max: 255 });
const page = fc
  .record({
    width: fc.integer({ min: 1, max: 240 }),
    height: fc.integer({ min: 1, max: 240 }),
    rectangles: fc.array(fc.tuple(coordinate, coordinate, side, side, byte, byte, byte), { maxLength: 8 }),
    texts: fc.array(fc.string({ unit: "binary", maxLength: 20 }), { maxLength: 8 }),
  })
  .map(({ width, height, rectangles, texts }) =>
    visualFeatures(snapshot(rectangles, texts), image(width, height, rectangles)),
  );

describe("visualSimilarity on any page", () => {
  it("stays in 0..1 and is 1 for a page and itself", () => {
    fc.assert(
      fc.property(page, page, (a, b) => {
        const other = visualSimilarity(a, b);
        for (const value of [other.score, ...Object.values(other.terms)])
          expect(value ?? 0).to.be.within(0, 1 + 1e-9);
        const same = visualSimilarity(a, a);
        for (const value of [same.score, ...Object.values(same.terms)])
          expect(value ?? 1).to.be.closeTo(1, 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it("pairs texts and boxes alike from both sides", () => {
    fc.assert(
      fc.property(page, page, (a, b) => {
        const [there, back] = [visualSimilarity(a, b).terms, visualSimilarity(b, a).terms];
        expect(there.texts ?? -1).to.be.closeTo(back.texts ?? -1, 1e-9);
        expect(there.fills ?? -1).to.be.closeTo(back.fills ?? -1, 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

describe("visualFeatures", () => {
  it("sees a box by its edge, and neither one of its background's colour nor one off the page", () => {
    const rectangles: Rectangle[] = [
      [20, 20, 60, 40, 0, 0, 200],
      [100, 20, 60, 40, 255, 255, 255],
      [900, 900, 60, 40, 0, 0, 0],
    ];
    const { fills } = visualFeatures(snapshot(rectangles, []), image(200, 100, rectangles));
    expect(fills.map(({ box }) => box.x)).to.deep.equal([20]);
    expect(oklabDistance(fills[0]!.color, oklab(0, 0, 200))).to.be.below(1e-9);
  });

  it("divides an image into cells and colours", () => {
    const half = image(2 * CELL, CELL, [[0, 0, CELL, CELL, 255, 0, 0]]);
    const { grid, palette } = measurePixels(half);
    expect([grid.columns, grid.rows]).to.deep.equal([2, 1]);
    expect(palette.map(({ share }) => share)).to.deep.equal([0.5, 0.5]);
  });
});

describe("oklab", () => {
  it("puts black at 0, white at 1, and grey on the axis", () => {
    expect(oklab(0, 0, 0)[0]).to.equal(0);
    expect(oklab(255, 255, 255)[0]).to.be.closeTo(1, 1e-6);
    const [, a, b] = oklab(128, 128, 128);
    expect(Math.hypot(a, b)).to.be.below(1e-4);
    expect(oklab(255, 0, 0)[0]).to.be.closeTo(0.628, 1e-3);
  });
});
