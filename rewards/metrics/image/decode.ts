import sharp from "sharp";
import { messageOf, UsageError } from "../../../infra/errors.js";
import { dropAlpha, type PixelImage } from "./pixel-image.js";

/**
 * Decodes a PNG, JPEG or WebP file to RGBA. Gray is expanded to three channels, an embedded colour profile is ignored
 * and `alpha: "drop"` (the default) makes every pixel opaque without blending, as Pillow's `convert("RGB")` does.
 * Throws a UsageError when the bytes are no image.
 */
export async function decodeImage(
  bytes: Uint8Array,
  { alpha = "drop" }: { alpha?: "drop" | "keep" } = {},
): Promise<PixelImage> {
  try {
    const { data, info } = await sharp(bytes, { ignoreIcc: true })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const image = { width: info.width, height: info.height, data: pixels };
    return alpha === "drop" ? dropAlpha(image) : image;
  } catch (error) {
    throw new UsageError(
      `Expected the bytes of a PNG, JPEG or WebP image, but they could not be decoded (${messageOf(error)}). Check that the file is complete.`,
      { cause: error },
    );
  }
}

/** Encodes an image as PNG. Throws a RangeError when a side is 0. */
export async function encodePng({ width, height, data }: PixelImage): Promise<Uint8Array> {
  if (width < 1 || height < 1) {
    throw new RangeError(`A PNG needs at least one pixel, but the image is ${width} x ${height}.`);
  }
  const buffer = await sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
