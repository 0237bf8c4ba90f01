import type { RunEvent } from "../../infra/event-log.js";
import type { AgentSummary, DifferenceSummary, Summary } from "../summary.js";
import { agentLabel, duration, interval, reward, signed } from "./format.js";

/** The result of a run in one line, and the figures behind it. */
export interface Headline {
  /** E.g. `GRPO raised held-out reward from 0.58 to 0.71`. */
  readonly claim: string;
  /** E.g. `+0.13, 95 % interval 0.10 to 0.16, over 64 tasks, after 4 min of training`. */
  readonly figures: string;
  /** Which way training moved the reward, where the claim says that it did. */
  readonly trend: "up" | "down" | null;
}

/**
 * Says what a run showed. A claim of more or less needs a 95 % interval on one side of 0.
 *
 * @param pair which difference to speak of; default GRPO against SFT where both took part, else the first one kept
 */
export function headlineOf(
  summary: Summary,
  events: readonly RunEvent[] = [],
  pair?: readonly [a: string, b: string],
): Headline {
  const difference = headlineDifference(summary, pair);
  const a = summary.agents.find(({ name }) => name === difference?.a);
  const b = summary.agents.find(({ name }) => name === difference?.b);
  if (!difference || !a || !b) return alone(summary);
  return {
    claim: claim(difference, a, b, summary.taskSplit === "train" ? "" : "held-out "),
    trend: isTrained(a.name) && isClear(difference) ? (difference.mean! > 0 ? "up" : "down") : null,
    figures: [
      `${signed(difference.mean)}, 95 % interval ${interval(difference.ci95)}`,
      `over ${difference.n} tasks`,
      ...training(a.name, events),
    ].join(", "),
  };
}

function claim(difference: DifferenceSummary, a: AgentSummary, b: AgentSummary, heldOut: string): string {
  const [nameA, nameB] = [agentLabel(a.name), agentLabel(b.name)];
  const [valueA, valueB] = [reward(a.reward.mean), reward(b.reward.mean)];
  const { mean, ci95 } = difference;
  if (mean === null || ci95 === null)
    return `Too few ${heldOut}tasks were scored to compare ${nameA} with ${nameB}`;
  if (!isClear(difference))
    return `No clear difference in ${heldOut}reward between ${nameA} (${valueA}) and ${nameB} (${valueB})`;
  if (isTrained(a.name))
    return `${nameA} ${mean > 0 ? "raised" : "lowered"} ${heldOut}reward from ${valueB} to ${valueA}`;
  return `${nameA} earned ${mean > 0 ? "more" : "less"} ${heldOut}reward than ${nameB}: ${valueA} against ${valueB}`;
}

/** The whole interval lies on one side of 0. */
function isClear({ ci95 }: DifferenceSummary): boolean {
  return ci95 !== null && (ci95[0] > 0 || ci95[1] < 0);
}

function alone({ agents }: Summary): Headline {
  const [best] = agents
    .filter(({ reward }) => reward.mean !== null)
    .sort((a, b) => b.reward.mean! - a.reward.mean!);
  if (!best)
    return {
      claim: "No answer could be scored",
      figures: "Look at the events of the run for the reason.",
      trend: null,
    };
  return {
    trend: null,
    claim: `${agentLabel(best.name)} reached a reward of ${reward(best.reward.mean)}`,
    figures: `95 % interval ${interval(best.reward.ci95)}, over ${best.n} tasks`,
  };
}

/** The difference that a report is about: that of `pair`, else GRPO against SFT where both took part, else the first one kept. */
export function headlineDifference(
  { differences }: Summary,
  pair?: readonly [string, string],
): DifferenceSummary | undefined {
  if (pair) return differences.find(({ a, b }) => a === pair[0] && b === pair[1]);
  return differences.find(({ a, b }) => isTrained(a) && /^sft$/i.test(b)) ?? differences[0];
}

const isTrained = (name: string) => /^(sft\s*\+\s*)?grpo$/i.test(name);

function training(agent: string, events: readonly RunEvent[]): string[] {
  const phase = agent.toLowerCase().split("+").at(-1)?.trim() ?? "";
  const seconds = phaseSeconds(events, phase);
  return seconds === null ? [] : [`after ${duration(seconds)} of training`];
}

/**
 * How long a phase took, in s, from the times of its events; null for fewer than two. A gap of more than five times the
 * median is a pause (the run was stopped and resumed) and counts as one median gap.
 */
export function phaseSeconds(events: readonly RunEvent[], phase: string): number | null {
  const times = events.filter((event) => event.phase === phase).map(({ time }) => Date.parse(time));
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
  if (gaps.length === 0) return null;
  const median = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] as number;
  const worked = gaps.reduce((sum, gap) => sum + (gap > 5 * median && median > 0 ? median : gap), 0);
  return (worked + median) / 1000;
}
