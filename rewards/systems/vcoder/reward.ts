import type { Scorer } from "../../../env/contract/scoring.js";
import { composeReward } from "../../compose.js";
import type { ImageSimilarity } from "../../metrics/image/index.js";
import { behindLegibility, type LegibleOption, refuseLegible } from "../legible.js";
import { checkProfile } from "../profile.js";
import {
  releasedClip,
  vcoderClip,
  vcoderFidelity,
  vcoderFormat,
  vcoderStructure,
  vcoderValidity,
} from "./parts.js";

/** The sum VCoder trains on; 6 at most. */
export const VCODER_FORMULA = "format + validity + structural + 3 * clip";

/** The weights of VCoder's first notebook, which looks at pixels instead of embeddings; 1 at most. */
export const VCODER_NOTEBOOK_FORMULA = "0.1 * format + 0.2 * validity + 0.2 * structural + 0.5 * fidelity";

/** Options of {@link vcoderReward}. */
export interface VcoderOptions extends LegibleOption {
  /**
   * `paper` (default): the published reward on the environment's artifact and renders; what cannot be measured is null.
   * `compat`: what the released code computes: only a closed `html` fence is read, thoughts included, the reference is shrunk
   * as in training and cropped, and every failure is 0.
   */
  readonly profile?: "paper" | "compat";
  /** CLIP's image similarity. */
  readonly clip: ImageSimilarity;
  /** Share of the structural term that class names decide in `paper`; default 0, as the published runs have it. */
  readonly classWeight?: number;
}

/**
 * VCoder's reward (`vcoder/rewards/` of the public project): format, validity, structure, and three times CLIP.
 *
 * @example
 * const scorer = vcoderReward({ profile: "paper", clip });
 */
export function vcoderReward({ profile = "paper", clip, classWeight = 0, legible }: VcoderOptions): Scorer {
  checkProfile("VCoder", profile, ["paper", "compat"]);
  const fenced = profile === "compat";
  if (fenced) refuseLegible("VCoder", { legible });
  const scorer = composeReward({
    name: `vcoder/${profile}`,
    formula: VCODER_FORMULA,
    parts: {
      format: vcoderFormat(),
      validity: vcoderValidity({ fenced }),
      structural: vcoderStructure({ fenced, classWeight }),
      clip: fenced ? releasedClip(clip) : vcoderClip(clip),
    },
    onNull: "fail",
  });
  return behindLegibility(scorer, { legible });
}

/** VCoder's reward of its first notebook: no model needed. */
export function vcoderNotebookReward(): Scorer {
  return composeReward({
    name: "vcoder/notebook",
    formula: VCODER_NOTEBOOK_FORMULA,
    parts: {
      format: vcoderFormat(),
      validity: vcoderValidity({ fenced: false }),
      structural: vcoderStructure({ fenced: false }),
      fidelity: vcoderFidelity(),
    },
    onNull: "fail",
  });
}
