import { UsageError } from "../../infra/errors.js";
import type { JsonObject, JsonValue } from "../../infra/json.js";
import { dropAlpha, type PixelImage, type ResizeFilter, resize } from "../metrics/image/index.js";
import type { OnnxTensor } from "./onnx.js";

/** What a model's `preprocessor_config.json` says about pictures. */
export interface ImageProcessor {
  /** Shortest side after resizing, a fixed size, or none. */
  readonly size: { readonly shortest: number } | Size | null;
  readonly filter: ResizeFilter;
  readonly crop: Size | null;
  /** Applied to bytes; 1 / 255 as a rule. */
  readonly scale: number;
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pillow's numbers of its filters. */
const FILTERS: Readonly<Record<number, ResizeFilter>> = {
  1: "lanczos",
  2: "bilinear",
  3: "bicubic",
  4: "box",
  5: "hamming",
};

/** CLIP's, used where a config leaves them out. */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_DEVIATION = [0.26862954, 0.26130258, 0.27577711];

/** Reads a `preprocessor_config.json` of a CLIP model. Throws a UsageError that names the entry it cannot follow. */
export function readImageProcessor(text: string, path: string): ImageProcessor {
  let config: JsonObject;
  try {
    config = JSON.parse(text) as JsonObject;
  } catch {
    throw new UsageError(`${path} should be JSON, but is not.`);
  }
  const filter = FILTERS[Number(config.resample ?? 3)];
  if (!filter)
    throw new UsageError(
      `${path} asks for the filter ${JSON.stringify(config.resample)}; 1 to 5 (Pillow's numbers) are known.`,
    );
  const triple = (name: string, usual: readonly number[]) => {
    const value = config[name] ?? usual;
    if (Array.isArray(value) && value.length === 3 && value.every((each) => typeof each === "number"))
      return value as readonly number[];
    throw new UsageError(`"${name}" in ${path} should be three numbers, but is ${JSON.stringify(value)}.`);
  };
  const normal = config.do_normalize !== false;
  return {
    size: config.do_resize === false ? null : readSize(config.size ?? 224, path, true),
    filter,
    crop: config.do_center_crop === false ? null : (readSize(config.crop_size ?? 224, path, false) as Size),
    scale: config.do_rescale === false ? 1 : Number(config.rescale_factor ?? 1 / 255),
    mean: normal ? triple("image_mean", CLIP_MEAN) : [0, 0, 0],
    deviation: normal ? triple("image_std", CLIP_DEVIATION) : [1, 1, 1],
  };
}

function readSize(value: JsonValue, path: string, shortest: boolean): NonNullable<ImageProcessor["size"]> {
  const whole = (side: unknown): side is number => Number.isInteger(side) && (side as number) > 0;
  if (whole(value)) return shortest ? { shortest: value } : { width: value, height: value };
  const { shortest_edge, width, height } = (value ?? {}) as JsonObject;
  if (shortest && whole(shortest_edge)) return { shortest: shortest_edge };
  if (whole(width) && whole(height)) return { width, height };
  throw new UsageError(`A size in ${path} is ${JSON.stringify(value)}, which is not understood.`);
}

/**
 * A picture as a model sees it, `[1, 3, height, width]`: resized as Pillow does, cropped in the middle (what lies outside is black),
 * scaled and normalised in single precision, as Hugging Face's `CLIPImageProcessor`.
 */
export function processImage(image: PixelImage, processor: ImageProcessor): OnnxTensor {
  const { size, filter, scale, mean, deviation } = processor;
  const resized = size ? resize(image, ...targetSize(image, size), filter) : dropAlpha(image);
  const { width, height } = processor.crop ?? resized;
  const left = Math.floor((resized.width - width) / 2);
  const top = Math.floor((resized.height - height) / 2);
  const data = new Float32Array(3 * width * height);
  const centers = mean.map(Math.fround);
  const spreads = deviation.map(Math.fround);
  for (let channel = 0, out = 0; channel < 3; channel++) {
    const center = centers[channel] as number;
    const spread = spreads[channel] as number;
    for (let y = top; y < top + height; y++)
      for (let x = left; x < left + width; x++, out++) {
        const inside = y >= 0 && x >= 0 && y < resized.height && x < resized.width;
        const byte = inside ? (resized.data[(y * resized.width + x) * 4 + channel] as number) : 0;
        data[out] = Math.fround(Math.fround(byte * scale) - center) / spread;
      }
  }
  return { data, dims: [1, 3, height, width] };
}

/** Width and height after resizing; the longer side is cut to whole pixels. */
function targetSize(
  { width, height }: PixelImage,
  size: NonNullable<ImageProcessor["size"]>,
): [width: number, height: number] {
  if ("width" in size) return [size.width, size.height];
  const { shortest } = size;
  const long = Math.trunc((shortest * Math.max(width, height)) / Math.min(width, height));
  return width <= height ? [shortest, long] : [long, shortest];
}
