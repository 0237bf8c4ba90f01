import type { JsonValue } from "../../../infra/json.js";
import type { Check, Probe, ProbeResult } from "../../probe.js";
import type { ProbePage } from "../probe-page.js";
import { checkScript, locateScript, PROBE_LIBRARY } from "./script.js";

/** A probe with its checks numbered, so that all checks of one width can be measured at once. */
type Plan =
  | { readonly kind: "check"; readonly index: number }
  | { readonly kind: "all"; readonly of: readonly Plan[] }
  | { readonly kind: "click"; readonly probe: Probe & { kind: "click" } };

interface Numbered {
  readonly check: Check;
  readonly width: number;
}

/**
 * Runs probes in a page, in three strokes: one script for all checks at the page's own width, one for each other width,
 * and then the clicks, one after the other. A page that breaks under a click fails that probe. Rejects when the page can
 * no longer be asked (its deadline passed, the browser is gone); the window is left at the page's own width.
 *
 * @example
 * const [headline] = await runProbes(page, [{ kind: "exists", query: { role: "heading", level: 1 } }]);
 */
export async function runProbes(page: ProbePage, probes: readonly Probe[]): Promise<ProbeResult[]> {
  const { viewport } = page;
  await page.install(PROBE_LIBRARY);
  const checks: Numbered[] = [];
  const plans = probes.map((probe) => plan(probe, checks, viewport.width));
  const results = new Array<ProbeResult>(checks.length);
  const widths = [...new Set([viewport.width, ...checks.map(({ width }) => width)])];
  for (const width of widths) {
    const indices = checks.flatMap((check, index) => (check.width === width ? [index] : []));
    if (indices.length === 0) continue;
    if (page.viewport.width !== width) await page.setViewport({ ...viewport, width });
    const verdicts = await measure(
      page,
      indices.map((index) => checks[index]!.check),
    );
    indices.forEach((index, position) => {
      results[index] = verdicts[position]!;
    });
  }
  const settled: ProbeResult[] = [];
  for (const each of plans) settled.push(await settle(page, each, results, viewport.width));
  return settled;
}

function plan(probe: Probe, checks: Numbered[], width: number): Plan {
  if (probe.kind === "all") return { kind: "all", of: probe.of.map((part) => plan(part, checks, width)) };
  if (probe.kind === "click") return { kind: "click", probe };
  const { width: own = width, ...check } = probe;
  checks.push({ check, width: own });
  return { kind: "check", index: checks.length - 1 };
}

async function measure(page: ProbePage, checks: readonly Check[]): Promise<ProbeResult[]> {
  const answer = await page.evaluate(checkScript(checks));
  return (answer as readonly JsonValue[]).map((verdict) => verdict as unknown as ProbeResult);
}

async function settle(
  page: ProbePage,
  step: Plan,
  results: readonly ProbeResult[],
  width: number,
): Promise<ProbeResult> {
  if (step.kind === "check") return results[step.index]!;
  if (step.kind === "click") return click(page, step.probe, width);
  const parts: ProbeResult[] = [];
  for (const part of step.of) parts.push(await settle(page, part, results, width));
  return mean(parts);
}

async function click(page: ProbePage, probe: Probe & { kind: "click" }, width: number): Promise<ProbeResult> {
  if (page.viewport.width !== width) await page.setViewport({ ...page.viewport, width });
  const target = (await page.evaluate(locateScript(probe.query))) as { x: number; y: number } | null;
  if (target === null)
    return { score: 0, detail: `Nothing to click: ${JSON.stringify(probe.query)} is not there.` };
  await page.click(target.x, target.y);
  const after = mean(await runProbes(page, probe.expect));
  return { score: after.score, detail: `After a click: ${after.detail}` };
}

/** The mean score; null when any part has none, because the rest would then count for more than it should. */
function mean(parts: readonly ProbeResult[]): ProbeResult {
  const scores = parts.map(({ score }) => score);
  const short = parts.filter(({ score }) => score !== 1);
  const detail = (short.length > 0 ? short : parts).map((part) => part.detail).join(" ");
  if (scores.includes(null)) return { score: null, detail };
  const sum = scores.reduce<number>((total, score) => total + (score ?? 0), 0);
  return { score: parts.length === 0 ? 0 : sum / parts.length, detail };
}
