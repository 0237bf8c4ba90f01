import { scored, unscored } from "../../env/contract/scoring.js";
import { defineReward, type Reward } from "../reward.js";
import { ownFault } from "./source.js";

/** Options of the accessibility part. */
export interface AccessibilityOptions {
  readonly name?: string;
}

/**
 * How accessible the rendered page is by axe-core (WCAG 2.2 A and AA, best practice), 0 to 1: `1 / (1 + cost / 10)`, where a broken rule
 * costs 1 (minor) to 8 (critical) times `1 + log2` of its elements. The evidence lists the rules with selectors. A page on which
 * nothing can be seen has nothing to be accessible and scores 0; an audit that could not be made gives no score.
 */
export function accessibility({ name = "accessibility" }: AccessibilityOptions = {}): Reward {
  return defineReward({
    name,
    needs: ["page", "accessibility"],
    score(context) {
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      const { page } = context;
      if (!page) return unscored("skipped", "Nothing was rendered that could be audited.");
      if (page.findings.some(({ kind }) => kind === "blank"))
        return scored(0, { reason: "Nothing can be seen." });
      const result = page.probes.at(-1);
      if (!result?.audit || result.score === null)
        return unscored("failed", result?.detail ?? "The page was not audited.");
      const { version, passes, violations } = result.audit;
      return scored(result.score, {
        axe: version,
        passes,
        violations: violations.map(({ rule, impact, help, count, selectors }) => ({
          rule,
          impact,
          help,
          count,
          selectors: [...selectors],
        })),
      });
    },
  });
}
