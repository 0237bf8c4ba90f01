import { expect } from "chai";
import { packInk } from "../../../env/render/in-page/probes/painted.js";
import { inkReader } from "../../../env/render/probes/unpack-ink.js";

/** RGBA of black points with these coverages, as a sheet of `width` points a row. */
const sheetOf = (coverage: readonly number[]) => Uint32Array.from(coverage, (alpha) => alpha * 2 ** 24);

describe("words drawn plainly, on their way out of the page", () => {
  it("come as they were drawn, to a sixteenth, cell by cell", () => {
    const sheet = sheetOf([0, 255, 128, 0, 16, 0, 0, 0]);
    const cells = [
      { x: 9, y: 9, width: 3, height: 1, sheetX: 0, sheetY: 0 },
      { x: 0, y: 0, width: 2, height: 2, sheetX: 2, sheetY: 0 },
    ];
    const read = inkReader(packInk(sheet, 4, cells));
    expect([...read(3)]).to.deep.equal([0, 255, 136]);
    expect([...read(4)]).to.deep.equal([136, 0, 0, 0]);
  });

  it("have runs of any length without ink, across cells", () => {
    const sheet = sheetOf(Array.from({ length: 400 }, (_, at) => (at === 399 ? 255 : 0)));
    const cell = { x: 0, y: 0, width: 100, height: 2, sheetX: 0, sheetY: 0 };
    const packed = packInk(sheet, 100, [cell, { ...cell, sheetY: 2 }]);
    expect(packed.length).to.be.below(10);
    const read = inkReader(packed);
    expect(Math.max(...read(200))).to.equal(0);
    const second = [...read(200)];
    expect([second.indexOf(255), second.filter((level) => level > 0).length]).to.deep.equal([199, 1]);
  });
});
