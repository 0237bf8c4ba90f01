import type { RenderOutcome } from "../../../env/contract/rendered-page.js";
import type { Renderer } from "../../../env/index.js";
import { sharedRenderer } from "../../support/browser.js";

const outcomes = new Map<string, Promise<RenderOutcome>>();

/** The shared browser, which renders an equal request only once: one set of pages serves many rewards. */
export async function cachedRenderer(): Promise<Renderer> {
  const renderer = await sharedRenderer();
  return {
    browserVersion: renderer.browserVersion,
    concurrency: renderer.concurrency,
    close: () => Promise.resolve(),
    render(request) {
      const key = JSON.stringify(request);
      const known = outcomes.get(key) ?? renderer.render(request);
      outcomes.set(key, known);
      return known;
    },
  };
}
