import type { JsonValue } from "../../../infra/json.js";
import type { Check, Probe, ProbeResult } from "../../contract/probe.js";
import type { ClickState } from "../../contract/rendered-page.js";
import { checkScript, locateScript, PROBE_LIBRARY } from "../in-page/probe-script.js";
import type { ProbePage } from "../probe-page.js";
import { runAxe } from "./axe.js";
import { legibility } from "./legibility.js";
import { type PageReading, readPage, readWindow } from "./read-picture.js";

/** A probe with its checks numbered, so that all checks of one width can be measured at once. */
type Plan =
  | { readonly kind: "check"; readonly index: number }
  | { readonly kind: "all"; readonly of: readonly Plan[] }
  | { readonly kind: "whole"; readonly of: readonly Plan[]; readonly without: readonly Plan[] }
  | { readonly kind: "click"; readonly probe: Probe & { kind: "click" } }
  | { readonly kind: "legibility" }
  | { readonly kind: "axe" };

interface Numbered {
  readonly check: Check;
  readonly width: number;
}

/** Who is told while probes run. */
export interface ProbeWatch {
  readonly onResult?: (index: number, result: ProbeResult) => void;
  readonly onClick?: (state: ClickState) => void;
}

/** Begins what is said of a probe that the page did not let be run. */
export const UNPROBED = "The page did not let itself be probed: ";

/**
 * Runs probes in a page, in three strokes: axe and one script for all checks at the page's own width, one for each other
 * width, and then the clicks, one after the other. A page that breaks under a click fails that probe. Rejects when the page can
 * no longer be asked (its deadline passed, the browser is gone); the window is left at the page's own width.
 *
 * @param watch.onResult told of each result as it comes, with the index of its probe
 * @param watch.onClick handed a picture of the window before and after each click; without it none are taken
 *
 * @example
 * const [headline] = await runProbes(page, [{ kind: "exists", query: { role: "heading", level: 1 } }]);
 */
export async function runProbes(
  page: ProbePage,
  probes: readonly Probe[],
  { onResult, onClick }: ProbeWatch = {},
): Promise<ProbeResult[]> {
  await page.install(PROBE_LIBRARY);
  const { capture } = page;
  const looksAtText = capture !== undefined && probes.some(({ kind }) => kind !== "axe");
  const reading = looksAtText ? await readPage(page, capture, { plans: probes.some(hasReading) }) : undefined;
  return runPlanned(page, probes, { onResult, onClick }, reading);
}

async function runPlanned(
  page: ProbePage,
  probes: readonly Probe[],
  { onResult, onClick }: { [name in keyof ProbeWatch]: ProbeWatch[name] | undefined },
  reading: PageReading | undefined,
): Promise<ProbeResult[]> {
  const { viewport } = page;
  const checks: Numbered[] = [];
  const plans = probes.map((probe) => plan(probe, checks, viewport.width));
  const audit = probes.some(hasAudit) ? await runAxe(page) : undefined;
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
  if (page.viewport.width !== viewport.width) await page.setViewport(viewport);
  const settled = new Array<ProbeResult>(plans.length);
  const clicked = new Map<string, ProbeResult>();
  const settleEach = async (text: ProbeResult | undefined, now: (probe: Probe) => boolean) => {
    for (const [probe, each] of plans.entries()) {
      if (!now(probes[probe]!)) continue;
      const witness = onClick && ((seen: Omit<ClickState, "probe">) => onClick({ probe, ...seen }));
      const result = await settle(page, each, {
        results,
        audit,
        text,
        clicked,
        width: viewport.width,
        witness,
      });
      settled[probe] = result;
      onResult?.(probe, result);
    }
  };
  await settleEach(undefined, (each) => !hasReading(each));
  // A second look at the text moves mouse, page and time, so it comes last.
  if (probes.some(hasReading))
    await settleEach(reading?.plan ? await legibility(page, reading, reading.plan) : undefined, hasReading);
  return settled;
}

function plan(probe: Probe, checks: Numbered[], width: number): Plan {
  const parts = (of: readonly Probe[]) => of.map((part) => plan(part, checks, width));
  if (probe.kind === "all") return { kind: "all", of: parts(probe.of) };
  if (probe.kind === "whole") return { kind: "whole", of: parts(probe.of), without: parts(probe.without) };
  if (probe.kind === "click") return { kind: "click", probe };
  if (probe.kind === "axe" || probe.kind === "legibility") return probe;
  const { width: own = width, ...check } = probe;
  checks.push({ check, width: own });
  return { kind: "check", index: checks.length - 1 };
}

function hasAudit(probe: Probe): boolean {
  return probe.kind === "axe" || partsOf(probe).some(hasAudit);
}

function hasReading(probe: Probe): boolean {
  return probe.kind === "legibility" || partsOf(probe).some(hasReading);
}

function partsOf(probe: Probe): readonly Probe[] {
  if (probe.kind === "all") return probe.of;
  return probe.kind === "whole" ? [...probe.of, ...probe.without] : [];
}

async function measure(page: ProbePage, checks: readonly Check[]): Promise<ProbeResult[]> {
  const answer = await page.evaluate(checkScript(checks));
  return (answer as readonly JsonValue[]).map((verdict) => chargePage(verdict as unknown as ProbeResult));
}

/** A check that broke did so by what it found in the page, unless it was written wrongly. */
function chargePage(result: ProbeResult): ProbeResult {
  return result.score === null && !result.detail.includes("SyntaxError") ? { ...result, score: 0 } : result;
}

/** What is known while plans are settled. */
interface Settling {
  readonly results: readonly ProbeResult[];
  readonly audit: ProbeResult | undefined;
  readonly text: ProbeResult | undefined;
  readonly width: number;
  /** Results of clicks so far: the same one is not made twice. */
  readonly clicked: Map<string, ProbeResult>;
  readonly witness: ((seen: Omit<ClickState, "probe">) => void) | undefined;
}

async function settle(page: ProbePage, step: Plan, known: Settling): Promise<ProbeResult> {
  if (step.kind === "check") return known.results[step.index]!;
  if (step.kind === "click") {
    const key = JSON.stringify(step.probe);
    const result = known.clicked.get(key) ?? (await click(page, step.probe, known));
    known.clicked.set(key, result);
    return result;
  }
  if (step.kind === "axe") return known.audit!;
  if (step.kind === "legibility")
    return known.text ?? { score: null, detail: "There is no picture of the page to read." };
  const settleAll = async (plans: readonly Plan[]) => {
    const settled: ProbeResult[] = [];
    for (const each of plans) settled.push(await settle(page, each, known));
    return settled;
  };
  const parts = await settleAll(step.of);
  return step.kind === "all" ? mean(parts) : whole(parts, await settleAll(step.without));
}

async function click(
  page: ProbePage,
  { query, expect }: Probe & { kind: "click" },
  { width, witness }: Settling,
): Promise<ProbeResult> {
  if (page.viewport.width !== width) await page.setViewport({ ...page.viewport, width });
  const target = (await page.evaluate(locateScript(query))) as { x: number; y: number } | null;
  if (target === null)
    return { score: 0, detail: `Nothing to click: ${JSON.stringify(query)} is not there.` };
  const before = witness && (await page.picture());
  await page.click(target.x, target.y);
  if (page.capture) await readWindow(page);
  const after = mean(await runPlanned(page, expect, {}, undefined));
  if (witness && before) witness({ query, before, after: await page.picture() });
  return { score: after.score, detail: `After a click: ${after.detail}` };
}

/** A part of which this share is there counts as there. */
const NEARLY = 0.75;
/** What a missing part costs, as a multiple of its share. */
const DEAR = 4;

/** 1 when all parts are there and nothing else is, falling four times as fast as parts are missing. */
function whole(parts: readonly ProbeResult[], without: readonly ProbeResult[]): ProbeResult {
  const { score, detail } = mean([...parts, ...without]);
  if (score === null) return { score: null, detail };
  const there = parts.reduce((sum, part) => sum + Math.min(1, (part.score ?? 0) / NEARLY), 0);
  const clean = without.reduce((product, part) => product * (part.score ?? 0), 1);
  const missing = parts.length === 0 ? 1 : 1 - there / parts.length;
  return { score: Math.max(0, 1 - DEAR * missing) * clean, detail };
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
