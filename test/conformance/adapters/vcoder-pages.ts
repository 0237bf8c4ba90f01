import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { UsageError } from "../../../infra/errors.js";
import { DESIGN2CODE_VIEWPORT } from "../../../rewards/metrics/design2code/exact.js";
import {
  compareBlocks,
  exactPage,
  nativeBlocks,
  type TextBlock,
} from "../../../rewards/metrics/design2code/index.js";
import { firstDifference } from "../compare.js";
import type { AdapterSet } from "../runner.js";

interface Page {
  readonly html: string;
}

/** Milliseconds without work after which the browser is closed, so that the program can end. */
const IDLE = 500;

let opened: Promise<Renderer> | undefined;
let users = 0;
let closing: NodeJS.Timeout | undefined;

/** Lends a browser that several vectors share. */
async function withRenderer<T>(work: (renderer: Renderer) => Promise<T>): Promise<T> {
  clearTimeout(closing);
  users++;
  opened ??= createRenderer();
  try {
    return await work(await opened);
  } finally {
    users--;
    if (users === 0) closing = setTimeout(closeRenderer, IDLE);
  }
}

async function closeRenderer(): Promise<void> {
  const renderer = opened;
  opened = undefined;
  await (await renderer)?.close();
}

async function nativePage(renderer: Renderer, html: string) {
  const request = { artifact: { kind: "html", html }, viewport: DESIGN2CODE_VIEWPORT } as const;
  const outcome = await renderer.render(request);
  if (outcome.status !== "rendered") throw new UsageError(`The page did not render: ${outcome.message}`);
  const { width, height } = outcome.page;
  return { width, height, blocks: nativeBlocks(outcome.page) };
}

/**
 * Levels by which a mean colour may differ. It is truncated over the pixels that pass a threshold, and another build of the
 * font rasteriser lets a few others pass.
 */
const COLOR_LEVELS = 1;

function sameBlocks(actual: unknown, expected: unknown, tolerance: number): string | null {
  const without = (blocks: unknown) => (blocks as TextBlock[]).map(({ text, bbox }) => ({ text, bbox }));
  const colors = (blocks: unknown) => (blocks as TextBlock[]).map(({ color }) => color);
  return (
    firstDifference(without(actual), without(expected), tolerance) ??
    firstDifference(colors(actual), colors(expected), Math.max(tolerance, COLOR_LEVELS))
  );
}

/** Functions that render pages in a real browser. */
export const pageFunctions: AdapterSet["functions"] = {
  "d2c.detectBlocksFromHtml": {
    run: ({ html }: Page) => withRenderer(async (renderer) => (await exactPage(html, { renderer })).blocks),
    compare: sameBlocks,
  },
  "native.blocksFromHtml": ({ html }: Page) => withRenderer((renderer) => nativePage(renderer, html)),
  "d2c.scorePagesNoClip": ({ predHtml, refHtml }: { predHtml: string; refHtml: string }) =>
    withRenderer(async (renderer) => {
      const prediction = await exactPage(predHtml, { renderer, role: "prediction" });
      const reference = await exactPage(refHtml, { renderer });
      const { size, text, position, color } = compareBlocks(prediction.blocks, reference.blocks);
      return { size, text, position, color };
    }),
};
