import sharp from "sharp";
import { InfrastructureError, messageOf } from "../../infra/errors.js";

/** How images are made small: the next step is taken while they are too large together. */
const LADDER = [
  { width: 800, quality: 78 },
  { width: 640, quality: 70 },
  { width: 480, quality: 62 },
  { width: 360, quality: 50 },
  { width: 240, quality: 40 },
] as const;

/** Long pages are cut below this many times their width. */
const TALLEST = 2.2;

/** An image that can stand in a page. */
export interface InlineImage {
  /** `data:image/webp;base64,...` */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Turns PNGs into WebP data URLs that take at most `budget` characters together, as sharp as that allows. Equal bytes
 * give equal URLs. Throws an InfrastructureError for bytes that are no image.
 */
export async function inlineImages(
  pngs: readonly (Uint8Array | null | undefined)[],
  budget: number,
): Promise<(InlineImage | null)[]> {
  for (const step of LADDER) {
    const images = await Promise.all(pngs.map((png) => (png ? shrink(png, step) : null)));
    const size = images.reduce((sum, image) => sum + (image?.url.length ?? 0), 0);
    if (size <= budget || step === LADDER.at(-1)) return images;
  }
  return [];
}

/** One image at a given width. */
export async function shrink(
  png: Uint8Array,
  { width, quality }: { readonly width: number; readonly quality: number },
): Promise<InlineImage> {
  try {
    const { width: fullWidth, height: fullHeight } = await sharp(png).metadata();
    const height = Math.min(fullHeight, Math.round(fullWidth * TALLEST));
    const { data, info } = await sharp(png)
      .extract({ left: 0, top: 0, width: fullWidth, height })
      .resize({ width, withoutEnlargement: true })
      .webp({ quality, effort: 4 })
      .toBuffer({ resolveWithObject: true });
    return {
      url: `data:image/webp;base64,${data.toString("base64")}`,
      width: info.width,
      height: info.height,
    };
  } catch (error) {
    throw new InfrastructureError(`A screenshot could not be read as an image: ${messageOf(error)}.`);
  }
}
