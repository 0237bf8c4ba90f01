import { availableParallelism } from "node:os";
import { pagesTaskSource } from "../../datasets/index.js";
import type { Viewport } from "../../env/contract/task.js";
import { createRenderer, ensureBrowser } from "../../env/index.js";
import { type BenchFigure, figure, median } from "./figure.js";
import { openBareLoop } from "./render-bare.js";
import { HOSTILE_EVERY, slotRate } from "./render-hostile.js";
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
}

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
 * concurrency: ours (with its layout snapshot) against the published service's way and against a bare loop; then what our
 * pages lose when one in twenty is hostile. The contenders take turns, so that a slow minute of the machine slows them all.
 * Where `WEBGEN_BENCH_PYTHON` names a Python with Playwright, the service's way is measured there, too.
 */
export async function benchRender({
  viewport = { width: 800, height: 600 },
  documents = 24,
  repeats = 3,
  seconds = 3,
}: RenderBenchOptions = {}): Promise<BenchFigure[]> {
  const { path } = await ensureBrowser();
  const pages = documentsOf(documents);
  const cores = availableParallelism();
  let latencies: number[] = [];
  const ours: Open = async (concurrency) => {
    const renderer = await createRenderer({ concurrency, browserPath: path });
    return {
      async render(html) {
        const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport });
        if (outcome.status !== "rendered")
          throw new Error(`A page of the bench did not render: ${outcome.status}.`);
        latencies.push(outcome.page.timing.total);
      },
      close: () => renderer.close(),
    };
  };
  const service: Open = () => openService(path, viewport);
  const bare: Open = (concurrency) => openBareLoop(path, viewport, concurrency);
  const begin = () => {
    latencies = [];
  };
  const measure = (open: Open) => (concurrency: number) =>
    rateOf(open, { pages, concurrency, seconds, begin });
  const many = [cores * 2, cores * 4, cores * 8];
  const best = [
    { open: ours, concurrency: await bestOf([cores, cores + 1, cores * 2], measure(ours)) },
    { open: service, concurrency: await bestOf(many, measure(service)) },
    { open: bare, concurrency: await bestOf(many, measure(bare)) },
  ];
  const rates: number[][] = best.map(() => []);
  const shares: { middle: number; slow: number }[] = [];
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const [i, { open, concurrency }] of best.entries()) {
      rates[i]!.push(await measure(open)(concurrency));
      if (open === ours) shares.push({ middle: quantile(latencies, 0.5), slow: quantile(latencies, 0.99) });
    }
  const [our, their, least] = rates.map(median) as [number, number, number];
  const beside: number[] = [];
  const alone: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    alone.push(await slotRate({ path, viewport, pages, every: 0 }));
    beside.push(await slotRate({ path, viewport, pages, every: HOSTILE_EVERY }));
  }
  const size = `${viewport.width}x${viewport.height}`;
  const middle = median(shares.map((share) => share.middle));
  const slow = median(shares.map((share) => share.slow));
  const python = await pythonServiceRate(path, pages, viewport);
  return [
    figure(`render/${size} against the published service`, our, "pages/s", their),
    ...(python === undefined
      ? []
      : [figure(`render/${size} against the service in Python`, our, "pages/s", python)]),
    figure(`render/${size} against a bare CDP loop`, our, "pages/s", least),
    figure(`render/${size} latency p99 against p50`, slow, "ms", middle),
    figure(`render/${size} beside hostile pages, a slot`, median(beside), "pages/s", median(alone)),
  ];
}

/** Reference pages of the generator's test split: sections, gradients, shadows, tables, forms. */
export function documentsOf(count: number): string[] {
  const source = pagesTaskSource();
  return Array.from({ length: count }, (_, index) => source.at("test", index).reference?.html ?? "");
}

async function bestOf(
  candidates: readonly number[],
  rate: (concurrency: number) => Promise<number>,
): Promise<number> {
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
