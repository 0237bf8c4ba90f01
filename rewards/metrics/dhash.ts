import { grayscale } from "./image/grayscale.js";
import type { PixelImage } from "./image/pixel-image.js";
import { resizeLinearBytes } from "./ports/opencv/resize-linear.js";

/** Side of the hashed grid; the hash has its square of bits. */
export const DHASH_SIZE = 16;

/** Default distance below which two screenshots count as one (WidgetAnchor). */
export const DUPLICATE_DISTANCE = 8;

/**
 * Difference hash: the image in gray, shrunk to 17 x 16, and one bit per pair of horizontal neighbours, set when the right
 * one is brighter. 256 zeros and ones, row by row. Recoloured and faded copies share it; so do all flat images.
 */
export function differenceHash(image: PixelImage): Uint8Array {
  const gray = grayscale(image, "libpng");
  const wide = DHASH_SIZE + 1;
  const small = resizeLinearBytes(gray, image.width, image.height, 1, wide, DHASH_SIZE);
  const bits = new Uint8Array(DHASH_SIZE * DHASH_SIZE);
  for (let y = 0, i = 0; y < DHASH_SIZE; y++) {
    for (let x = 1; x < wide; x++, i++) bits[i] = small[y * wide + x]! > small[y * wide + x - 1]! ? 1 : 0;
  }
  return bits;
}

/** A hash as hexadecimal digits, the first bit the most significant. */
export function hashToHex(bits: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bits.length; i += 4)
    text += (
      ((bits[i] ?? 0) << 3) |
      ((bits[i + 1] ?? 0) << 2) |
      ((bits[i + 2] ?? 0) << 1) |
      (bits[i + 3] ?? 0)
    ).toString(16);
  return text;
}

/** Number of places where two hashes differ; places only one of them has count. */
export function hammingDistance(a: Uint8Array, b: Uint8Array): number {
  let distance = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) distance++;
  return distance;
}

/**
 * Which hashes to keep: going through them in order, each kept one drops all later ones that share a band of bits with
 * it and differ in fewer than `threshold` places. There are `max(1, floor(bits / threshold))` bands, so that with 256 bits
 * and 8 no pair below the threshold is missed. Source: WidgetAnchor, `dedup`.
 */
export function withoutDuplicates(
  hashes: readonly Uint8Array[],
  threshold: number = DUPLICATE_DISTANCE,
): number[] {
  const bits = hashes[0]?.length ?? DHASH_SIZE * DHASH_SIZE;
  const bands = Math.max(1, Math.floor(bits / Math.max(1, threshold)));
  const width = Math.floor(bits / bands);
  const buckets = Array.from({ length: bands }, () => new Map<string, number[]>());
  const kept: number[] = [];
  for (const [i, hash] of hashes.entries()) {
    const keys = buckets.map((_, band) => hash.subarray(band * width, (band + 1) * width).join(""));
    const near = new Set(buckets.flatMap((bucket, band) => bucket.get(keys[band]!) ?? []));
    if ([...near].some((other) => hammingDistance(hashes[other]!, hash) < threshold)) continue;
    kept.push(i);
    for (const [band, bucket] of buckets.entries()) {
      const key = keys[band]!;
      const list = bucket.get(key);
      if (list) list.push(i);
      else bucket.set(key, [i]);
    }
  }
  return kept;
}
