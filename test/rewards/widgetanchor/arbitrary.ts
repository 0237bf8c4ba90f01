import fc from "fast-check";
import type { PixelImage } from "../../../rewards/metrics/image/index.js";

/** Small images: noise, a few flat rectangles, or one colour; sides of 1 to `largest` pixels. */
export function anyImage(largest = 24): fc.Arbitrary<PixelImage> {
  const side = fc.integer({ min: 1, max: largest });
  const byte = fc.integer({ min: 0, max: 255 });
  const color = fc.tuple(byte, byte, byte);
  const box = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    color,
  );
  return fc
    .tuple(side, side, color, fc.array(box, { maxLength: 4 }), fc.boolean(), fc.integer())
    .map(([width, height, background, boxes, noisy, seed]) => {
      const data = new Uint8Array(width * height * 4).fill(255);
      let state = seed >>> 0;
      for (let i = 0; i < width * height; i++) {
        const x = (i % width) / width;
        const y = Math.floor(i / width) / height;
        const top = boxes.filter(([left, upper]) => x >= left && y >= upper).at(-1);
        for (let c = 0; c < 3; c++) {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          data[4 * i + c] = noisy ? state >>> 24 : (top?.[2] ?? background)[c]!;
        }
      }
      return { width, height, data };
    });
}
