import { createRenderer } from "../../env/index.js";
import type { BenchFigure } from "./figure.js";
import { benchDesign2Code } from "./metrics-design2code.js";
import { benchFrontcoder } from "./metrics-frontcoder.js";
import { openPython, type Python } from "./metrics-python.js";
import { benchLcs, benchSsim } from "./metrics-similarity.js";

export interface MetricsBenchOptions {
  /** Turns that SSIM and its original take, default 3. */
  readonly rounds?: number;
  /** Counted runs of each measurement by metric. */
  readonly repeats?: {
    readonly ssim: number;
    readonly lcs: number;
    readonly design2code: number;
    readonly frontcoder: number;
  };
  /** Milliseconds for which each runs uncounted before, default 100. */
  readonly warmUp?: number;
  /** Characters of the large pages that FrontCoder's score is measured on, default 22,000. */
  readonly characters?: number;
  readonly python?: Python;
}

/** One turn of each metric. */
export const QUICK_METRICS: MetricsBenchOptions = {
  rounds: 1,
  repeats: { ssim: 1, lcs: 1, design2code: 1, frontcoder: 1 },
  warmUp: 0,
  characters: 4000,
};

/**
 * Measures the metrics, each against the original Python in the same run where it is installed (see `openPython`; and
 * `WEBGEN_DESIGN2CODE`, a checkout of the Design2Code repository), else without a baseline, which is said on standard error.
 *
 * @throws InfrastructureError when a metric and the original give different values, or equal pages do not score 1.
 */
export async function benchMetrics({
  rounds = 3,
  repeats = { ssim: 3, lcs: 50, design2code: 5, frontcoder: 21 },
  warmUp = 100,
  characters = 22_000,
  python = openPython(),
}: MetricsBenchOptions = {}): Promise<BenchFigure[]> {
  const renderer = await createRenderer();
  try {
    return [
      ...(await benchSsim({ renderer, python, rounds, repeats: repeats.ssim, warmUp })),
      ...(await benchLcs({ python, repeats: repeats.lcs, warmUp })),
      ...(await benchDesign2Code({ renderer, python, repeats: repeats.design2code, warmUp })),
      ...(await benchFrontcoder({ renderer, repeats: repeats.frontcoder, warmUp, characters })),
    ];
  } finally {
    await renderer.close();
  }
}
