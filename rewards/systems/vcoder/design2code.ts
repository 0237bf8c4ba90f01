import type { Renderer } from "../../../env/contract/rendered-page.js";
import { type RewardContext, type Score, scored, unscored } from "../../../env/contract/scoring.js";
import { UsageError } from "../../../infra/errors.js";
import type { JsonObject } from "../../../infra/json.js";
import { memoizeByObject } from "../../memo.js";
import {
  type BlockComparison,
  clipView,
  compareBlocks,
  type DesignPage,
  exactPage,
  meanOfFour,
  nativePage,
  withClip,
} from "../../metrics/design2code/index.js";
import type { ImageSimilarity } from "../../metrics/image/index.js";
import { answerHtml, ownFault, referenceHtml } from "../../parts/source.js";
import { defineReward, type Reward } from "../../reward.js";

/** Options of {@link design2code}. */
export interface Design2CodeOptions {
  readonly name?: string;
  /**
   * `native` (default): text blocks from the layout and the pixels of the render that is there already. `exact`: as upstream, three more
   * renders of each page with recoloured text; needs a `renderer`.
   */
  readonly form?: "native" | "exact";
  readonly renderer?: Pick<Renderer, "render">;
  /** CLIP's image similarity. With it the value is the mean of five scores, without it of the four others. */
  readonly clip?: ImageSimilarity;
}

const NO_REFERENCE = "The task has no reference to compare with.";
const PICTURE_ALONE =
  "The reference is a picture alone: its blocks of text are not known without a page to take them from.";

/** Raised when the same pages score differently than before. */
const REVISION = 1;
/** Matched pairs that the evidence lists at most. */
const LISTED = 60;

/**
 * Design2Code's visual score of the rendered answer against the rendered reference, 0 to 1: block match, text, position, colour
 * and, with a model, CLIP of the pages without their texts. The evidence holds the scores and the matched blocks.
 *
 * @example
 * const reward = design2code({ form: "native" });
 */
export function design2code({
  name = "design2code",
  form = "native",
  renderer,
  clip,
}: Design2CodeOptions = {}): Reward {
  if (form === "exact" && !renderer) {
    throw new UsageError(
      'Design2Code\'s "exact" form renders pages itself; pass a renderer, or use "native".',
    );
  }
  const native = memoizeByObject(nativePage);
  const read = async (
    context: RewardContext,
    role: "prediction" | "reference",
  ): Promise<DesignPage | null> => {
    if (form === "native" || !renderer) {
      const page = role === "prediction" ? context.page : context.reference;
      return page ? native(page) : null;
    }
    const html = role === "prediction" ? answerHtml(context) : referenceHtml(context);
    return html === null
      ? null
      : exactPage(html, { renderer, role, viewport: context.task.viewport, impliedBody: "write" });
  };
  return defineReward({
    name,
    needs: ["page", "reference"],
    version: clip && clip.version === undefined ? undefined : `${REVISION}-${form}${clip?.version ?? ""}`,
    costly: form === "exact" || clip !== undefined,
    async score(context): Promise<Score> {
      const reference = await read(context, "reference");
      if (!reference) return unscored("skipped", context.referencePicture ? PICTURE_ALONE : NO_REFERENCE);
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      const prediction = await read(context, "prediction");
      if (!prediction) return unscored("skipped", "Nothing was rendered that could be compared.");
      const comparison = compareBlocks(prediction.blocks, reference.blocks);
      if (!clip) return scored(meanOfFour(comparison), evidence(comparison));
      const masked = (page: DesignPage, side: "prediction" | "reference") =>
        clipView(
          page.screenshot,
          comparison.masks[side].map(({ bbox }) => bbox),
        );
      const cosine = await clip(masked(prediction, "prediction"), masked(reference, "reference"));
      return scored(withClip(comparison, cosine).final, { ...evidence(comparison), clip: cosine });
    },
  });
}

function evidence(comparison: BlockComparison): JsonObject {
  const { size, text, position, color, matches, unmatchedPrediction, unmatchedReference } = comparison;
  return {
    size,
    text,
    position,
    color,
    matches: matches.slice(0, LISTED).map((match) => ({
      prediction: { text: match.prediction.text, bbox: [...match.prediction.bbox] },
      reference: { text: match.reference.text, bbox: [...match.reference.bbox] },
      text: match.text,
      position: match.position,
      color: match.color,
    })),
    unmatchedPrediction: unmatchedPrediction.slice(0, LISTED).map(({ text }) => text),
    unmatchedReference: unmatchedReference.slice(0, LISTED).map(({ text }) => text),
  };
}
