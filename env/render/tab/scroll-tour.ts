import type { Viewport } from "../../contract/task.js";

/** What a tour needs of a page. */
export interface Tourable {
  readonly viewport: Viewport;
  evaluate(expression: string): Promise<unknown>;
  frame(): Promise<void>;
  advance(milliseconds: number): Promise<unknown>;
}

/** Stops of a tour at most; a page that has more is seen down to the last of them. */
export const MOST_STOPS = 64;
/** Milliseconds of the page's own time at each stop. */
const STOP_TIME = 50;

/** Where a page of so many CSS pixels is stopped at on the way down: every three quarters of a window, and at its end. */
export function stopsOf(contentHeight: number, windowHeight: number): number[] {
  const last = contentHeight - windowHeight;
  const step = Math.max(1, Math.floor(windowHeight * 0.75));
  const stops: number[] = [];
  for (let at = step; at < last && stops.length < MOST_STOPS - 1; at += step) stops.push(at);
  return last > 0 && stops.length * step + step >= last ? [...stops, last] : stops;
}

/** Scrolls a page through once, as a visitor would, and back to its top. */
export async function tourPage(page: Tourable, contentHeight: number): Promise<void> {
  for (const top of [...stopsOf(contentHeight, page.viewport.height), 0]) {
    await page.evaluate(`scrollTo({ left: 0, top: ${top}, behavior: "instant" })`);
    await page.frame();
    await page.advance(STOP_TIME);
  }
}
