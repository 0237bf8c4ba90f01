import { InfrastructureError } from "../../infra/errors.js";
import { type PixelImage, type ResizeFilter, resize } from "../metrics/image/index.js";
import { resizeToMatch, toUnitImage } from "../metrics/widget2code/unit-image.js";
import { type OnnxModel, type OnnxTensor, onnxRuntime, openModel } from "./onnx.js";
import {
  downloadWeights,
  findWeights,
  type WantedFiles,
  type WeightsOptions,
  weightsVersion,
} from "./weights.js";

/** How pictures are brought to a network. */
export interface LpipsInput {
  /**
   * A side in px (both pictures become squares), `first`: the second is brought to the size of the first (OpenCV's area filter), or
   * `common`: both to the smaller width and height.
   */
  readonly size: number | "first" | "common";
  /** Filter for a side in px and for `common`, as Pillow has them. */
  readonly filter?: ResizeFilter;
  /** What black and white become. */
  readonly range: readonly [black: number, white: number];
}

/** How the published systems feed LPIPS. */
export const LPIPS_INPUTS = {
  /** WidgetAnchor: AlexNet at 256 x 256, and what the network is made for. */
  widgetanchor: { size: 256, filter: "bilinear", range: [-1, 1] },
  /** The Widget2Code benchmark: VGG at the target's size, on fractions instead of -1..1, as published. */
  widget2code: { size: "first", range: [0, 1] },
  /** WidgetAnchor's released use of that benchmark: the same on bytes, at the common size. */
  widget2codeBytes: { size: "common", filter: "bicubic", range: [0, 255] },
} as const satisfies Record<string, LpipsInput>;

/** Options of {@link lpipsDistance}. */
export interface LpipsOptions extends WeightsOptions {
  /** Default `widgetanchor`. */
  readonly input?: keyof typeof LPIPS_INPUTS | LpipsInput;
  readonly threads?: number;
}

/** The LPIPS distance of two pictures, 0 for equal ones. */
export interface LpipsDistance {
  (a: PixelImage, b: PixelImage): Promise<number>;
  /** Of the weights and of how pictures are put in; undefined when the weights are yet to be downloaded. */
  readonly version: string | undefined;
  /** Loads the model now, and not at the first picture. */
  ready(): Promise<void>;
}

const FILES: WantedFiles = {
  what: "LPIPS",
  models: ["model.onnx", "lpips.onnx", "onnx/model.onnx"],
  others: [],
};

/**
 * LPIPS through ONNX Runtime. The file holds the whole formula (scaling, feature maps, their normalisation, the learned weights, the
 * means), as `torch.onnx.export(lpips.LPIPS(net="alex"), (a, b), "lpips.onnx", dynamic_axes=...)` writes it: two pictures
 * `[1, 3, height, width]` in, one number out. Package and weights are looked for at once: what is missing is a UsageError here.
 *
 * @example
 * const lpips = lpipsDistance({ weights: "models/lpips-alex.onnx" });
 * const scorer = widgetanchorReward({ lpips });
 */
export function lpipsDistance(options: LpipsOptions): LpipsDistance {
  const { weights, input = "widgetanchor", threads = 1 } = options;
  const form: LpipsInput = typeof input === "string" ? LPIPS_INPUTS[input] : input;
  onnxRuntime();
  const found = findWeights(options, FILES);
  let opened: Promise<OnnxModel> | undefined;
  const open = async () => openPair((found ?? (await downloadWeights(weights, FILES))).model, threads);
  const loaded = () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };

  const distance = async (a: PixelImage, b: PixelImage): Promise<number> => {
    const model = await loaded();
    const [first, second] = lpipsTensors(a, b, form);
    const [nameA, nameB] = model.inputNames as [string, string];
    const outputs = await model.run({ [nameA]: first, [nameB]: second });
    const { data, dims } = outputs[model.outputNames[0] as string] as OnnxTensor;
    if (data.length !== 1 || !Number.isFinite(data[0]))
      throw new InfrastructureError(
        `LPIPS should give one number, but gave ${data.length === 1 ? data[0] : `numbers of shape [${dims}]`}.`,
      );
    return data[0] as number;
  };
  const version = weightsVersion(found);
  return Object.assign(distance, {
    version: version && `${JSON.stringify(form)}-${version}`,
    async ready() {
      await loaded();
    },
  });
}

async function openPair(path: string, threads: number): Promise<OnnxModel> {
  const model = await openModel(path, threads);
  if (model.inputNames.length === 2) return model;
  throw new InfrastructureError(
    `${path} should take two pictures, but takes ${model.inputNames.join(", ")}; it is no LPIPS model.`,
  );
}

/** Both pictures as the network gets them, `[1, 3, height, width]` each. */
export function lpipsTensors(a: PixelImage, b: PixelImage, input: LpipsInput): [OnnxTensor, OnnxTensor] {
  const { size, filter = "bilinear", range } = input;
  if (size === "first") {
    const first = toUnitImage(a);
    return [tensorOf(first, 1, 3, range), tensorOf(resizeToMatch(first, toUnitImage(b)), 1, 3, range)];
  }
  const width = size === "common" ? Math.min(a.width, b.width) : size;
  const height = size === "common" ? Math.min(a.height, b.height) : size;
  const [first, second] = [a, b].map((image) =>
    tensorOf(resize(image, width, height, filter), 255, 4, range),
  );
  return [first as OnnxTensor, second as OnnxTensor];
}

/** Interleaved samples from 0 to `white` as planes in the network's range. */
function tensorOf(
  { width, height, data }: { width: number; height: number; data: ArrayLike<number> },
  white: number,
  stride: number,
  [from, to]: readonly [number, number],
): OnnxTensor {
  const count = width * height;
  const planes = new Float32Array(3 * count);
  for (let channel = 0; channel < 3; channel++)
    for (let i = 0; i < count; i++)
      planes[channel * count + i] = from + ((data[i * stride + channel] as number) / white) * (to - from);
  return { data: planes, dims: [1, 3, height, width] };
}
