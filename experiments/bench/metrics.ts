import { createRenderer } from "../../env/index.js";
import type { BenchFigure } from "./figure.js";
import { benchDesign2Code } from "./metrics-design2code.js";
import { benchFrontcoder } from "./metrics-frontcoder.js";
import { openPython } from "./metrics-python.js";
import { benchLcs, benchSsim } from "./metrics-similarity.js";

/**
 * Measures the metrics, each against the original Python in the same run where it is installed (see `openPython`; and
 * `WEBGEN_DESIGN2CODE`, a checkout of the Design2Code repository), else against timings that were stored.
 *
 * @throws InfrastructureError when a metric and the original give different values.
 */
export async function benchMetrics(): Promise<BenchFigure[]> {
  const python = openPython();
  const renderer = await createRenderer();
  try {
    return [
      ...(await benchSsim(renderer, python)),
      ...(await benchLcs(python)),
      ...(await benchDesign2Code(renderer, python)),
      ...(await benchFrontcoder(renderer)),
    ];
  } finally {
    await renderer.close();
  }
}
