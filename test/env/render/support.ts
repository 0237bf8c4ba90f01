import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import type { RenderedPage, Renderer, RenderOutcome } from "../../../env/render/index.js";

export const VIEWPORT = { width: 800, height: 600 };

/** Renders HTML, whatever becomes of it. */
export function outcomeOf(
  renderer: Renderer,
  html: string,
  options: { viewport?: { width: number; height: number }; deadline?: number; probes?: Probe[] } = {},
): Promise<RenderOutcome> {
  return renderer.render({ artifact: { kind: "html", html }, viewport: VIEWPORT, ...options });
}

/** Renders HTML that must render. */
export async function pageOf(
  renderer: Renderer,
  html: string,
  options: Parameters<typeof outcomeOf>[2] = {},
): Promise<RenderedPage> {
  const outcome = await outcomeOf(renderer, html, options);
  expect(outcome.status, JSON.stringify(outcome).slice(0, 300)).to.equal("rendered");
  if (outcome.status !== "rendered") throw new Error("unreachable");
  return outcome.page;
}

/** The colour of a pixel, `[r, g, b]`. */
export async function colourAt(page: RenderedPage, x: number, y: number): Promise<number[]> {
  const { width, data } = await page.pixels();
  const at = (y * width + x) * 4;
  return [...data.subarray(at, at + 3)];
}

/** The text a page shows. */
export const textOf = (page: RenderedPage) => page.snapshot.texts.map(({ text }) => text).join(" ");
