import { scored, unscored } from "../../env/contract/scoring.js";
import { bodyTextLength } from "../metrics/dom-sequence.js";
import { codePointLength, lengthScore } from "../metrics/length.js";
import { defineReward, type Reward } from "../reward.js";
import { answerHtml, referenceHtml } from "./source.js";

export interface PaddingOptions {
  readonly name?: string;
  /** Multiple of the reference's text up to which the gate is open, and from which it is shut; default 6 and 18. */
  readonly text?: { readonly full: number; readonly none: number };
  /** The same of the source; default 12 and 48. */
  readonly source?: { readonly full: number; readonly none: number };
  /** How often a page may say what it says, in the mean over its runs of text, and from which multiple it is shut; default 2.5 and 4. */
  readonly again?: { readonly full: number; readonly none: number };
}

/** Runs of text shorter than this may stand as often as they like: `a month`. */
const SHORT = 12;

/** A terse reference counts as if it had this many characters of text and of source. */
const LEAST_TEXT = 500;
const LEAST_SOURCE = 2000;

/**
 * A gate against padding: 1 for any length that an honest page may have, falling to 0 for one with many times the text or the source of the
 * reference, or that says all it says several times over. How much an author writes is free within that. Skipped without a reference.
 */
export function paddingGate({
  name = "padding",
  text = { full: 6, none: 18 },
  source = { full: 12, none: 48 },
  again = { full: 2.5, none: 4 },
}: PaddingOptions = {}): Reward {
  return defineReward({
    name,
    needs: [],
    score(context) {
      const reference = referenceHtml(context);
      if (reference === null)
        return unscored("skipped", "The task has no reference to compare lengths with.");
      const page = answerHtml(context);
      if (page === null) return scored(0, { text: 0, source: 0 });
      const texts = bodyTextLength(page) / Math.max(LEAST_TEXT, bodyTextLength(reference));
      const sources = codePointLength(page) / Math.max(LEAST_SOURCE, codePointLength(reference));
      const times = timesSaid(page);
      const open = Math.min(
        lengthScore(texts, text.full, text.none),
        lengthScore(sources, source.full, source.none),
        lengthScore(times, again.full, again.none),
      );
      return scored(open, { text: texts, source: sources, again: times });
    },
  });
}

/** Characters of a page's runs of text over those of its different ones; 1 for a page that says nothing twice. */
function timesSaid(html: string): number {
  const runs = html
    .split("<")
    .filter((part) => !/^(?:script|style)\b/i.test(part))
    .map((part) =>
      part
        .slice(part.indexOf(">") + 1)
        .replace(/\s+/g, " ")
        .trim()
        .toLowerCase(),
    )
    .filter((run) => run.length >= SHORT);
  const lengthOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);
  return runs.length === 0 ? 1 : lengthOf(runs) / lengthOf([...new Set(runs)]);
}
