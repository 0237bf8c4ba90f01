import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ModelEngine } from "../../agents/policy/engine/engine.js";
import { createLocalEngine } from "../../agents/policy/engine/local-engine.js";
import { createWorkerEngine } from "../../agents/policy/engine/worker-engine.js";
import { InfrastructureError } from "../../infra/errors.js";
import { type BenchFigure, figure, median } from "./figure.js";
import { BENCH_MODEL, BENCH_STEP, benchLoss, type TrainBatch } from "./train-task.js";

export interface TrainBenchOptions {
  /** How often every contender has its turn. Default 3; about 12 s each on two cores. */
  readonly rounds?: number;
  /** Steps of ours in a turn; the baseline takes one. Default 5. */
  readonly steps?: number;
  /** Threads of the engine with workers. Default: one a core, at most 2. */
  readonly workers?: number;
  /** What a step learns from. Default 16 sequences of 160 tokens. */
  readonly batch?: TrainBatch;
}

/** One turn of each contender on two short sequences: shows that all run and learn alike, not how fast. */
export const QUICK_TRAIN: TrainBenchOptions = { rounds: 1, steps: 1, batch: { sequences: 2, tokens: 24 } };

/** One training step: how long it took, in ms, and the loss before it. */
interface Timing {
  readonly ms: number;
  readonly loss: number;
}

interface Contender {
  step(): Promise<Timing>;
  close(): Promise<void>;
}

/**
 * Whole training steps (forward, loss, backward, clipping, AdamW) of the engine against the same model on stock tfjs-wasm.
 * Contenders take turns, so that a busy machine slows all of them; each figure is the median over steps. The first
 * step of each is not counted.
 *
 * @throws InfrastructureError when the contenders do not learn the same, since then they are not comparable.
 */
export async function benchTrain({
  rounds = 3,
  steps = 5,
  workers = Math.min(2, availableParallelism()),
  batch = { sequences: 16, tokens: 160 },
}: TrainBenchOptions = {}): Promise<BenchFigure[]> {
  const model = { config: BENCH_MODEL, seed: 1 };
  const stock = startStock(batch);
  const one = contender(await createLocalEngine({ ...model, backend: "wasm" }), batch);
  const several = contender(await createWorkerEngine({ ...model, workers }), batch);
  const turns = [
    { contender: stock, steps: 1, times: [] as number[] },
    { contender: one, steps, times: [] as number[] },
    { contender: several, steps, times: [] as number[] },
  ] as const;
  try {
    checkSameLoss(
      "first",
      await Promise.all(turns.map(async ({ contender }) => (await contender.step()).loss)),
    );
    for (let round = 0; round < rounds; round++) {
      const losses: number[] = [];
      for (const { contender, steps, times } of turns) {
        const timings: Timing[] = [];
        for (let i = 0; i < steps; i++) timings.push(await contender.step());
        times.push(...timings.map(({ ms }) => ms));
        losses.push(timings[0]?.loss ?? Number.NaN);
      }
      if (round === 0) checkSameLoss("second", losses);
    }
    const [baselineTimes, oneTimes, severalTimes] = turns.map(({ times }) => times);
    const rate = (times: readonly number[] = []) => (batch.sequences * batch.tokens * 1000) / median(times);
    const baseline = rate(baselineTimes);
    return [
      figure("train step, one thread, against stock tfjs-wasm", rate(oneTimes), "tokens/s", baseline),
      figure(
        `train step, ${workers} workers, against stock tfjs-wasm`,
        rate(severalTimes),
        "tokens/s",
        baseline,
      ),
    ];
  } finally {
    await Promise.all([stock, one, several].map(({ close }) => close()));
  }
}

function contender(engine: ModelEngine, batch: TrainBatch): Contender {
  const loss = benchLoss(batch);
  return {
    async step() {
      const start = performance.now();
      const metrics = await engine.step(loss, BENCH_STEP);
      return { ms: performance.now() - start, loss: metrics.loss };
    },
    close: () => engine.close(),
  };
}

function startStock(batch: TrainBatch): Contender {
  const worker = new Worker(new URL("./train-stock.js", import.meta.url), { workerData: batch });
  return {
    async step() {
      worker.postMessage("step");
      const [timing] = (await once(worker, "message")) as [Timing];
      return timing;
    },
    close: async () => void (await worker.terminate()),
  };
}

/** The second losses tell whether the first updates, and so the gradients, were the same. */
function checkSameLoss(which: "first" | "second", losses: readonly number[]): void {
  if (Math.max(...losses) - Math.min(...losses) < 1e-3) return;
  throw new InfrastructureError(
    `The ${which} losses differ (stock, one thread, workers: ${losses.join(", ")}), so the timings would compare different things.`,
  );
}
