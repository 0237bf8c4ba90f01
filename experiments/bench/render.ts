import { availableParallelism } from "node:os";
import { pagesTaskSource } from "../../datasets/index.js";
import { createRenderer, ensureBrowser } from "../../env/index.js";
import type { Viewport } from "../../env/task.js";
import { type BenchFigure, figure, median } from "./figure.js";
import { openBareLoop } from "./render-bare.js";
import { type Contender, openService } from "./render-service.js";

export interface RenderBenchOptions {
  /** Window in CSS pixels, default 800x600, the published service's. */
  readonly viewport?: Viewport;
  /** Different documents, default 24. */
  readonly documents?: number;
  /** Times each contender is measured, default 3; the figures are medians. */
  readonly repeats?: number;
}

/** Opens a contender that renders this many documents at the same time. */
type Open = (concurrency: number) => Promise<Contender>;

/**
 * Measures rendering on generated pages, with the same browser and in the same run, each contender at its own best
 * concurrency: ours (with its layout snapshot) against the published service's way and against a bare loop. The
 * contenders take turns, so that a slow minute of the machine slows them all.
 */
export async function benchRender({
  viewport = { width: 800, height: 600 },
  documents = 24,
  repeats = 3,
}: RenderBenchOptions = {}): Promise<BenchFigure[]> {
  const { path } = await ensureBrowser();
  const pages = documentsOf(documents);
  const cores = availableParallelism();
  const latencies: number[] = [];
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
  const best = [
    { open: ours, concurrency: await bestOf(ours, pages, [cores, cores + 1, cores * 2]) },
    { open: service, concurrency: await bestOf(service, pages, [cores * 2, cores * 4, cores * 8]) },
    { open: bare, concurrency: await bestOf(bare, pages, [cores * 2, cores * 4, cores * 8]) },
  ];
  latencies.length = 0;
  const rates: number[][] = best.map(() => []);
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const [i, { open, concurrency }] of best.entries())
      rates[i]!.push(await rateOf(open, pages, concurrency));
  const [our, their, least] = rates.map(median) as [number, number, number];
  const sorted = latencies.toSorted((a, b) => a - b);
  const [middle, slow] = [0.5, 0.99].map((share) => sorted[Math.floor(share * (sorted.length - 1))]!) as [
    number,
    number,
  ];
  const size = `${viewport.width}x${viewport.height}`;
  return [
    figure(`render/${size} against the published service`, our, "pages/s", their),
    figure(`render/${size} against a bare CDP loop`, our, "pages/s", least),
    figure(`render/${size} latency p99 against p50`, slow, "ms", middle),
  ];
}

/** Reference pages of the generator's test split: sections, gradients, shadows, tables, forms. */
export function documentsOf(count: number): string[] {
  const source = pagesTaskSource();
  return Array.from({ length: count }, (_, index) => source.at("test", index).reference?.html ?? "");
}

async function bestOf(open: Open, pages: readonly string[], candidates: readonly number[]): Promise<number> {
  const measured: { concurrency: number; rate: number }[] = [];
  for (const concurrency of candidates)
    measured.push({ concurrency, rate: await rateOf(open, pages, concurrency) });
  return measured.reduce((a, b) => (b.rate > a.rate ? b : a)).concurrency;
}

/** Pages a second, after each place was warmed up with a page. */
async function rateOf(open: Open, pages: readonly string[], concurrency: number): Promise<number> {
  const contender = await open(concurrency);
  try {
    await Promise.all(
      Array.from({ length: concurrency }, (_, i) => contender.render(pages[i % pages.length]!)),
    );
    let next = 0;
    const worker = async () => {
      for (let i = next++; i < pages.length; i = next++) await contender.render(pages[i]!);
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: concurrency }, worker));
    return (pages.length * 1000) / (performance.now() - started);
  } finally {
    await contender.close();
  }
}
