import type { SiteProbe, SiteProbeResult } from "../../contract/site-probe.js";
import type { ProbeRun } from "./probe-run.js";

/** A run, or why there was none. */
export type RunOutcome = ProbeRun | { readonly blocked: string };

/** What two runs of a probe say together: the first one's verdict when the second agrees, else flaky. */
export function verdictOf({ id, weight = 1 }: SiteProbe, runs: readonly RunOutcome[]): SiteProbeResult {
  const [first, ...others] = runs;
  const blocked = runs.find((run) => "blocked" in run);
  if (first === undefined || (blocked !== undefined && "blocked" in blocked)) {
    const detail = blocked !== undefined && "blocked" in blocked ? blocked.blocked : "It was not run.";
    return { id, weight, verdict: "blocked", score: 0, expectations: [], detail };
  }
  const run = first as ProbeRun;
  const { expectations, before, after, problem } = run;
  const states = { before, after };
  const different = (others as ProbeRun[]).find((other) => outline(other) !== outline(run));
  if (different !== undefined) {
    const detail = `Two runs disagree: ${outline(run)} and ${outline(different)}.`;
    return { id, weight, verdict: "flaky", score: 0, expectations, detail, ...states };
  }
  const held = expectations.filter(({ ok }) => ok).length;
  const verdict = held === expectations.length ? "pass" : held > 0 ? "partial" : "fail";
  const score = { pass: 1, partial: 0.5, fail: 0 }[verdict];
  const missed = expectations.filter(({ ok }) => !ok).map(({ detail }) => detail);
  return { id, weight, verdict, score, expectations, detail: problem || missed.join(" "), ...states };
}

function outline({ expectations }: ProbeRun): string {
  return expectations.map(({ ok }) => (ok ? "yes" : "no")).join(", ");
}
