import sharp from "sharp";
import { InfrastructureError, messageOf } from "../../infra/errors.js";
import type { PagePicture } from "../contract/rendered-page.js";
import { decodePng, hashPixels } from "./pixels.js";

/**
 * The picture in a file of bytes (PNG, JPEG, WebP). It is decoded at once; one that is no PNG is kept as one. Rejects with an InfrastructureError for what is no
 * picture.
 *
 * @example
 * const { width, height } = await pagePicture(readFileSync("design.png"), "The design");
 */
export async function pagePicture(bytes: Uint8Array, what: string): Promise<PagePicture> {
  const image = await decodePng(bytes).catch((error: unknown) => {
    throw new InfrastructureError(`${what} is not a picture that can be read: ${messageOf(error)}.`);
  });
  const isPng = Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "\x89PNG";
  const png = isPng ? bytes : await sharp(bytes).png().toBuffer();
  let digest: Promise<string> | undefined;
  return {
    width: image.width,
    height: image.height,
    png,
    pixels: async () => image,
    hash() {
      digest ??= Promise.resolve(hashPixels(image));
      return digest;
    },
  };
}
