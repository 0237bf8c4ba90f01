import { scored } from "../../env/contract/scoring.js";
import { findRepetition, type RepetitionOptions } from "../metrics/repetition.js";
import { defineReward, type Reward } from "../reward.js";
import { answerHtml } from "./source.js";

export interface RepetitionGateOptions extends RepetitionOptions {
  readonly name?: string;
}

/** A gate: 0 when the answer repeats itself degenerately (see {@link findRepetition}), else 1. Looks at the page, or at the raw text when there is none. */
export function repetitionGate({ name = "repetition", ...options }: RepetitionGateOptions = {}): Reward {
  return defineReward({
    name,
    needs: [],
    score(context) {
      const { degenerate, local, between } = findRepetition(
        answerHtml(context) ?? context.completion.text,
        options,
      );
      return scored(degenerate ? 0 : 1, { local, between });
    },
  });
}
