import { scored, unscored } from "../../env/contract/scoring.js";
import type { JsonObject } from "../../infra/json.js";
import { defineReward, type Reward } from "../reward.js";
import { ownFault } from "./source.js";
import { weightedMean } from "./weighted-mean.js";

/**
 * What a visitor can do on a site, 0 to 1: the weighted mean of the task's `siteProbes`, each 1 when it passes, 0.5 when some
 * of its expectations hold, and 0 when it fails, cannot be run or is flaky (WebGen-Bench's yes, partial and no). The
 * evidence lists those that did not pass. Skipped for a task without such probes; 0 for an answer that is no site, does not
 * build or does not render.
 *
 * @example
 * composeReward({ name: "shop", formula: "functional", parts: { functional: functional() }, onNull: "fail" });
 */
export function functional({ name = "functional" }: { readonly name?: string } = {}): Reward {
  return defineReward({
    name,
    needs: ["page", "probes"],
    score(context) {
      const asked = context.task.siteProbes ?? [];
      if (asked.length === 0) return unscored("skipped", "The task has no functional probes.");
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      const results = context.page?.site?.probes ?? [];
      if (results.length < asked.length)
        return unscored("failed", `${asked.length - results.length} functional probes were not run.`);
      const value = weightedMean(results);
      if (value === null) return unscored("skipped", "The functional probes weigh nothing.");
      const failed = results
        .filter(({ verdict }) => verdict !== "pass")
        .map(
          ({ id, verdict, expectations, detail }): JsonObject => ({
            id,
            requirement: asked.find((probe) => probe.id === id)?.requirement ?? "",
            verdict,
            detail: detail || (expectations.find(({ ok }) => !ok)?.detail ?? ""),
          }),
        );
      return scored(value, {
        passed: results.length - failed.length,
        probes: results.length,
        failed,
      });
    },
  });
}
