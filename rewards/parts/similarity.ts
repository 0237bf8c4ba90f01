import { scored, unscored } from "../../env/contract/scoring.js";
import { memoize } from "../memo.js";
import { domLcsRatio } from "../metrics/dom-lcs.js";
import { type LandmarkSimilarity, landmarkSimilarity } from "../metrics/landmarks.js";
import { defineReward, type Reward } from "../reward.js";
import { shownShareOf } from "./seen.js";
import { answerHtml, cachedDomSequence, ownFault, referenceHtml } from "./source.js";

/** On a reference as plain as a skeleton a higher floor would let a single attribute decide the whole score. */
export const HIGHEST_FLOOR = 0.7;

/** Options of the similarity part. */
export interface SimilarityOptions {
  readonly name?: string;
  /** How landmark roles are recognised, see {@link landmarkSimilarity}; default `substring`, as FrontCoder. */
  readonly landmarks?: "substring" | "token";
  /**
   * Pages any answer could be. The most one of them scores against the reference becomes 0 and only what is above
   * counts: `(s - floor) / (1 - floor)`, at least 0, with a floor of at most {@link HIGHEST_FLOOR}. Without any the score
   * is the published one.
   */
  readonly skeletons?: readonly string[];
  /**
   * Count only a page that people can see: when less than half of its text shows in its picture, the score shrinks with what
   * shows. Default false, as FrontCoder.
   */
  readonly shownOnly?: boolean;
  /** False when every reference is HTML source, which needs no render; default true. */
  readonly renderReference?: boolean;
  /** The score of a task without a reference; default null (skipped). */
  readonly missingReference?: number | null;
}

/**
 * FrontCoder's S_sim: half the longest common subsequence of the two DOMs, half the similarity of landmark roles, both of
 * the source text. The evidence holds both halves and the floor.
 */
export function similarity(options: SimilarityOptions = {}): Reward {
  const { name = "similarity", landmarks = "substring", skeletons = [], missingReference = null } = options;
  const { renderReference = true, shownOnly = false } = options;
  const floorOf = memoize(512, (reference: string) =>
    Math.min(
      HIGHEST_FLOOR,
      Math.max(0, ...skeletons.map((skeleton) => compare(skeleton, reference, landmarks).score)),
    ),
  );
  return defineReward({
    name,
    needs: [...(renderReference ? (["reference"] as const) : []), ...(shownOnly ? (["page"] as const) : [])],
    async score(context) {
      const reference = referenceHtml(context);
      if (reference === null) {
        return missingReference === null
          ? unscored("skipped", "The task has no reference to compare with.")
          : { ...scored(missingReference), message: "The task has no reference to compare with." };
      }
      const answer = answerHtml(context);
      if (answer === null) return scored(0, { reason: ownFault(context) ?? "The answer is no page." });
      const { score, structure, semantics } = compare(answer, reference, landmarks);
      const floor = floorOf(reference);
      const value = Math.max(0, (score - floor) / (1 - floor));
      const shown = shownOnly && context.page ? await shownShareOf(context.page, answer) : 1;
      const evidence = { structure, semantics: semantics.score, roles: semantics.roles, floor };
      return scored(value * Math.min(1, 2 * shown), shownOnly ? { ...evidence, shown } : evidence);
    },
  });
}

/** S_sim of two HTML texts and its halves. */
export function compare(
  answer: string,
  reference: string,
  landmarks: "substring" | "token" = "substring",
): { score: number; structure: number; semantics: LandmarkSimilarity } {
  const [a, b] = [cachedDomSequence(answer), cachedDomSequence(reference)];
  const structure = domLcsRatio(a, b);
  const semantics = landmarkSimilarity(a, b, landmarks);
  return { score: 0.5 * structure + 0.5 * semantics.score, structure, semantics };
}
