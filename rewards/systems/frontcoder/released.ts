import { scored } from "../../../env/contract/scoring.js";
import { codePointLength, lengthScore, TOKENS_PER_CHARACTER } from "../../metrics/length.js";
import { findRepetition } from "../../metrics/repetition.js";
import { compare } from "../../parts/similarity.js";
import { defineReward, type Reward } from "../../reward.js";
import { extractHtml } from "./extract.js";
import { releasedRender } from "./judge.js";

/** I_rep of the released code: 1 or 0, of the extracted page only; 1 when there is none. */
export function repetitionAsReleased(text: string): number {
  return findRepetition(extractHtml(text)).degenerate ? 0 : 1;
}

/** S_len of the released code: 0.75 tokens a character of the extracted page; 1 when there is none. */
export function lengthScoreAsReleased(text: string): number {
  const html = extractHtml(text);
  return html === "" ? 1 : lengthScore(codePointLength(html) * TOKENS_PER_CHARACTER);
}

/** lxml refuses text that declares an encoding of its own. */
const DECLARES_ENCODING = /^<\?xml[^>]+\s+encoding\s*=\s*["'][^"']*["']/u;

/** S_sim of the released code: 0 when either side holds no page, or one that its parser refuses. */
export function similarityAsReleased(generated: string, reference: string): number {
  const [a, b] = [extractHtml(generated), extractHtml(reference)];
  const refused = [a, b].some((html) => html === "" || DECLARES_ENCODING.test(html));
  return refused ? 0 : compare(a, b).score;
}

/** The parts of the released code besides its checklist. They read the completion's text, not the environment's artifact. */
export function releasedParts(): Record<"rep" | "render" | "similarity" | "length", Reward> {
  return {
    rep: defineReward({
      name: "repetition",
      needs: [],
      score: ({ completion }) => scored(repetitionAsReleased(completion.text)),
    }),
    render: defineReward({
      name: "render",
      needs: ["page"],
      score: (context) => scored(Number(releasedRender(context))),
    }),
    similarity: defineReward({
      name: "similarity",
      needs: [],
      score: ({ completion, task }) =>
        scored(similarityAsReleased(completion.text, task.reference?.html ?? "")),
    }),
    length: defineReward({
      name: "length",
      needs: [],
      score: ({ completion }) => scored(lengthScoreAsReleased(completion.text)),
    }),
  };
}
