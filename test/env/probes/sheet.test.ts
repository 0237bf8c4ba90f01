import { expect } from "chai";
import { layCells } from "../../../env/render/in-page/probes/painted.js";
import type { Word } from "../../../env/render/in-page/probes/words.js";
import { sheetReader } from "../../../env/render/probes/sheet.js";

const wordAt = (left: number, top: number, width: number, height: number) =>
  ({ box: { left, top, right: left + width, bottom: top + height } }) as Word;

describe("words drawn plainly, on their way out of the page", () => {
  it("lie beside each other, three on a place of the sheet and no two in one channel of it", () => {
    const sizes = [
      [60, 20],
      [50, 10],
      [30, 40],
      [100, 5],
      [20, 8],
      [90, 12],
    ] as const;
    const { cells, width, height } = layCells(
      sizes.map(([across, tall], index) => wordAt(7.5, 100 * index, across, tall)),
    );
    const taken = new Set<string>();
    for (const { sheetX, sheetY, width: across, height: tall, channel } of cells)
      for (let x = sheetX; x < sheetX + across; x++)
        for (let y = sheetY; y < sheetY + tall; y++) {
          const point = `${x},${y},${channel}`;
          expect(taken.has(point), point).to.equal(false);
          expect(x < width && y < height, point).to.equal(true);
          taken.add(point);
        }
    expect(cells.map(({ x, y, width: across }) => [x, y, across])[0]).to.deep.equal([7, 0, 61]);
    expect(new Set(cells.map(({ channel }) => channel)).size).to.equal(3);
    expect(width * height * 3, "as small as can be").to.be.below(3 * taken.size);
  });

  it("are read from their own channel, none to full coverage", () => {
    // Two rows of two points: red, green, blue, and a byte that says nothing.
    const sheet = "@|^\u00ff" + "@@@\u00ff" + "|@@\u00ff" + "@^@\u00ff";
    const read = sheetReader(sheet, 2);
    const whole = { sheetX: 0, sheetY: 0, width: 2, height: 2 };
    expect([...read({ ...whole, channel: 0 })]).to.deep.equal([0, 0, 255, 0]);
    expect([...read({ ...whole, channel: 1 })]).to.deep.equal([255, 0, 0, 127.5]);
    expect([...read({ sheetX: 0, sheetY: 0, width: 1, height: 1, channel: 2 })]).to.deep.equal([127.5]);
    expect([...read({ sheetX: 1, sheetY: 1, width: 1, height: 1, channel: 1 })]).to.deep.equal([127.5]);
  });
});
