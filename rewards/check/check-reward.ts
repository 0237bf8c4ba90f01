import type { Renderer } from "../../env/contract/rendered-page.js";
import type { Scorer } from "../../env/contract/scoring.js";
import type { Task } from "../../env/contract/task.js";
import { UsageError } from "../../infra/errors.js";
import { judgeRules } from "./judge-rules.js";
import { presetFacts } from "./presets.js";
import { type ScoredTask, scoreTask } from "./score-samples.js";
import { type CheckThresholds, type RewardReport, THRESHOLDS } from "./types.js";

/** Options of the check of a reward function. */
export interface CheckRewardOptions {
  /** Tasks with an HTML reference; each costs about seventy renders. */
  readonly tasks: readonly Task[];
  readonly renderer: Renderer;
  /** Name of a shipped preset, whose range, form of answer and known defects apply; default the scorer's name. */
  readonly name?: string;
  /** True when the preset was given its models, so that no published term is left out; default false. */
  readonly configured?: boolean;
  /** Least and most the reward can be; default 0 to 1. */
  readonly range?: readonly [least: number, most: number];
  /** How the reward wants a page handed in; default as it is. */
  readonly form?: (html: string) => string;
  readonly thresholds?: Partial<CheckThresholds>;
  /** Called after every scored answer. */
  readonly onScored?: () => void;
}

/**
 * Tests a reward by what it pays: the reference the most, pages that answer nothing and cheats next to nothing, damaged
 * pages less with every step, the same answer always the same. Pages are rendered in a real browser.
 *
 * @example
 * const report = await checkReward(pagesReward(), { tasks: [source.at("test", 2)], renderer });
 * report.findings.map(({ rule, came }) => `${rule}: ${came}`);
 */
export async function checkReward(scorer: Scorer, options: CheckRewardOptions): Promise<RewardReport> {
  const { tasks, renderer, name = scorer.name, configured = false, onScored } = options;
  const wrong = tasks.find(({ kind, reference }) => kind !== "html" || reference?.html === undefined);
  if (wrong || tasks.length === 0)
    throw new UsageError(
      wrong
        ? `The checker needs tasks that ask for HTML and have an HTML reference, but ${wrong.id} is of kind ${wrong.kind}${wrong.reference ? "" : " and has no reference"}; choose other tasks.`
        : "The checker needs at least one task, but none came.",
    );
  const facts = presetFacts(name);
  const range = options.range ?? facts.range;
  const thresholds = { ...THRESHOLDS, ...options.thresholds };
  const form = options.form ?? facts.form;
  const scored: ScoredTask[] = [];
  for (const task of tasks)
    scored.push(
      await scoreTask(task, { scorer, renderer, range, thresholds, form, ...(onScored ? { onScored } : {}) }),
    );
  const { outcomes, findings, curves } = judgeRules(scored, range, thresholds, facts.known);
  return {
    reward: name,
    passed: findings.every(({ limit }) => limit),
    range,
    thresholds,
    tasks: scored.map(({ task, blank, reference }) => ({ id: task.id, blank, reference })),
    rules: outcomes,
    findings,
    curves,
    unmeasured: [
      ...Object.entries(scored[0]?.missing ?? {}).map(([part, reason]) => ({ part, reason })),
      ...(configured ? [] : facts.absent),
    ],
    samples: scored.flatMap(({ samples }) => samples),
  };
}
