import type { Policy, PolicyCompletion } from "../agents/index.js";
import type { Evaluator } from "../env/index.js";

/** Counts work and the time during which any was under way. */
export interface Meter {
  /** Units per second of busy time, 0 before any work. */
  rate(): number;
  track<T>(work: Promise<T>, unitsOf: (result: T) => number): Promise<T>;
}

/** A meter over `clock` (ms). Overlapping work counts its time once. */
export function createMeter(clock: () => number = () => performance.now()): Meter {
  let [underWay, busySince, busy, units] = [0, 0, 0, 0];
  return {
    rate: () => (busy > 0 ? (units / busy) * 1000 : 0),
    async track(work, unitsOf) {
      if (underWay++ === 0) busySince = clock();
      try {
        const result = await work;
        units += unitsOf(result);
        return result;
      } finally {
        if (--underWay === 0) busy += clock() - busySince;
      }
    },
  };
}

/** The same evaluator, counting the pages it renders and scores. */
export function meterEvaluator(evaluator: Evaluator, meter: Meter): Evaluator {
  return {
    ...evaluator,
    evaluate: (task, completions) =>
      meter.track(
        evaluator.evaluate(task, completions),
        (evaluations) => evaluations.filter(({ render }) => render.status === "rendered").length,
      ),
  };
}

/** The same policy, counting the tokens it writes. */
export function meterPolicy<P extends Policy>(policy: P, meter: Meter): P {
  const count = (completions: PolicyCompletion[]) =>
    completions.reduce((sum, { tokenCount }) => sum + tokenCount, 0);
  return {
    ...policy,
    generate: (...args: Parameters<Policy["generate"]>) => meter.track(policy.generate(...args), count),
  };
}
