import { availableParallelism } from "node:os";
import { pagesTaskSource } from "../../datasets/index.js";
import type { Probe } from "../../env/contract/probe.js";
import type { Viewport } from "../../env/contract/task.js";
import { createRenderer, ensureBrowser } from "../../env/index.js";
import { pngSize } from "../../env/render/pixels.js";
import { InfrastructureError } from "../../infra/errors.js";
import { type BenchFigure, figure, median } from "./figure.js";
import { openBareLoop } from "./render-bare.js";
import { browserRate, HOSTILE_EVERY } from "./render-hostile.js";
import { pythonServiceRate } from "./render-python.js";
import { type Contender, openService } from "./render-service.js";

export interface RenderBenchOptions {
  /** Window in CSS pixels, default 800x600, the published service's. */
  readonly viewport?: Viewport;
  /** Different documents, default 24. */
  readonly documents?: number;
  /** Times each contender is measured, default 3; the figures are medians. */
  readonly repeats?: number;
  /** Seconds of one measurement, default 3, after every document was rendered once. */
  readonly seconds?: number;
  /** How many documents at a time each contender is tried with, per core; the best is measured. Default 1, 1.5 and 2; the others 2, 4 and 8. */
  readonly tries?: { readonly ours: readonly number[]; readonly others: readonly number[] };
  /** Ordinary pages of each measurement beside hostile ones, default 60. */
  readonly turns?: number;
}

/** One turn of each contender on two documents. */
export const QUICK_RENDER: RenderBenchOptions = {
  documents: 2,
  repeats: 1,
  seconds: 0.1,
  tries: { ours: [1], others: [1] },
  turns: 4,
};

interface RateOptions {
  readonly pages: readonly string[];
  readonly concurrency: number;
  readonly seconds: number;
  readonly begin?: () => void;
}

/** Opens a contender that renders this many documents at the same time. */
type Open = (concurrency: number) => Promise<Contender>;

/**
 * Measures rendering on generated pages, with the same browser and in the same run, each contender at its own best
 * concurrency: ours (with its layout snapshot) against the published service's way and against a bare loop, and with the
 * legibility gate against without; then what our
 * pages lose when one in twenty is hostile. The contenders take turns, so that a slow minute of the machine slows them all.
 * Where Python has Playwright (see `pythonPath`), the service's way is measured there, too.
 */
export async function benchRender({
  viewport = { width: 800, height: 600 },
  documents = 24,
  repeats = 3,
  seconds = 3,
  tries = { ours: [1, 1.5, 2], others: [2, 4, 8] },
  turns = 60,
}: RenderBenchOptions = {}): Promise<BenchFigure[]> {
  const { path } = await ensureBrowser();
  const pages = documentsOf(documents);
  const cores = availableParallelism();
  let latencies: number[] = [];
  const oursWith =
    (probes: readonly Probe[]): Open =>
    async (concurrency) => {
      const renderer = await createRenderer({ concurrency, browserPath: path });
      return {
        isExact: true,
        async render(html) {
          const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport, probes });
          if (outcome.status !== "rendered")
            throw new InfrastructureError(`A page of the bench did not render: ${outcome.message}`);
          latencies.push(outcome.page.timing.total);
          return outcome.page.png;
        },
        close: () => renderer.close(),
      };
    };
  const ours = oursWith([]);
  const gated = oursWith([{ kind: "legibility" }]);
  const service: Open = () => openService(path, viewport);
  const bare: Open = (concurrency) => openBareLoop(path, viewport, concurrency);
  const begin = () => {
    latencies = [];
  };
  const measure = (open: Open) => (concurrency: number) =>
    rateOf(open, { pages, concurrency, seconds, begin });
  await checkSameDocument([ours, service, bare], pages[0]!);
  const times = (factors: readonly number[]) => factors.map((factor) => Math.ceil(cores * factor));
  const best = [
    { open: ours, concurrency: await bestOf(times(tries.ours), measure(ours)) },
    { open: service, concurrency: await bestOf(times(tries.others), measure(service)) },
    { open: bare, concurrency: await bestOf(times(tries.others), measure(bare)) },
    { open: gated, concurrency: await bestOf(times(tries.ours), measure(gated)) },
  ];
  const rates: number[][] = best.map(() => []);
  const shares: { middle: number; slow: number }[] = [];
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const [i, { open, concurrency }] of best.entries()) {
      rates[i]!.push(await measure(open)(concurrency));
      if (open === ours) shares.push({ middle: quantile(latencies, 0.5), slow: quantile(latencies, 0.99) });
    }
  const [our, their, least, read] = rates.map(median) as [number, number, number, number];
  const beside: number[] = [];
  const alone: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    alone.push(await browserRate({ path, viewport, pages, turns, every: 0 }));
    beside.push(await browserRate({ path, viewport, pages, turns, every: HOSTILE_EVERY }));
  }
  const size = `${viewport.width}x${viewport.height}`;
  const middle = median(shares.map((share) => share.middle));
  const slow = median(shares.map((share) => share.slow));
  const python = await pythonServiceRate({
    browserPath: path,
    pages,
    viewport,
    seconds,
    tries: tries.others,
  });
  return [
    figure(`render/${size} against the published service`, our, "pages/s", their),
    ...(python === undefined
      ? []
      : [figure(`render/${size} against the service in Python`, our, "pages/s", python)]),
    figure(`render/${size} against a bare CDP loop`, our, "pages/s", least),
    figure(`render/${size} with the legibility gate against without`, read, "pages/s", our),
    figure(`render/${size} latency p99 against p50`, slow, "ms", middle),
    figure(`render/${size} beside hostile pages, one browser`, median(beside), "pages/s", median(alone)),
  ];
}

/** Reference pages of the generator's test split: sections, gradients, shadows, tables, forms. */
export function documentsOf(count: number): string[] {
  const source = pagesTaskSource();
  return Array.from({ length: count }, (_, index) => source.at("test", index).reference?.html ?? "");
}

/** Fonts of the contenders may differ, and with them the height of a page, but hardly more than by this factor. */
const SAME_HEIGHT = 1.25;

/** Each contender renders a page; throws when their pictures are not of one document in one window, ours twice the same. */
async function checkSameDocument(contenders: readonly Open[], html: string): Promise<void> {
  const sizes: { width: number; height: number }[] = [];
  for (const open of contenders) {
    const contender = await open(1);
    try {
      const [first, again] = [await contender.render(html), await contender.render(html)];
      sizes.push(pngSize(first));
      if (contender.isExact && !Buffer.from(first).equals(again))
        throw new InfrastructureError("The same document gave two different pictures in two renders.");
    } finally {
      await contender.close();
    }
  }
  const heights = sizes.map(({ height }) => height);
  const isSame =
    new Set(sizes.map(({ width }) => width)).size === 1 &&
    Math.max(...heights) <= SAME_HEIGHT * Math.min(...heights);
  if (!isSame)
    throw new InfrastructureError(
      `The contenders render different things (${sizes.map(({ width, height }) => `${width}x${height}`).join(", ")}), so their speeds would compare nothing.`,
    );
}

async function bestOf(
  candidates: readonly number[],
  rate: (concurrency: number) => Promise<number>,
): Promise<number> {
  if (candidates.length === 1) return candidates[0]!;
  const measured: { concurrency: number; rate: number }[] = [];
  for (const concurrency of candidates) measured.push({ concurrency, rate: await rate(concurrency) });
  return measured.reduce((a, b) => (b.rate > a.rate ? b : a)).concurrency;
}

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] as number;

/** Pages a second over some seconds, after all pages were rendered once; `begin` is called in between. */
async function rateOf(open: Open, { pages, concurrency, seconds, begin }: RateOptions): Promise<number> {
  const contender = await open(concurrency);
  const run = async (goOn: (count: number) => boolean) => {
    let count = 0;
    const worker = async () => {
      while (goOn(count)) await contender.render(pages[count++ % pages.length]!);
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return count;
  };
  try {
    await run((count) => count < pages.length);
    begin?.();
    const started = performance.now();
    const count = await run(() => performance.now() - started < seconds * 1000);
    return (count * 1000) / (performance.now() - started);
  } finally {
    await contender.close();
  }
}
