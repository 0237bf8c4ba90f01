import { expect } from "chai";
import type { Box, LayoutSnapshot, PixelImage } from "../../../env/contract/rendered-page.js";
import { type OkLab, oklab } from "../../../rewards/metrics/oklab.js";
import { type Fill, visualFeatures } from "../../../rewards/metrics/visual-features.js";
import { gridSimilarity } from "../../../rewards/metrics/visual-grid.js";
import { fillSimilarity, textSimilarity } from "../../../rewards/metrics/visual-layout.js";
import { paletteSimilarity } from "../../../rewards/metrics/visual-palette.js";
import { CELL, type Grid, measurePixels } from "../../../rewards/metrics/visual-pixels.js";
import { visualSimilarity } from "../../../rewards/metrics/visual-similarity.js";

// Expected values are worked out by hand from the definitions.

const WHITE: OkLab = [1, 0, 0];
const BLACK: OkLab = [0, 0, 0];

/** A grid of flat cells of these lightnesses, or of all four channels. */
function gridOf(...rows: (number | readonly number[])[][]): Grid {
  const cells = rows.flat().flatMap((cell) => (typeof cell === "number" ? [cell, 0, 0, 0] : cell));
  return { columns: rows[0]!.length, rows: rows.length, cells: Float32Array.from(cells) };
}

const grid = (page: Grid, reference: Grid) => gridSimilarity(page, reference, WHITE, WHITE);

describe("gridSimilarity", () => {
  it("is a mean over cells of one, two, four and eight sides: the farther a patch moved, the more scales miss it", () => {
    const black = (at: number) => gridOf(Array.from({ length: 16 }, (_, i) => (i === at ? 0 : 1)));
    expect(grid(black(0), black(0))).to.equal(1);
    expect(grid(black(1), black(0))).to.equal(0.75);
    expect(grid(black(2), black(0))).to.equal(0.5);
    expect(grid(black(4), black(0))).to.equal(0.25);
    expect(grid(black(8), black(0))).to.equal(0);
    const column = (at: number) => gridOf(...Array.from({ length: 16 }, (_, i) => [i === at ? 0 : 1]));
    expect(grid(column(1), column(0))).to.equal(0.75);
    expect(grid(column(4), column(0))).to.equal(0.25);
  });

  it("counts what is missing against what a flat page misses", () => {
    expect(grid(gridOf([0.5, 1]), gridOf([0, 1]))).to.be.closeTo(0.5, 1e-6);
    expect(grid(gridOf([0.75, 1]), gridOf([0, 1]))).to.be.closeTo(0.25, 1e-6);
    expect(grid(gridOf([1, 1]), gridOf([0, 1]))).to.equal(0);
    expect(grid(gridOf([0, 0]), gridOf([1, 0]))).to.be.closeTo(0, 1e-6);
  });

  it("looks at lightness, both colour axes and the spread inside a cell", () => {
    const reference = gridOf([[1, 0.03, 0.04, 0]]);
    for (const [cell, value] of [
      [[1, 0.03, 0.04, 0], 1],
      [[0.98, 0.03, 0.04, 0], 0.6],
      [[1, 0, 0.04, 0], 0.4],
      [[1, 0.03, 0, 0], 0.2],
      [[1, 0.03, 0.04, 0.03], 0.4],
    ] as const)
      expect(grid(gridOf([cell]), reference), `${cell}`).to.be.closeTo(value, 1e-5);
  });

  it("takes each page's main colour for what lies beyond its end", () => {
    expect(grid(gridOf([0]), gridOf([0], [0]))).to.be.closeTo(0.5, 1e-6);
    expect(gridSimilarity(gridOf([0]), gridOf([0], [0]), BLACK, WHITE)).to.be.closeTo(1, 1e-6);
    expect(grid(gridOf([0], [0]), gridOf([0]))).to.be.closeTo(0, 1e-6);
    expect(grid(gridOf([0], [1]), gridOf([0]))).to.be.closeTo(1, 1e-6);
    expect(grid(gridOf([0, 1]), gridOf([0]))).to.be.closeTo(1, 1e-6);
  });

  it("is all or nothing against a flat reference", () => {
    expect(grid(gridOf([1]), gridOf([1]))).to.equal(1);
    expect(grid(gridOf([0.9]), gridOf([1]))).to.equal(0);
  });
});

describe("paletteSimilarity", () => {
  const palette = (...entries: [light: number, share: number][]) =>
    entries.map(([light, share]) => ({ color: [light, 0, 0] as const, share }));
  const halves = palette([1, 0.5], [0, 0.5]);

  it("counts what a palette covers above its main colour alone", () => {
    expect(paletteSimilarity(halves, halves)).to.equal(1);
    expect(paletteSimilarity(palette([1, 1]), halves)).to.equal(0);
    expect(paletteSimilarity(palette([0, 1]), halves)).to.equal(0);
    expect(paletteSimilarity(palette([1, 0.75], [0, 0.25]), halves)).to.be.closeTo(0.5, 1e-12);
    expect(paletteSimilarity(palette([0.5, 1]), halves)).to.equal(0);
  });

  it("counts a near colour less the farther it is, up to a distance of 0.15", () => {
    for (const [light, value] of [
      [0, 1],
      [0.03, 0.8],
      [0.075, 0.5],
      [0.15, 0],
      [0.3, 0],
    ] as const)
      expect(paletteSimilarity(palette([1, 0.5], [light, 0.5]), halves)).to.be.closeTo(value, 1e-12);
  });

  it("lets shares flow between the nearest colours first, and never twice", () => {
    const reference = palette([1, 0.5], [0.5, 0.25], [0.45, 0.25]);
    // 0.5 takes 0.25 of its own kind; the rest of it goes to 0.45 at a distance of 0.05, two thirds of its worth.
    expect(paletteSimilarity(palette([1, 0.5], [0.5, 0.5]), reference)).to.be.closeTo(
      (0.25 + 0.25 * (2 / 3)) / 0.5,
      1e-12,
    );
  });

  it("pairs the nearest colours, however the palettes are ordered, and gives each share away once", () => {
    const [half, near] = [
      palette([1, 0.5], [0.5, 0.25], [0.45, 0.25]),
      palette([1, 0.5], [0.45, 0.25], [0.5, 0.25]),
    ];
    expect(paletteSimilarity(half, near)).to.equal(1);
    const reference = palette([1, 0.5], [0.5, 0.25], [0.48, 0.25]);
    expect(paletteSimilarity(palette([1, 0.5], [0.5, 0.25], [0.8, 0.25]), reference)).to.be.closeTo(
      0.5,
      1e-12,
    );
    const other = palette([1, 0.5], [0.5, 0.25], [0.1, 0.25]);
    expect(paletteSimilarity(palette([1, 0.5], [0.5, 0.25], [0.48, 0.25]), other)).to.be.closeTo(0.5, 1e-12);
  });

  it("is all or nothing where there is one colour or none", () => {
    expect(paletteSimilarity([], [])).to.equal(1);
    expect(paletteSimilarity(halves, [])).to.equal(0);
    expect(paletteSimilarity([], halves)).to.equal(0);
    expect(paletteSimilarity(palette([1, 1]), palette([1, 1]))).to.equal(1);
    expect(paletteSimilarity(halves, palette([1, 1]))).to.equal(0);
  });
});

const box = (x: number, y: number, width = 100, height = 100): Box => ({ x, y, width, height });
const fill = (at: Box, color: OkLab = BLACK): Fill => ({ box: at, color });

describe("fillSimilarity and textSimilarity", () => {
  const at = (other: Box) => fillSimilarity([fill(box(0, 0))], [fill(other)]);

  it("fall with distance by two bells, of 60 and of 300 px", () => {
    const bells = (square: number) => (Math.exp(-square / 7200) + Math.exp(-square / 180_000)) / 2;
    expect(at(box(0, 0))).to.equal(1);
    expect(at(box(60, 0))).to.be.closeTo(0.793364666, 1e-9);
    expect(at(box(0, -60))).to.be.closeTo(bells(3600), 1e-12);
    expect(at(box(30, 40))).to.be.closeTo(bells(2500), 1e-12);
    // Moved by 60 px in both directions: the squares of x and y add up.
    expect(at(box(60, 60))).to.be.closeTo(bells(7200), 1e-12);
  });

  it("count a wrong size as a moved edge", () => {
    const [own, wide] = [fill(box(0, 0)), fill(box(0, 0, 160, 100))];
    const tall = fill(box(0, 0, 100, 160));
    const worth = 0.884425308;
    for (const other of [wide, tall]) expect(fillSimilarity([own], [other])).to.be.closeTo(worth, 1e-9);
  });

  it("are nothing for boxes a thousand pixels apart", () => {
    expect(at(box(1000, 0))).to.equal(0);
  });

  it("count colours up to a distance of 0.3", () => {
    for (const [light, value] of [
      [0.15, 0.5],
      [0.27, 0.1],
      [0.288, 0],
      [0.5, 0],
    ] as const)
      expect(fillSimilarity([fill(box(0, 0))], [fill(box(0, 0), [light, 0, 0])])).to.be.closeTo(value, 1e-12);
  });

  it("weigh a box by the root of its area, and pair each once, the best first", () => {
    const [large, small] = [fill(box(0, 0)), fill(box(2000, 0, 25, 100))];
    // Weights 100 and 50: 200 of 250 are matched.
    expect(fillSimilarity([large], [large, small])).to.be.closeTo(0.8, 1e-12);
    expect(fillSimilarity([large, small], [large])).to.be.closeTo(0.8, 1e-12);
    expect(fillSimilarity([large, large], [large])).to.be.closeTo(2 / 3, 1e-12);
    const near = fill(box(60, 0));
    expect(fillSimilarity([near, large], [large])).to.be.closeTo(2 / 3, 1e-12);
    // A line of no height weighs as if it were one pixel high.
    expect(fillSimilarity([large, fill(box(2000, 0, 100, 0))], [large])).to.be.closeTo(200 / 210, 1e-12);
    expect(fillSimilarity([large, fill(box(2000, 0, 0, 100))], [large])).to.be.closeTo(200 / 210, 1e-12);
  });

  it("have nothing to say of two empty pages, and nothing to match on one", () => {
    expect(fillSimilarity([], [])).to.equal(null);
    expect(fillSimilarity([fill(box(0, 0))], [])).to.equal(0);
    expect(textSimilarity([], [])).to.equal(null);
  });

  it("compare words by pairs of letters", () => {
    const text = (words: string) => [{ box: box(0, 0), text: words }];
    for (const [a, b, value] of [
      ["night", "night", 1],
      ["night", "nacht", 0.25],
      ["aaab", "aab", 0.8],
      ["ab", "ba", 0],
      ["a", "b", 0],
      ["a", "a", 1],
      ["a", "ab", 0],
      ["ab", "a", 0],
    ] as const) {
      expect(textSimilarity(text(a), text(b)), `${a} ${b}`).to.be.closeTo(value, 1e-12);
    }
  });
});

function image(
  width: number,
  height: number,
  paint: (x: number, y: number) => readonly number[],
): PixelImage {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([...paint(x, y), 255], 4 * (y * width + x));
  return { width, height, data };
}

const W = [255, 255, 255];
const B = [0, 0, 0];

function snapshotOf(elements: readonly Box[], texts: LayoutSnapshot["texts"] = []): LayoutSnapshot {
  return {
    elements: elements.map((each, index) => ({
      index,
      parent: -1,
      tag: "div",
      attributes: {},
      box: each,
      styles: {},
      paintOrder: index,
    })),
    texts,
    contentWidth: 0,
    contentHeight: 0,
  };
}

describe("measurePixels", () => {
  it("gives each cell its mean colour and the spread of its lightness", () => {
    const { grid } = measurePixels(
      image(2 * CELL, CELL + 1, (x, y) => (y >= CELL ? B : x < CELL ? W : x < 1.5 * CELL ? W : B)),
    );
    expect([grid.columns, grid.rows]).to.deep.equal([2, 2]);
    const cells = [0, 1, 2, 3].map((i) => [...grid.cells.subarray(4 * i, 4 * i + 4)]);
    expect(cells[0]![0]).to.be.closeTo(1, 1e-6);
    expect(cells[0]![3]).to.equal(0);
    // Half white, half black: the mean is 127.5, the standard deviation half of the range.
    expect(cells[1]![0]).to.be.closeTo(oklab(127.5, 127.5, 127.5)[0], 1e-6);
    expect(cells[1]![3]).to.be.closeTo(0.5, 1e-6);
    expect(cells[2]![0]).to.equal(0);
  });

  it("weighs green twice in lightness, and keeps the channels apart", () => {
    const spread = (...color: number[]) =>
      measurePixels(image(CELL, CELL, (x) => (x < CELL / 2 ? B : color))).grid.cells[3];
    // Lightness (red + 2 green + blue) / 4, cut off.
    expect(spread(200, 0, 0)).to.be.closeTo(25 / 255, 1e-6);
    expect(spread(0, 200, 0)).to.be.closeTo(50 / 255, 1e-6);
    expect(spread(0, 0, 200)).to.be.closeTo(25 / 255, 1e-6);
    const [red] = measurePixels(image(CELL, CELL, () => [255, 0, 0])).palette;
    expect(red!.color[0]).to.be.closeTo(0.628, 1e-3);
    const [blue] = measurePixels(image(CELL, CELL, () => [0, 0, 255])).palette;
    expect(blue!.color[0]).to.be.closeTo(0.452, 1e-3);
    const [green] = measurePixels(image(CELL, CELL, () => [0, 255, 0])).palette;
    expect(green!.color[0]).to.be.closeTo(0.8664, 1e-3);
  });

  it("keeps 24 colours, the most frequent first, with shares of those kept", () => {
    const colors = Array.from({ length: 30 }, (_, i) => [8 * i, 0, 0]);
    const { palette } = measurePixels(image(62, 2, (x) => colors[Math.min(29, Math.floor(x / 2))]!));
    expect(palette).to.have.length(24);
    expect(palette[0]!.share).to.be.closeTo(2 / 25, 1e-12);
    expect(palette[0]!.color).to.deep.equal(oklab((29 * 255) / 31, 0, 0));
    expect(palette.reduce((sum, { share }) => sum + share, 0)).to.be.closeTo(1, 1e-12);
  });
});

describe("visualFeatures", () => {
  const square = (at: Box, color: readonly number[] = B) =>
    image(200, 200, (x, y) =>
      x >= at.x && x < at.x + at.width && y >= at.y && y < at.y + at.height ? color : W,
    );

  it("sees boxes of six pixels and more, each place once", () => {
    for (const [width, height, seen] of [
      [6, 6, 1],
      [5, 6, 0],
      [6, 5, 0],
    ] as const) {
      const at = box(50, 50, width, height);
      const { fills } = visualFeatures(snapshotOf([at, { ...at, x: 50.3 }]), square(at));
      expect(fills, `${width} x ${height}`).to.have.length(seen);
    }
  });

  it("sees a box when half of its edge stands out, and takes the colour inside that edge", () => {
    const at = box(50, 50, 80, 60);
    const fillsOn = (paint: (x: number, y: number) => readonly number[]) =>
      visualFeatures(snapshotOf([at]), image(200, 200, paint)).fills;
    // Above and below it is black, at its sides it is white, as it is itself: half of the edge.
    expect(fillsOn((_, y) => (y < 50 || y >= 110 ? B : W))).to.have.length(1);
    // Only above.
    expect(fillsOn((_, y) => (y < 50 ? B : W))).to.have.length(0);
    expect(fillsOn((x) => (x < 50 || x >= 130 ? B : W))).to.have.length(1);
    // A grey that differs by less than an eye sees.
    expect(
      fillsOn((x, y) => (y < 50 || y >= 110 || x < 50 || x >= 130 ? [252, 252, 252] : W)),
    ).to.have.length(0);
    const [red] = visualFeatures(snapshotOf([at]), square(at, [255, 0, 0])).fills;
    expect(red!.color).to.deep.equal(oklab(255, 0, 0));
    const framed = fillsOn((x, y) => {
      if (x < 50 || x >= 130 || y < 50 || y >= 110) return W;
      return x < 52 || x >= 128 || y < 52 || y >= 108 ? B : [0, 0, 255];
    });
    expect(framed[0]!.color).to.deep.equal(oklab(0, 0, 255));
  });

  it("looks at the edges inside the picture alone", () => {
    const corner = box(0, 0, 80, 60);
    expect(visualFeatures(snapshotOf([corner]), square(corner)).fills).to.have.length(1);
    const far = box(120, 140, 80, 60);
    expect(visualFeatures(snapshotOf([far]), square(far)).fills).to.have.length(1);
    expect(visualFeatures(snapshotOf([box(0, 0, 200, 200)]), square(corner)).fills).to.have.length(0);
    const above = box(20, -100, 60, 40);
    expect(visualFeatures(snapshotOf([above]), square(corner)).fills).to.have.length(0);
  });

  it("takes the colour that most points near the edge have", () => {
    const at = box(50, 50, 80, 60);
    const spotted = image(200, 200, (x, y) => {
      if (x < 50 || x >= 130 || y < 50 || y >= 110) return W;
      return x < 70 && y < 60 ? [255, 0, 0] : [0, 0, 255];
    });
    expect(visualFeatures(snapshotOf([at]), spotted).fills[0]!.color).to.deep.equal(oklab(0, 0, 255));
  });

  it("keeps the 300 largest boxes", () => {
    const boxes = Array.from({ length: 305 }, (_, i) =>
      i < 5 ? box(0, 0, 6, 6 + i) : box((i % 20) * 10, Math.floor(i / 20) * 12, 8, 8 + (i % 3)),
    );
    const { fills } = visualFeatures(
      snapshotOf(boxes),
      image(400, 400, (x, y) => ((x + y) % 4 < 2 ? W : B)),
    );
    expect(fills).to.have.length(300);
    expect(Math.min(...fills.map(({ box: each }) => each.width * each.height))).to.equal(64);
  });

  const run = (text: string, at: Box, element = 0) => ({ text, box: at, element });
  const striped = (low: number, high: number) =>
    image(200, 200, (x) => (x % 4 < 2 ? [low, low, low] : [high, high, high]));

  it("reads text that stands out by 40 of 255, in lines of six pixels and more", () => {
    const texts = (line: Box, picture: PixelImage) =>
      visualFeatures(snapshotOf([box(0, 0)], [run("Apples", line)]), picture).texts.length;
    expect(texts(box(10, 10, 50, 12), striped(100, 140))).to.equal(1);
    expect(texts(box(10, 10, 50, 12), striped(100, 139))).to.equal(0);
    expect(texts(box(10, 10, 50, 6), striped(0, 255))).to.equal(1);
    expect(texts(box(10, 10, 50, 5.9), striped(0, 255))).to.equal(0);
    expect(texts(box(300, 10, 50, 12), striped(0, 255))).to.equal(0);
    expect(texts(box(10, 300, 50, 12), striped(0, 255))).to.equal(0);
    expect(texts(box(-20, -4, 50, 12), striped(0, 255))).to.equal(1);
  });

  it("joins the lines of an element, in lower case, with single blanks", () => {
    const lines = [
      run("  Fresh \n Bread ", box(10, 10, 40, 12), 0),
      run("Every day", box(10, 30, 90, 12), 0),
      run("Order", box(120, 60, 30, 12), 1),
      run("now", box(110, 10, 20, 14), 1),
      run("   ", box(120, 50, 30, 12), 1),
    ];
    const { texts } = visualFeatures(snapshotOf([box(0, 0), box(120, 0)], lines), striped(0, 255));
    expect(texts).to.deep.equal([
      { text: "fresh bread every day", box: box(10, 10, 90, 32) },
      { text: "order now", box: box(110, 10, 40, 62) },
    ]);
  });
});

describe("visualSimilarity", () => {
  it("blends texts .35, boxes .2, colours .15 and cells .3; what neither page has leaves with its weight", () => {
    const at = box(20, 20, 60, 40);
    const picture = image(100, 100, (x, y) => (x >= 20 && x < 80 && y >= 20 && y < 60 ? B : W));
    const lines = [{ text: "apples", box: box(10, 15, 60, 12), element: 0 }];
    const whole = visualFeatures(snapshotOf([at], lines), picture);
    const silent = visualFeatures(snapshotOf([at]), picture);
    const bare = visualFeatures(snapshotOf([]), picture);
    expect(visualSimilarity(whole, whole).score).to.be.closeTo(1, 1e-12);
    expect(visualSimilarity(silent, whole).score).to.be.closeTo(0.65, 1e-12);
    expect(visualSimilarity(bare, whole).score).to.be.closeTo(0.45, 1e-12);
    expect(visualSimilarity(bare, silent).score).to.be.closeTo(0.45 / 0.65, 1e-12);
    expect(visualSimilarity(bare, silent).terms).to.include({ texts: null, fills: 0, palette: 1 });
    const blank = visualFeatures(
      snapshotOf([]),
      image(100, 100, () => W),
    );
    expect(visualSimilarity(blank, bare).score).to.be.closeTo(0, 1e-7);
  });
});
