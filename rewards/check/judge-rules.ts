import { CORRUPTIONS, STRENGTHS } from "./corruptions.js";
import { leakOf } from "./leak.js";
import type { KnownFlaw } from "./presets.js";
import { RULES, type RuleId } from "./rules.js";
import type { ScoredTask } from "./score-samples.js";
import type { CheckThresholds, DamageCurve, RewardFinding, RuleOutcome, ScoredSample } from "./types.js";

type Verdict =
  | { readonly status: "kept" | "skipped"; readonly message: string }
  | { readonly status: "broken"; readonly expected: string; readonly came: string };

interface Evidence {
  readonly tasks: readonly ScoredTask[];
  readonly range: readonly [number, number];
  readonly thresholds: CheckThresholds;
  readonly curves: readonly DamageCurve[];
}

/** Every rule's outcome for the scored tasks. */
export function judgeRules(
  tasks: readonly ScoredTask[],
  range: readonly [number, number],
  thresholds: CheckThresholds,
  known: readonly KnownFlaw[],
): { outcomes: RuleOutcome[]; findings: RewardFinding[]; curves: DamageCurve[] } {
  const curves = damageCurves(tasks);
  const outcomes: RuleOutcome[] = [];
  const findings: RewardFinding[] = [];
  for (const rule of Object.keys(RULES) as RuleId[]) {
    const verdict = judge(rule, { tasks, range, thresholds, curves });
    if (verdict.status !== "broken") {
      outcomes.push({ rule, ...verdict });
      continue;
    }
    const { expected, came } = verdict;
    const { cause, remedy } = RULES[rule];
    outcomes.push({ rule, status: "broken", message: came });
    const flaw = known.find(({ rules }) => rules.includes(rule));
    findings.push({
      rule,
      expected,
      came,
      cause,
      remedy,
      ...(flaw ? { known: flaw.what, limit: flaw.kind === "limit" } : {}),
    });
  }
  return { outcomes, findings, curves };
}

function judge(rule: RuleId, evidence: Evidence): Verdict {
  if (rule === "measured") return judgeMeasured(evidence);
  if (rule === "reference-top") return judgeTop(evidence);
  if (rule === "nothing-above") return judgeAbove(evidence);
  if (rule === "same-score") return judgeSame(evidence);
  if (rule === "no-leak") return judgeLeak(evidence);
  if (rule === "blank-floor" || rule === "colour-floor" || rule === "no-page-floor")
    return judgeBlank(rule, evidence);
  const curve = evidence.curves.find((candidate) => candidate.rule === rule);
  if (curve) return judgeCurve(curve, evidence);
  return judgeFloor(rule, evidence);
}

function judgeMeasured({ tasks }: Evidence): Verdict {
  const samples = tasks.flatMap((task) => task.samples);
  const unknown = samples.filter(({ value }) => value === null);
  const first = unknown[0];
  if (!first) return { status: "kept", message: `All ${samples.length} answers have a score.` };
  return {
    status: "broken",
    expected: "A score for every answer.",
    came: `${unknown.length} of ${samples.length} answers have none, e.g. "${first.name}" for ${first.task}: ${first.message ?? "no reason was given"}`,
  };
}

function judgeTop({ tasks, range: [least, most], thresholds }: Evidence): Verdict {
  const limit = most - thresholds.top * (most - least);
  const values = tasks.flatMap(({ reference }) => (reference === null ? [] : [reference]));
  if (values.length === 0) return { status: "skipped", message: "No reference could be scored." };
  const lowest = Math.min(...values);
  if (lowest >= limit)
    return { status: "kept", message: `References score ${show(lowest)} or more of ${most}.` };
  const task = tasks.find(({ reference }) => reference === lowest);
  return {
    status: "broken",
    expected: `At least ${show(limit)} for the reference, of ${most} at most.`,
    came: `${show(lowest)} for the reference of ${task?.task.id}: ${partList(task, "reference-top")}.`,
  };
}

function judgeAbove({ tasks, range: [least, most], thresholds }: Evidence): Verdict {
  const slack = thresholds.rise * (most - least);
  const above = tasks.flatMap(({ reference, samples }) =>
    reference === null ? [] : samples.filter(({ value }) => value !== null && value > reference + slack),
  );
  const worst = highest(above, ({ value }) => value ?? 0);
  if (!worst) return { status: "kept", message: "Nothing scores above the reference." };
  return {
    status: "broken",
    expected: "No answer above the reference.",
    came: `${above.length} answers are; the highest is "${worst.name}" (${worst.rule}) with ${show(worst.value)} for ${worst.task}.`,
  };
}

function judgeBlank(rule: RuleId, { tasks, range: [least, most], thresholds }: Evidence): Verdict {
  const limit = least + thresholds.blank * (most - least);
  const samples = samplesOf(tasks, rule).filter(({ value }) => value !== null);
  const worst = highest(samples, ({ value }) => value ?? 0);
  if (!worst) return { status: "skipped", message: "None of these answers could be scored." };
  const value = worst.value as number;
  if (value <= limit) return { status: "kept", message: `At most ${show(value)} ("${worst.name}").` };
  return {
    status: "broken",
    expected: `At most ${show(limit)} in the range of ${least} to ${most}.`,
    came: `${show(value)} for "${worst.name}" on ${worst.task}: ${paidBy(worst)}.`,
  };
}

function judgeFloor(rule: RuleId, { tasks, thresholds }: Evidence): Verdict {
  const samples = samplesOf(tasks, rule);
  if (samples.length === 0) {
    const reason = tasks.flatMap(({ skipped }) => skipped).find((skip) => skip.rule === rule)?.reason;
    return { status: "skipped", message: reason ?? "No task can test this." };
  }
  const limit = rule === "cheat-dead" ? 1 - thresholds.fall : thresholds.floor;
  const placed = samples.filter(({ relative }) => relative !== null);
  const worst = highest(placed, ({ relative }) => relative ?? 0);
  if (!worst) return { status: "skipped", message: NO_WAY };
  const over = placed.filter(({ relative }) => (relative as number) > limit);
  const message = `At most ${share(worst.relative)} of the way from blank to reference ("${worst.name}").`;
  if (over.length === 0) return { status: "kept", message };
  const tricks = new Set(over.map(({ name }) => name));
  const all = new Set(placed.map(({ name }) => name));
  return {
    status: "broken",
    expected: `At most ${share(limit)} of the way from the blank page to the reference.`,
    came: `${tricks.size} of ${all.size} such pages earn more; the most is ${share(worst.relative)} (${show(worst.value)}) for "${worst.name}" on ${worst.task}: ${paidBy(worst)}.`,
  };
}

const NO_WAY = "There is no way to measure along: the reference does not score above the blank page.";

function judgeCurve({ means, rule }: DamageCurve, { thresholds, tasks }: Evidence): Verdict {
  const curve = means.map(share).join(" ");
  if (means.includes(null)) return { status: "skipped", message: NO_WAY };
  const values = means as readonly number[];
  const rise = values.findIndex((value, i) => i > 0 && value > (values[i - 1] as number) + thresholds.rise);
  const fall = (values[0] as number) - (values.at(-1) as number);
  if (rise < 0 && fall >= thresholds.fall)
    return { status: "kept", message: `Falls by ${share(fall)}: ${curve}.` };
  const blind = rise < 0 ? `; blind to it: ${blindParts(tasks, rule)}` : "";
  return {
    status: "broken",
    expected: `A fall of at least ${share(thresholds.fall)} over five strengths, and no rise above ${share(thresholds.rise)}.`,
    came:
      rise < 0
        ? `It falls by ${share(fall)}: ${curve}${blind}.`
        : `It rises from ${share(values[rise - 1])} to ${share(values[rise])} at strength ${rise}: ${curve}.`,
  };
}

function judgeSame({ tasks, range: [least, most], thresholds }: Evidence): Verdict {
  const worst = highest(tasks, ({ wobble }) => wobble.difference);
  if (!worst || worst.wobble.difference <= thresholds.same * (most - least))
    return { status: "kept", message: "Three times, in other orders, alone and together: no difference." };
  const { name, how, difference } = worst.wobble;
  return {
    status: "broken",
    expected: "Equal scores for equal answers.",
    came: `"${name}" for ${worst.task.id} differs by ${show(difference)} when scored again (${how}).`,
  };
}

function judgeLeak({ tasks }: Evidence): Verdict {
  const leak = tasks.map(({ task }) => leakOf(task)).find((found) => found !== null);
  if (leak === undefined || leak === null)
    return { status: "kept", message: "Neither source nor checklist is in the prompt." };
  return { status: "broken", expected: "A prompt that only says what is wanted.", came: leak };
}

function damageCurves(tasks: readonly ScoredTask[]): DamageCurve[] {
  return (Object.keys(CORRUPTIONS) as RuleId[]).map((rule) => {
    const samples = samplesOf(tasks, rule);
    const means = Array.from({ length: STRENGTHS + 1 }, (_, strength) =>
      mean(
        strength === 0
          ? samplesOf(tasks, "reference-top").map(({ relative }) => relative)
          : samples.filter((sample) => sample.strength === strength).map(({ relative }) => relative),
      ),
    );
    return { rule, means };
  });
}

/** Parts that the strongest damage leaves as they are, on the first task. */
function blindParts(tasks: readonly ScoredTask[], rule: RuleId): string {
  const [first] = tasks;
  const reference = first?.samples.find((sample) => sample.rule === "reference-top");
  const damaged = first?.samples.find((sample) => sample.rule === rule && sample.strength === STRENGTHS);
  const blind = Object.entries(reference?.parts ?? {})
    .filter(([part, value]) => value !== null && Math.abs((damaged?.parts[part] ?? 0) - value) < 0.005)
    .map(([part]) => part);
  return blind.length === 0 ? "none of the parts alone" : blind.join(", ");
}

const samplesOf = (tasks: readonly ScoredTask[], rule: RuleId): ScoredSample[] =>
  tasks.flatMap(({ samples }) => samples.filter((sample) => sample.rule === rule));

function partList(task: ScoredTask | undefined, rule: RuleId): string {
  const sample = task?.samples.find((candidate) => candidate.rule === rule);
  return sample ? paidBy(sample) : "no parts";
}

/** The parts of a score, largest first. */
function paidBy({ parts }: ScoredSample): string {
  return Object.entries(parts)
    .sort(([, a], [, b]) => (b ?? -1) - (a ?? -1))
    .map(([part, value]) => `${part} ${show(value)}`)
    .join(", ");
}

function highest<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || of(item) > of(best) ? item : best),
    undefined,
  );
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

const show = (value: number | null | undefined) =>
  value === null || value === undefined ? "null" : value.toFixed(3);
const share = (value: number | null | undefined) =>
  value === null || value === undefined ? "–" : `${Math.round(value * 100)} %`;
