import type { RenderedPage } from "../../../env/contract/rendered-page.js";
import { scored, unscored } from "../../../env/contract/scoring.js";
import type { PixelImage } from "../../metrics/image/index.js";
import { flattenScores } from "../../metrics/widget2code/aggregate.js";
import { benchmarkScores } from "../../metrics/widget2code/composite.js";
import { measurePair } from "../../metrics/widget2code/evaluate.js";
import type { TextDetection } from "../../metrics/widget2code/legibility.js";
import { defineReward, type Reward } from "../../reward.js";
import { type ImageDistance, pictures } from "./parts.js";
import { LAUNCHER_WEIGHTS, weightedBenchmark } from "./released/benchmark-reward.js";

/** Reads the text in a picture, e.g. by OCR. */
export type ReadText = (image: PixelImage) => Promise<readonly TextDetection[]>;

/** Options of {@link widgetBenchmark}. */
export interface BenchmarkOptions {
  /** LPIPS with VGG. Without it the term leaves with its weight. */
  readonly lpips?: ImageDistance;
  /**
   * Default: the text runs of the layout snapshots, which need no model and make no mistakes; of a reference that is a picture alone
   * they are not known, and the terms of text leave with their weight.
   */
  readonly readText?: ReadText;
}

/**
 * The Widget2Code benchmark as a reward, 0 to 1: its twelve scores, weighed as WidgetAnchor's launcher weighs them, on fractions
 * and at the true sizes. The evidence lists the scores.
 */
export function widgetBenchmark({ lpips, readText }: BenchmarkOptions = {}): Reward {
  return defineReward({
    name: "widgetanchor/benchmark",
    heavy: true,
    needs: ["page", "reference"],
    ...(lpips || readText ? { costly: true } : {}),
    async score(context) {
      const pair = await pictures(context);
      if ("status" in pair) return pair;
      const { page, reference } = context;
      if (!page) return unscored("skipped", "Nothing was rendered that could be looked at.");
      const { wanted, shown } = pair;
      const text = readText
        ? { target: await readText(wanted), prediction: scaled(await readText(shown), shown, wanted) }
        : reference && {
            target: snapshotText(reference),
            prediction: scaled(snapshotText(page), shown, wanted),
          };
      const distance = lpips ? await lpips(wanted, shown) : null;
      const scores = benchmarkScores(measurePair(wanted, shown, { lpips: distance, text }, { clamp: true }));
      const { value } = weightedBenchmark(scores, LAUNCHER_WEIGHTS, "renormalize");
      if (value === null) return unscored("failed", "None of the benchmark's scores could be taken.");
      return scored(value, flattenScores(scores));
    },
  });
}

/** The text runs of a page, as if they had been read with certainty. */
export function snapshotText({ snapshot }: RenderedPage): TextDetection[] {
  return snapshot.texts.map(({ text, box: { x, y, width, height } }) => ({
    text,
    confidence: 1,
    corners: [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
  }));
}

/** Where text lies once its picture has the size of another. */
function scaled(texts: readonly TextDetection[], from: PixelImage, to: PixelImage): TextDetection[] {
  const across = to.width / from.width;
  const down = to.height / from.height;
  return texts.map((text) => ({
    ...text,
    corners: text.corners.map(([x, y]) => [x * across, y * down] as const),
  }));
}
