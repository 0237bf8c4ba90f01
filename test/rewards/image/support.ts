import fc from "fast-check";
import { imageFromRows, type PixelImage } from "../../../rewards/metrics/image/index.js";

/** Bytes of a linear congruential generator, the same in every language. */
export function lcgBytes(seed: number, count: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** An opaque image of such bytes, row by row, red, green, blue. */
export function lcgImage(seed: number, width: number, height: number): PixelImage {
  const bytes = lcgBytes(seed, width * height * 3);
  return imageFromRows(
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => bytes.slice((y * width + x) * 3, (y * width + x) * 3 + 3)),
    ),
  );
}

/** Any opaque image of up to `side` pixels a side: noise, few colours, or flat. */
export function anyImage(side: number, smallest = 1): fc.Arbitrary<PixelImage> {
  return fc
    .record({
      width: fc.integer({ min: smallest, max: side }),
      height: fc.integer({ min: smallest, max: side }),
      palette: fc.array(fc.tuple(byte, byte, byte), { minLength: 1, maxLength: 5 }),
      picks: fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
    })
    .map(({ width, height, palette, picks }) =>
      imageFromRows(
        Array.from({ length: height }, (_, y) =>
          Array.from({ length: width }, (_, x) => {
            const pick = picks[(x * 7 + y * 13 + x * y) % picks.length] ?? 0;
            return palette[pick % palette.length] ?? [0, 0, 0];
          }),
        ),
      ),
    );
}

const byte = fc.oneof(fc.constantFrom(0, 1, 127, 254, 255), fc.integer({ min: 0, max: 255 }));

/** The colour channels without alpha. */
export function colors({ data }: PixelImage): number[] {
  return [...data].filter((_, at) => at % 4 !== 3);
}
