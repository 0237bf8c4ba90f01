import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { messageOf } from "../../../infra/errors.js";
import type { JsonValue } from "../../../infra/json.js";
import type { AccessibilityAudit, Impact, ProbeResult, Violation } from "../../contract/probe.js";
import { BrowserGone, PageGone, ProtocolError } from "../browser/connection.js";
import type { ProbePage } from "../probe-page.js";

/** Elements of the largest page that is audited; some rules take time that grows with their square. */
const MOST_ELEMENTS = 5000;
/** Elements listed for a rule at most. */
const LISTED = 5;

/** WCAG 2.2 levels A and AA, and what axe calls best practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let source: string | undefined;

/** axe-core, read when it is first asked for. */
function axeSource(): string {
  source ??= readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return source;
}

/** Runs in the page's isolated world: what axe finds, cut to what is kept. */
export const AUDIT = `(async () => {
  const found = await axe.run(document, ${JSON.stringify({
    runOnly: TAGS,
    resultTypes: ["violations"],
    iframes: false,
    preload: false,
  })});
  return {
    version: axe.version,
    passes: found.passes.length,
    violations: found.violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? "minor",
      help,
      count: nodes.length,
      selectors: nodes.slice(0, ${LISTED}).map(({ target }) => target.flat().join(" ").slice(0, 200)),
    })),
  };
})()`;

/**
 * Lets axe-core audit the page as it stands. Nothing of axe is in a page that was not asked about. 0 when the page is too large
 * for it, or when axe fails on it.
 */
export async function runAxe(page: ProbePage): Promise<ProbeResult> {
  try {
    const elements = Number(await page.evaluate("document.getElementsByTagName('*').length"));
    if (elements > MOST_ELEMENTS)
      return {
        score: 0,
        detail: `The page has ${elements} elements; at most ${MOST_ELEMENTS} are audited for accessibility.`,
      };
    if ((await page.evaluate("typeof globalThis.axe")) !== "object") await page.evaluate(`${axeSource()};0`);
    const audit = (await page.evaluate(AUDIT)) as JsonValue as unknown as AccessibilityAudit;
    return { score: auditScore(audit), detail: summary(audit), audit };
  } catch (error) {
    // That the page or its browser is gone is not for the audit to judge.
    if (error instanceof BrowserGone || error instanceof PageGone || error instanceof ProtocolError)
      throw error;
    return { score: 0, detail: `The page cannot be audited for accessibility: ${messageOf(error)}` };
  }
}

/** What one violated rule costs, by its impact. */
export const IMPACT_COSTS: Readonly<Record<Impact, number>> = {
  minor: 1,
  moderate: 2,
  serious: 4,
  critical: 8,
};
/** The cost at which a page has half of the score. */
export const HALF_COST = 10;

/**
 * Violations as a score, 0 to 1: `1 / (1 + cost / 10)`, where a rule costs `impact * (1 + log2(elements))`. One element of
 * one serious rule gives 0.71; every further violation lowers it, and one element more of a rule that is broken already
 * costs less than a new rule.
 */
export function auditScore({ violations }: Pick<AccessibilityAudit, "violations">): number {
  const cost = violations.reduce(
    (sum, { impact, count }) => sum + IMPACT_COSTS[impact] * (1 + Math.log2(Math.max(1, count))),
    0,
  );
  return 1 / (1 + cost / HALF_COST);
}

function summary({ violations, passes }: AccessibilityAudit): string {
  if (violations.length === 0) return `axe finds nothing wrong in ${passes} rules that apply.`;
  const said = ({ rule, impact, count, selectors }: Violation) =>
    `${rule} (${impact}, ${count} element${count === 1 ? "" : "s"}, e.g. ${selectors[0] ?? "the page"})`;
  return `axe finds ${violations.length} rules broken: ${violations.map(said).join("; ")}.`;
}
