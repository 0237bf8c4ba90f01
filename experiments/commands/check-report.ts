import type { EnvCheck } from "../../env/check-env.js";
import type { RewardReport } from "../../index.js";
import type { JsonValue } from "../../infra/json.js";
import type { Spread } from "../../rewards/check/agreement/types.js";
import { agreementVerdicts } from "../../rewards/check/agreement/verdicts.js";
import { RULES } from "../../rewards/check/rules.js";
import type { CheckResult } from "../explain/check-result.js";

/** True when the environment keeps every rule and the reward has no finding that fails it; `strict` counts known limits as such. */
export function verdictOf({ env, reward, agreement, published }: CheckResult, strict = false): boolean {
  const kept = strict ? reward.findings.length === 0 : reward.passed;
  const agreed =
    agreement === null ||
    (published && !strict) ||
    agreementVerdicts(agreement).every((verdict) => verdict.kept);
  return kept && agreed && (env ?? []).every(({ ok }) => ok);
}

/** The environment's rules, two lines each. */
export function envLines(checks: readonly EnvCheck[] | null): string[] {
  if (checks === null) return [];
  return [
    "The environment",
    ...checks.map(({ rule, ok, message }) => `  ${ok ? "ok    " : "BROKEN"} ${rule}\n         ${message}`),
    "",
  ];
}

/** The reward's rules for the terminal; a broken one with what was expected, the likely cause and what to do. */
export function rewardLines(report: RewardReport, strict = false): string[] {
  const { reward, rules, findings, tasks, range, thresholds, unmeasured } = report;
  const lines = [
    `The reward ${reward}, ${range[0]} to ${range[1]}`,
    ...tasks.map(
      ({ id, blank, reference }) => `  ${id}: blank page ${show(blank)}, reference ${show(reference)}`,
    ),
    ...unmeasured.map(({ part, reason }) => `  Not measured: ${part}. ${reason}`),
    "",
  ];
  for (const { rule, status, message } of rules) {
    const finding = findings.find((candidate) => candidate.rule === rule);
    const mark =
      status === "kept" ? "ok    " : status === "skipped" ? "skip  " : finding?.limit ? "limit " : "BROKEN";
    lines.push(`  ${mark} ${RULES[rule].title}`, `         ${message}`);
    if (!finding) continue;
    lines.push(`         Expected: ${finding.expected}`);
    if (finding.known) lines.push(`         Known ${finding.limit ? "limit" : "defect"}: ${finding.known}`);
    else lines.push(`         Likely cause: ${finding.cause}`, `         What to do: ${finding.remedy}`);
  }
  const count = (status: string) => rules.filter((rule) => rule.status === status).length;
  const limits = findings.filter(({ limit }) => limit).length;
  const known = findings.filter(({ known, limit }) => known && !limit).length;
  return [
    ...lines,
    "",
    `Floors are ${thresholds.floor} of the way from the blank page to the reference; see --json for every threshold and score.`,
    `${(strict ? findings.length === 0 : report.passed) ? "Passed" : "Failed"}: ${rules.length} rules, ${count("kept")} kept, ${count("broken") - limits} broken${
      known > 0 ? ` (${known} by known defects)` : ""
    }${limits > 0 ? `, ${limits} known limits` : ""}, ${count("skipped")} skipped.`,
  ];
}

/** The report for programs: everything but sources and pictures. */
export function rewardJson(report: RewardReport): JsonValue {
  return JSON.parse(
    JSON.stringify({
      ...report,
      samples: report.samples.map(({ text, picture, ...sample }) => sample),
    }),
  );
}

const show = (value: number | null) => (value === null ? "null" : value.toFixed(3));

/** Kinds of ruined pages that are named, dearest first. */
const NAMED = 10;

/** Where the reward and people agree: every bound, what competent designs earn, and the dearest ruined kinds. */
export function agreementLines({ agreement, published }: CheckResult): string[] {
  if (agreement === null) return [];
  const verdicts = agreementVerdicts(agreement);
  const line = ({ mean, least, most }: Spread) => `${show(mean)}  [${show(least)}, ${show(most)}]`;
  const broken = published ? "differs" : "BROKEN";
  return [
    "",
    `Would people agree? Shares of the range, over ${agreement.samples.length} pages of ${agreement.tasks.join(", ")}.`,
    ...verdicts.map(
      ({ title, kept, message }) => `  ${kept ? "ok     " : `${broken} `} ${title}\n         ${message}`,
    ),
    "",
    "  Competent designs, mean [least, most]",
    ...Object.entries(agreement.designs).map(([name, spread]) => `    ${name.padEnd(12)} ${line(spread)}`),
    "  Ruined pages, by family",
    ...Object.entries(agreement.families).map(([name, spread]) => `    ${name.padEnd(14)} ${line(spread)}`),
    `  The dearest kinds`,
    ...agreement.kinds
      .slice(0, NAMED)
      .map(({ family, name, spread }) => `    ${line(spread)}  ${name} (${family})`),
    ...(agreement.unmeasured > 0 ? [`  ${agreement.unmeasured} pages have no score.`] : []),
  ];
}

/** The agreement for programs: everything but sources and pictures. */
export function agreementJson({ agreement }: CheckResult): JsonValue {
  if (agreement === null) return null;
  const samples = agreement.samples.map(({ picture, ...sample }) => sample);
  return JSON.parse(JSON.stringify({ ...agreement, verdicts: agreementVerdicts(agreement), samples }));
}
