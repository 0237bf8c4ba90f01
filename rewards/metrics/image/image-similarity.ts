import type { PixelImage } from "./pixel-image.js";

/**
 * How alike two pictures are to a model, as the cosine of their embeddings, -1 to 1 (CLIP: `openai/clip-vit-base-patch32`,
 * with the model's own preprocessing). Whoever has the weights supplies it; a rejection means that no score could be taken.
 */
export interface ImageSimilarity {
  (a: PixelImage, b: PixelImage): Promise<number>;
  /** Changes whenever the same pictures may be compared differently; without it scores are not kept. */
  readonly version?: string | undefined;
}
