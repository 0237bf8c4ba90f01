import { createHash } from "node:crypto";
import { join } from "node:path";
import { InfrastructureError } from "../../infra/errors.js";
import { readTextIfThere } from "../../infra/files.js";
import type { ImageSimilarity, PixelImage } from "../metrics/image/index.js";
import { type ImageProcessor, processImage, readImageProcessor } from "./image-processor.js";
import { type OnnxModel, type OnnxTensor, onnxRuntime, openModel } from "./onnx.js";
import {
  downloadWeights,
  type FoundWeights,
  findWeights,
  type WantedFiles,
  type WeightsOptions,
  weightsVersion,
} from "./weights.js";

/** Options of {@link clipSimilarity}. */
export interface ClipOptions extends WeightsOptions {
  /** Threads of one run, default 1. */
  readonly threads?: number;
  /** Embeddings kept in memory, default 512: a reference and repeated answers are embedded once. */
  readonly remember?: number;
}

/** CLIP's image similarity: the cosine of two pictures' embeddings, -1 to 1. */
export interface ClipSimilarity extends ImageSimilarity {
  /** Name, size and time of the weights; undefined when they are yet to be downloaded. */
  readonly version: string | undefined;
  /** The picture's embedding, of length 1. */
  embed(image: PixelImage): Promise<Float32Array>;
  /** Loads the model now, and not at the first picture. */
  ready(): Promise<void>;
}

const FILES: WantedFiles = {
  what: "CLIP",
  models: ["onnx/vision_model.onnx", "vision_model.onnx", "onnx/vision_model_quantized.onnx", "model.onnx"],
  others: ["preprocessor_config.json"],
};

/**
 * CLIP through ONNX Runtime, with the weights that are named: the vision half of a model as the hub has it, e.g.
 * `Xenova/clip-vit-base-patch32`. Package and weights are looked for at once: what is missing is a UsageError here, not a score later.
 *
 * @example
 * const clip = clipSimilarity({ weights: "models/clip-vit-base-patch32" });
 * const scorer = vcoderReward({ clip });
 */
export function clipSimilarity(options: ClipOptions): ClipSimilarity {
  const { weights, threads = 1, remember = 512 } = options;
  onnxRuntime();
  const found = findWeights(options, FILES);
  const ownProcessor = found && processorOf(found);
  let opened: Promise<{ model: OnnxModel; processor: ImageProcessor }> | undefined;

  async function open() {
    const files = found ?? (await downloadWeights(weights, FILES));
    return { model: await openVision(files.model, threads), processor: ownProcessor ?? processorOf(files) };
  }
  const loaded = () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };

  const known = new Map<string, Promise<Float32Array>>();

  async function run(tensor: OnnxTensor): Promise<Float32Array> {
    const { model } = await loaded();
    const outputs = await model.run({ pixel_values: tensor });
    return unitLength(outputs.image_embeds ?? (outputs[model.outputNames[0] as string] as OnnxTensor));
  }

  async function embed(image: PixelImage): Promise<Float32Array> {
    const tensor = processImage(image, (await loaded()).processor);
    const key = createHash("sha256").update(new Uint8Array(tensor.data.buffer)).digest("hex");
    const embedding = known.get(key) ?? run(tensor);
    known.delete(key);
    known.set(key, embedding);
    if (known.size > remember) known.delete(known.keys().next().value as string);
    embedding.catch(() => known.delete(key));
    return embedding;
  }

  const similarity = async (a: PixelImage, b: PixelImage): Promise<number> => {
    const [first, second] = await Promise.all([embed(a), embed(b)]);
    return first.reduce((sum, value, i) => sum + value * (second[i] as number), 0);
  };
  return Object.assign(similarity, {
    version: weightsVersion(found),
    embed,
    async ready() {
      await loaded();
    },
  });
}

function processorOf({ folder }: FoundWeights): ImageProcessor {
  const path = join(folder, "preprocessor_config.json");
  return readImageProcessor(readTextIfThere(path) ?? "", path);
}

async function openVision(path: string, threads: number): Promise<OnnxModel> {
  const model = await openModel(path, threads);
  const others = model.inputNames.filter((name) => name !== "pixel_values");
  if (others.length === 0) return model;
  throw new InfrastructureError(
    `${path} should take pictures alone (pixel_values), but takes ${model.inputNames.join(", ")}; name the vision half (vision_model.onnx).`,
  );
}

function unitLength({ data }: OnnxTensor): Float32Array {
  const length = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0 && Number.isFinite(length)))
    throw new InfrastructureError(
      `The model's embedding has the length ${length}; its weights may be damaged.`,
    );
  return data.map((value) => value / length);
}
