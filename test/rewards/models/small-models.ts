import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "mocha";
import { createRandom } from "../../../infra/random.js";
import { writeFiles } from "../../support/write-files.js";
import { type OnnxGraph, onnxFile, type Weight } from "./onnx-file.js";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, removed after the tests. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "webgen-model-"));
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}

/** Normal random numbers, the same in every run. */
export function randomWeight(name: string, dims: readonly number[]): Weight {
  const random = createRandom("small-models").stream(name);
  const count = dims.reduce((product, dim) => product * dim, 1);
  return { dims, data: Array.from({ length: count }, () => Math.fround(random.normal() / 2)) };
}

/** CLIP's image half in small: patches of 8 x 8 pixels of a picture of 32 x 32, two layers. */
export const SMALL_CLIP = {
  inputs: { pixel_values: ["batch", 3, 32, 32] },
  outputs: ["image_embeds"],
  weights: { patches: randomWeight("patches", [4, 3, 8, 8]), project: randomWeight("project", [64, 6]) },
  nodes: [
    {
      op: "Conv",
      inputs: ["pixel_values", "patches"],
      output: "tokens",
      ints: { strides: [8, 8], kernel_shape: [8, 8] },
    },
    { op: "Flatten", inputs: ["tokens"], output: "flat", ints: { axis: 1 } },
    { op: "MatMul", inputs: ["flat", "project"], output: "image_embeds" },
  ],
} satisfies OnnxGraph;

export const SMALL_PROCESSOR = {
  do_resize: true,
  size: { shortest_edge: 32 },
  resample: 3,
  do_center_crop: true,
  crop_size: { height: 32, width: 32 },
  do_normalize: true,
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
};

/** A folder as the hub has it. */
export const smallClipFiles = (): Record<string, string | Uint8Array> => ({
  "preprocessor_config.json": JSON.stringify(SMALL_PROCESSOR),
  "onnx/vision_model.onnx": onnxFile(SMALL_CLIP),
});

const scalar = (value: number): Weight => ({ dims: [1], data: [value] });
const perChannel = (...values: number[]): Weight => ({ dims: [1, values.length, 1, 1], data: values });

/** Shift and scale of LPIPS, before its network. */
export const LPIPS_SHIFT = [-0.03, -0.088, -0.188];
export const LPIPS_SCALE = [0.458, 0.448, 0.45];

/** LPIPS in small: its whole formula over the feature maps of one convolution. */
export const SMALL_LPIPS = {
  inputs: { in0: [1, 3, "height", "width"], in1: [1, 3, "height", "width"] },
  outputs: ["distance"],
  weights: {
    shift: perChannel(...LPIPS_SHIFT),
    scale: perChannel(...LPIPS_SCALE),
    kernel: randomWeight("kernel", [4, 3, 3, 3]),
    learned: { dims: [1, 4, 1, 1], data: [0.5, 0.1, 0.3, 0.7] },
    tiny: scalar(1e-10),
  },
  nodes: [
    ...["0", "1"].flatMap((i) => [
      { op: "Sub", inputs: [`in${i}`, "shift"], output: `centered${i}` },
      { op: "Div", inputs: [`centered${i}`, "scale"], output: `scaled${i}` },
      {
        op: "Conv",
        inputs: [`scaled${i}`, "kernel"],
        output: `maps${i}`,
        ints: { strides: [2, 2], kernel_shape: [3, 3] },
      },
      { op: "Relu", inputs: [`maps${i}`], output: `features${i}` },
      { op: "ReduceL2", inputs: [`features${i}`], output: `norm${i}`, ints: { axes: [1], keepdims: 1 } },
      { op: "Add", inputs: [`norm${i}`, "tiny"], output: `safe${i}` },
      { op: "Div", inputs: [`features${i}`, `safe${i}`], output: `unit${i}` },
    ]),
    { op: "Sub", inputs: ["unit0", "unit1"], output: "difference" },
    { op: "Mul", inputs: ["difference", "difference"], output: "squared" },
    { op: "Conv", inputs: ["squared", "learned"], output: "weighed", ints: { kernel_shape: [1, 1] } },
    { op: "ReduceMean", inputs: ["weighed"], output: "distance", ints: { axes: [2, 3], keepdims: 1 } },
  ],
} satisfies OnnxGraph;

/** Runs something with other environment variables, and puts them back. */
export async function withEnvironment(
  changes: Readonly<Record<string, string | undefined>>,
  run: () => unknown,
): Promise<void> {
  const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(changes)) set(name, value);
  try {
    await run();
  } finally {
    for (const [name, value] of before) set(name, value);
  }
}
