import { grayDeviation } from "../../../rewards/metrics/contrast.js";
import { grayscale } from "../../../rewards/metrics/image/grayscale.js";
import type { PixelImage } from "../../../rewards/metrics/image/pixel-image.js";
import { resize } from "../../../rewards/metrics/image/resize.js";
import { toLab8 } from "../../../rewards/metrics/ports/opencv/lab8.js";
import { resizeLinear } from "../../../rewards/metrics/ports/opencv/resize-linear.js";
import { benchmarkScores } from "../../../rewards/metrics/widget2code/composite.js";
import { layoutDifference } from "../../../rewards/metrics/widget2code/layout.js";
import { unitSsim } from "../../../rewards/metrics/widget2code/ssim.js";
import { toUnitImage } from "../../../rewards/metrics/widget2code/unit-image.js";
import {
  measureAsReleased,
  weightedBenchmark,
} from "../../../rewards/systems/widgetanchor/released/benchmark-reward.js";
import type { AdapterSet, VectorContext } from "../runner.js";
import { colorsAt, openImage, openPair } from "./vector-images.js";

async function primitives(
  input: {
    readonly image: string;
    readonly points_yx: readonly (readonly [number, number])[];
    readonly resize_to_wh: readonly [number, number];
    readonly resize_points_yx: readonly (readonly [number, number])[];
  },
  context: VectorContext,
) {
  const image = await openImage(input.image, context);
  const lab = toLab8(image);
  const at = (plane: Uint8Array) => input.points_yx.map(([y, x]) => plane[y * image.width + x]);
  return {
    rgb: colorsAt(image, input.points_yx),
    lab8: input.points_yx.map(([y, x]) => [
      ...lab.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3),
    ]),
    gray_imdecode: at(grayscale(image, "libpng")),
    gray_cvtColor: at(grayscale(image, "opencv")),
    resize_linear_rgb: colorsAt(resizeLinear(image, ...input.resize_to_wh), input.resize_points_yx),
    gray_std: grayDeviation(image),
  };
}

async function releasedReward(
  input: { readonly ref: string; readonly gen: string; readonly lpips: number },
  context: VectorContext,
) {
  const [target, rendered] = await openPair(input.ref, input.gen, context);
  const neural = { lpips: input.lpips, text: { target: [], prediction: [] } };
  const bench = measureAsReleased(target, rendered, "bench", neural);
  const toolkit = measureAsReleased(target, rendered, "toolkit", neural);
  const width = Math.min(target.width, rendered.width);
  const height = Math.min(target.height, rendered.height);
  const common = (image: PixelImage) => toUnitImage(resize(image, width, height, "bicubic"));
  const [first, second] = [common(target), common(rendered)];
  return {
    score_old_metrics: weightedBenchmark(benchmarkScores(toolkit)).value,
    score_bench_metrics: weightedBenchmark(benchmarkScores(bench)).value,
    components: {
      layout_u8_old: toolkit.layout,
      layout_u8_new: bench.layout,
      ssim_u8: bench.ssim,
      ssim_unit: unitSsim(first, second),
      layout_unit_new: layoutDifference(first, second),
    },
  };
}

export const adapters: AdapterSet = {
  system: "widgetanchor (released reward, OpenCV)",
  functions: { "cv.primitives": primitives, "wa.rewardWfAsCoded": releasedReward },
};
