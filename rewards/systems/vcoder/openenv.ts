import type { RenderedPage } from "../../../env/contract/rendered-page.js";
import {
  type RewardContext,
  type Score,
  type Scorer,
  scored,
  unscored,
} from "../../../env/contract/scoring.js";
import { composeReward } from "../../compose.js";
import { type ImageSimilarity, type PixelImage, solidImage } from "../../metrics/image/index.js";
import { ownFault, referenceHtml } from "../../parts/source.js";
import { type AnyReward, defineReward } from "../../reward.js";
import { behindLegibility, type LegibleOption, refuseLegible } from "../legible.js";
import { checkProfile } from "../profile.js";
import { type ElementText, elementTexts, positionReward, textBlockReward } from "./openenv-blocks.js";
import { compositeFormula, OPENENV_WEIGHTS, type OpenEnvWeights } from "./openenv-composite.js";
import { colorReward, contentFactor, pixelLikeness, rescaledClip, ssimReward } from "./openenv-images.js";
import { openEnvFormat, openEnvStructure, openEnvValidity } from "./openenv-text.js";
import { referencePixels } from "./pictures.js";

/** Options of {@link openEnvReward}. */
export interface OpenEnvOptions extends LegibleOption {
  /**
   * `paper` (default): with the content multiplier, null for what cannot be measured. `compat`: what the released server computes:
   * no multiplier, 0.5 for a missing picture, a white page for a failed render, pixel likeness without a model.
   */
  readonly profile?: "paper" | "compat";
  /** CLIP's image similarity. `paper` leaves the term out with its weight when there is none. */
  readonly clip?: ImageSimilarity;
  /** `server` (default): the weights of the released server; `paper`: those the paper names; or your own. */
  readonly weights?: "server" | "paper" | OpenEnvWeights;
}

/**
 * The eight-part reward of VCoder's OpenEnv variant, 0 to 1 (`src/server/rewards/` of that project). Made for a viewport of
 * 640 x 480.
 *
 * @example
 * const scorer = openEnvReward({ profile: "paper", clip });
 */
export function openEnvReward(options: OpenEnvOptions = {}): Scorer {
  const { profile = "paper", clip, weights = "server" } = options;
  checkProfile("VCoder's OpenEnv variant", profile, ["paper", "compat"]);
  const compat = profile === "compat";
  if (compat) refuseLegible("VCoder's OpenEnv variant", options);
  const own = typeof weights === "string" ? OPENENV_WEIGHTS[weights] : weights;
  const scorer = composeReward({
    name: compat ? "vcoder/openenv-compat" : "vcoder/openenv",
    formula: compositeFormula(own, !compat),
    parts: {
      format: textPart("format", ({ completion }) => openEnvFormat(completion.text)),
      validity: textPart("validity", ({ completion }) => openEnvValidity(completion.text)),
      structural: textPart("structural", (context) => {
        const reference = referenceHtml(context) ?? (compat ? "" : null);
        return reference === null ? null : openEnvStructure(context.completion.text, reference);
      }),
      text_block: blockPart("text_block", compat, textBlockReward),
      position: blockPart("position", compat, positionReward),
      color: picturePart("color", compat, colorReward),
      clip: clipPart(compat, clip),
      ssim: picturePart("ssim", compat, ssimReward),
      ...(compat ? {} : { content: picturePart("content", false, contentFactor) }),
    },
    onNull: { failed: "fail", skipped: "renormalize" },
  });
  return behindLegibility(scorer, options);
}

const NO_REFERENCE = "The task has no reference to compare with.";
/** What the released code gives when a picture is missing. */
const UNKNOWN = 0.5;

function textPart(name: string, measure: (context: RewardContext) => number | null): AnyReward {
  return defineReward({
    name: `openenv/${name}`,
    needs: name === "structural" ? ["reference"] : [],
    score(context) {
      const value = measure(context);
      return value === null ? unscored("skipped", NO_REFERENCE) : scored(value);
    },
  });
}

function blockPart(
  name: string,
  compat: boolean,
  measure: (own: readonly ElementText[], wanted: readonly ElementText[]) => number,
): AnyReward {
  return defineReward({
    name: `openenv/${name}`,
    needs: ["page", "reference"],
    score({ page, reference, ...context }) {
      if (!reference) return compat ? scored(0) : unscored("skipped", NO_REFERENCE);
      const texts = (of: RenderedPage | null) => (of ? elementTexts(of.snapshot) : []);
      if (page || compat) return scored(measure(texts(page), texts(reference)));
      return withoutPage(context);
    },
  });
}

function picturePart(
  name: string,
  compat: boolean,
  measure: (own: PixelImage, wanted: PixelImage) => number,
): AnyReward {
  return defineReward({
    name: `openenv/${name}`,
    needs: ["page", "reference"],
    heavy: true,
    score: (context) => comparePictures(context, compat, async (own, wanted) => measure(own, wanted)),
  });
}

function clipPart(compat: boolean, clip: ImageSimilarity | undefined): AnyReward {
  return defineReward({
    name: "openenv/clip",
    needs: ["page", "reference"],
    costly: clip !== undefined,
    score(context) {
      if (!clip && !compat) return unscored("skipped", "No image model was given.");
      return comparePictures(context, compat, async (own, wanted) =>
        clip ? rescaledClip(await clip(own, wanted)) : pixelLikeness(own, wanted),
      );
    },
  });
}

async function comparePictures(
  context: RewardContext,
  compat: boolean,
  measure: (own: PixelImage, wanted: PixelImage) => Promise<number>,
): Promise<Score> {
  const wanted = await referencePixels(context);
  if (!wanted) return compat ? scored(UNKNOWN) : unscored("skipped", NO_REFERENCE);
  const { page } = context;
  if (!page && !compat) return withoutPage(context);
  const own = page ? await page.pixels() : solidImage(wanted.width, wanted.height, [255, 255, 255]);
  if (!compat) return scored(await measure(own, wanted));
  try {
    return scored(await measure(own, wanted));
  } catch (error) {
    return scored(UNKNOWN, { reason: String(error) });
  }
}

function withoutPage(context: Pick<RewardContext, "artifact" | "render">): Score {
  const fault = ownFault(context as RewardContext);
  return fault === null
    ? unscored("skipped", "Nothing was rendered that could be compared.")
    : scored(0, { reason: fault });
}
