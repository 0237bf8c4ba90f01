import type { Probe, ProbeResult } from "../../../env/contract/probe.js";
import { DEFAULT_VIEWPORT } from "../../../env/contract/task.js";
import { sharedRenderer } from "../../support/browser.js";

/** Renders HTML in a real browser and returns the results of the probes, in order. */
export async function probeHtml(html: string, probes: readonly Probe[]): Promise<ProbeResult[]> {
  const renderer = await sharedRenderer();
  const outcome = await renderer.render({
    artifact: { kind: "html", html },
    viewport: DEFAULT_VIEWPORT,
    probes,
    deadline: 15_000,
  });
  if (outcome.status !== "rendered")
    throw new Error(`The test page did not render: ${JSON.stringify(outcome)}`);
  return [...outcome.page.probes];
}

/** The scores alone. */
export async function scoresOf(html: string, probes: readonly Probe[]): Promise<(number | null)[]> {
  return (await probeHtml(html, probes)).map(({ score }) => score);
}

/** The score of one probe. */
export async function scoreOf(html: string, probe: Probe): Promise<number | null> {
  return (await scoresOf(html, [probe]))[0] ?? null;
}
