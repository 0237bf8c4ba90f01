import { scored, unscored } from "../../env/contract/scoring.js";
import {
  codePointLength,
  LENGTH_FULL,
  LENGTH_NONE,
  lengthScore,
  TOKENS_PER_CHARACTER,
} from "../metrics/length.js";
import { defineReward, type Reward } from "../reward.js";
import { answerHtml, referenceHtml } from "./source.js";

/** Options of the length part. */
export interface LengthOptions {
  readonly name?: string;
  /**
   * What is measured: `completion` in tokens as the policy counted them (estimated at 0.75 a character when it did not),
   * `page` in estimated tokens of the page alone. Default `completion`.
   */
  readonly of?: "completion" | "page";
  /** Tokens up to which the score is 1; default {@link LENGTH_FULL}. */
  readonly full?: number;
  /** Tokens from which it is 0; default {@link LENGTH_NONE}. */
  readonly none?: number;
  /** Score of an answer without a page; default 0. */
  readonly empty?: number;
}

/** FrontCoder's S_len: long answers lose. */
export function lengthControl(options: LengthOptions = {}): Reward {
  const { name = "length", of = "completion", full = LENGTH_FULL, none = LENGTH_NONE, empty = 0 } = options;
  return defineReward({
    name,
    needs: [],
    score(context) {
      const page = answerHtml(context);
      if (page === null) return scored(empty, { tokens: 0 });
      const { text, tokenCount } = context.completion;
      const tokens =
        of === "completion" && tokenCount !== undefined
          ? tokenCount
          : codePointLength(of === "page" ? page : text) * TOKENS_PER_CHARACTER;
      return scored(lengthScore(tokens, full, none), { tokens });
    },
  });
}

/** Options of the length relative to the reference's. */
export interface RelativeLengthOptions {
  readonly name?: string;
  /** Multiple of the reference's length up to which the score is 1; default 1.25. */
  readonly full?: number;
  /** Multiple from which it is 0; default 2. */
  readonly none?: number;
}

/** Length of the answer's page against that of the reference, in characters: bloat loses. Skipped without a reference. */
export function relativeLength(options: RelativeLengthOptions = {}): Reward {
  const { name = "length", full = 1.25, none = 2 } = options;
  return defineReward({
    name,
    needs: [],
    score(context) {
      const reference = referenceHtml(context);
      if (reference === null)
        return unscored("skipped", "The task has no reference to compare lengths with.");
      const page = answerHtml(context);
      if (page === null) return scored(0, { ratio: 0 });
      const ratio = codePointLength(page) / Math.max(1, codePointLength(reference));
      return scored(lengthScore(ratio, full, none), { ratio });
    },
  });
}
