import type { Cell } from "../in-page/probes/painted.js";

/** Codes of the characters that `drawSheet` writes: no coverage, and the difference from there to full coverage. */
const [NONE, FULL] = [64, 60] as const;
/** Characters of a point of the sheet: three channels, and one that says nothing. */
const SIZE = 4;

/** A word's place on a sheet. */
export type SheetCell = Pick<Cell, "sheetX" | "sheetY" | "width" | "height" | "channel">;

/** Reads words from a sheet that `drawSheet` wrote: the coverage of a cell's points, 0 to 255, good until the next cell is read. */
export function sheetReader(sheet: string, sheetWidth: number): (cell: SheetCell) => Float32Array {
  let all = new Float32Array(0);
  return ({ sheetX, sheetY, width, height, channel }) => {
    if (all.length < width * height) all = new Float32Array(2 * width * height);
    const ink = all.subarray(0, width * height);
    for (let row = 0, at = 0; row < height; row++) {
      let from = SIZE * ((sheetY + row) * sheetWidth + sheetX) + channel;
      for (const end = at + width; at < end; at++, from += SIZE)
        ink[at] = (255 * (sheet.charCodeAt(from) - NONE)) / FULL;
    }
    return ink;
  };
}
