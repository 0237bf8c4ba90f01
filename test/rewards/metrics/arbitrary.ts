import fc from "fast-check";
import type { PixelImage } from "../../../rewards/metrics/image/index.js";

const byte = fc.oneof(fc.constantFrom(0, 1, 127, 128, 254, 255), fc.integer({ min: 0, max: 255 }));

/** Any image: of one pixel, long and thin, flat, of few colours or noise; also see-through ones. */
export const anyPicture: fc.Arbitrary<PixelImage> = fc
  .record({
    size: fc.oneof(
      fc.constantFrom([1, 1], [1, 40], [40, 1], [2, 2], [6, 7], [7, 7], [300, 2]),
      fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
    ),
    palette: fc.array(fc.tuple(byte, byte, byte), { minLength: 1, maxLength: 6 }),
    noise: fc.boolean(),
    alpha: fc.constantFrom(255, 255, 255, 0, 128),
    seed: fc.integer(),
  })
  .map(({ size, palette, noise, alpha, seed }) => {
    const [width, height] = size as [number, number];
    const data = new Uint8Array(width * height * 4);
    let state = seed >>> 0;
    for (let at = 0; at < data.length; at += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const color = palette[(state >>> 20) % palette.length]!;
      for (let c = 0; c < 3; c++) data[at + c] = noise ? (state >>> (8 * c)) & 255 : color[c]!;
      data[at + 3] = alpha;
    }
    return { width, height, data };
  });

/** Pieces that answers, pages and judges' replies are made of, whole and broken. */
const PIECES = [
  "```html\n",
  "```",
  "\n```\n",
  "<!DOCTYPE html>",
  "<html>",
  "<body class='a b'>",
  "</body></html>",
  "<div style='color:#12345",
  "<p>",
  "</p>",
  "<svg>",
  "<!--",
  "-->",
  "<script>",
  "&amp;",
  "&#xD800;",
  "&#99999999;",
  "<think>",
  "</think>",
  "<answer>",
  "</answer>",
  '<boltArtifact id="x">',
  '<boltAction type="file" filePath="a/b.js">',
  "</boltAction>",
  '{"scores": [1, 2',
  "NaN",
  "Grade: 4",
  "\\boxed{layout: 50",
  "export default function",
  "import { X } from 'lucide-react'",
  "\u0000",
  "\ud83d",
  "\udc00",
  "\u{1F600}",
  "\ufeff",
  "\u2028",
  "\u0130",
];

/** Any text: UTF-16 units at random (lone surrogates too), markup and its fragments, nothing, much white space. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 }), fc.constantFrom(" ", "\n", "\t")),
      {
        maxLength: 30,
      },
    )
    .map((pieces) => pieces.join("")),
  fc.constantFrom(
    "",
    " ",
    "\n".repeat(20_000),
    " ".repeat(50_000),
    "<".repeat(3000),
    "`".repeat(3000),
    "<p>".repeat(800),
  ),
);
