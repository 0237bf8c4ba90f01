import { scored, unscored } from "../../../env/contract/scoring.js";
import { messageOf } from "../../../infra/errors.js";
import { benchmarkScores } from "../../metrics/widget2code/composite.js";
import { defineReward, type Reward } from "../../reward.js";
import { type ReadText, snapshotText } from "./benchmark.js";
import type { ImageDistance } from "./parts.js";
import { measureAsReleased, weightedBenchmark } from "./released/benchmark-reward.js";
import { blendedReward, simpleScore, simpleTerms } from "./released/programmatic.js";

/** What a candidate earns that did not render. */
export const RELEASED_FAILURE = -1;

/** Options of {@link releasedProgrammatic}. */
export interface ReleasedOptions {
  /** LPIPS with AlexNet at 256 x 256, for the simple score. */
  readonly lpips: ImageDistance;
  /** LPIPS with VGG on bytes, for the benchmark. */
  readonly lpipsVgg: ImageDistance;
  /** Reads texts in pictures, as the published benchmark does; default: the texts of the layout snapshots, which needs no model. */
  readonly readText?: ReadText;
  /** Which benchmark code is linked; default `toolkit`, the nearest public one. */
  readonly revision?: "bench" | "toolkit";
}

/**
 * WidgetAnchor's released programmatic reward (`compute_reward_code`): 0.7 benchmark on bytes, 0.3 simple; the simple score
 * alone when the benchmark fails; -1 without a render. A blank page counts as rendered.
 */
export function releasedProgrammatic({
  lpips,
  lpipsVgg,
  readText,
  revision = "toolkit",
}: ReleasedOptions): Reward {
  return defineReward({
    name: "widgetanchor/released",
    needs: ["page", "reference"],
    costly: true,
    async score({ page, reference, referencePicture, task }) {
      if (referencePicture === null)
        return unscored("skipped", `Task ${task.id} has no reference to look at.`);
      if (page === null) return scored(RELEASED_FAILURE, { reason: "Nothing was rendered." });
      const [wanted, shown] = [await referencePicture.pixels(), await page.pixels()];
      const similarity = await lpips(wanted, shown).then(
        (distance) => 1 - distance,
        () => null,
      );
      const simple = simpleScore(simpleTerms(wanted, shown, similarity), "published") ?? 0;
      try {
        const text = readText
          ? { target: await readText(wanted), prediction: await readText(shown) }
          : reference && { target: snapshotText(reference), prediction: snapshotText(page) };
        const neural = { lpips: await lpipsVgg(wanted, shown), text };
        const scores = benchmarkScores(measureAsReleased(wanted, shown, revision, neural));
        const benchmark = weightedBenchmark(scores).value;
        return scored(blendedReward(simple, benchmark), { simple, benchmark });
      } catch (error) {
        return scored(simple, { simple, benchmark: null, reason: messageOf(error) });
      }
    },
  });
}
