import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ModelEngine } from "../../agents/policy/engine/engine.js";
import { createLocalEngine } from "../../agents/policy/engine/local-engine.js";
import { createWorkerEngine } from "../../agents/policy/engine/worker-engine.js";
import { InfrastructureError } from "../../infra/errors.js";
import { type BenchFigure, figure, median } from "./figure.js";
import { BENCH_MODEL, BENCH_STEP, benchLoss, STEP_TOKENS } from "./train-task.js";

export interface TrainBenchOptions {
  /** How often every contestant has its turn. Default 3; about 12 s each on two cores. */
  readonly rounds?: number;
  /** Steps of ours in a turn; the baseline takes one. Default 5. */
  readonly steps?: number;
  /** Threads of the engine with workers. Default: one a core, at most 2. */
  readonly workers?: number;
}

/** One training step: how long it took, in ms, and the loss before it. */
interface Timing {
  readonly ms: number;
  readonly loss: number;
}

interface Contestant {
  step(): Promise<Timing>;
  close(): Promise<void>;
}

/**
 * Whole training steps (forward, loss, backward, clipping, AdamW) of the engine against the same model on stock tfjs-wasm.
 * Contestants take turns, so that a busy machine slows all of them; each figure is the median over steps. The first
 * step of each is not counted.
 *
 * @throws InfrastructureError when the contestants do not learn the same, since then they are not comparable.
 */
export async function benchTrain({
  rounds = 3,
  steps = 5,
  workers = Math.min(2, availableParallelism()),
}: TrainBenchOptions = {}): Promise<BenchFigure[]> {
  const model = { config: BENCH_MODEL, seed: 1 };
  const stock = startStock();
  const one = contestant(await createLocalEngine({ ...model, backend: "wasm" }));
  const several = contestant(await createWorkerEngine({ ...model, workers }));
  try {
    const firsts: Timing[] = [];
    for (const { step } of [stock, one, several]) firsts.push(await step());
    checkSameLoss(firsts.map(({ loss }) => loss));
    const timings = { stock: [] as number[], one: [] as number[], several: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      timings.stock.push((await stock.step()).ms);
      for (let i = 0; i < steps; i++) timings.one.push((await one.step()).ms);
      for (let i = 0; i < steps; i++) timings.several.push((await several.step()).ms);
    }
    const rate = (times: readonly number[]) => (STEP_TOKENS * 1000) / median(times);
    const baseline = rate(timings.stock);
    return [
      figure("train step, one thread, against stock tfjs-wasm", rate(timings.one), "tokens/s", baseline),
      figure(
        `train step, ${workers} workers, against stock tfjs-wasm`,
        rate(timings.several),
        "tokens/s",
        baseline,
      ),
    ];
  } finally {
    await Promise.all([stock, one, several].map(({ close }) => close()));
  }
}

function contestant(engine: ModelEngine): Contestant {
  const loss = benchLoss();
  return {
    async step() {
      const start = performance.now();
      const metrics = await engine.step(loss, BENCH_STEP);
      return { ms: performance.now() - start, loss: metrics.loss };
    },
    close: () => engine.close(),
  };
}

function startStock(): Contestant {
  const worker = new Worker(new URL("./train-stock.js", import.meta.url));
  return {
    async step() {
      worker.postMessage("step");
      const [timing] = (await once(worker, "message")) as [Timing];
      return timing;
    },
    close: async () => void (await worker.terminate()),
  };
}

function checkSameLoss(losses: readonly number[]): void {
  if (Math.max(...losses) - Math.min(...losses) < 1e-3) return;
  throw new InfrastructureError(
    `The first losses differ (stock, one thread, workers: ${losses.join(", ")}), so the timings would compare different things.`,
  );
}
