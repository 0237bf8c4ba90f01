import { readSite } from "../../../env/artifact/index.js";
import { type RewardContext, scored, unscored } from "../../../env/contract/scoring.js";
import { ownFault } from "../../parts/source.js";
import { weightedMean } from "../../parts/weighted-mean.js";
import { defineReward, type Reward } from "../../reward.js";
import { answerFormat } from "./released/answer-format.js";
import { checkCodeFormat, FORMAT_RULES } from "./released/code-format.js";

/**
 * The structure of an answer, 0 to 1: the share of static constraints it meets, 1 when it meets all. A site has those of
 * WebGen-R1's format check, and its manifest must be one that the environment reads; other answers have one, to be an
 * artifact of the task's kind.
 */
export function structurePart(): Reward {
  return defineReward({
    name: "webgen-r1/structure",
    needs: [],
    score({ task, completion, artifact }) {
      if (artifact.status === "refused" && task.kind !== "site")
        return scored(0, { reason: artifact.refusal.message });
      if (task.kind !== "site") return scored(1);
      const { failed, raises } = checkCodeFormat(completion.text);
      const site = readSite(completion.text);
      const broken = new Set<string>(raises ? [...failed, "package.json content"] : failed);
      const unseen = broken.has("manifest") || broken.has("attributes");
      const rules = FORMAT_RULES.length;
      const met = unseen ? 0 : rules - broken.size;
      const most = site.status === "ok" ? rules : rules - 1;
      return scored(Math.min(met, most) / rules, {
        broken: [...broken],
        ...(site.status === "ok" ? {} : { refused: site.refusal.message }),
      });
    },
  });
}

/** WebGen-R1's static check as released, 1 or 0. An answer that makes the original raise scores 0. */
export function releasedStructure(): Reward {
  return defineReward({
    name: "webgen-r1/code-format",
    needs: [],
    score({ completion }) {
      const { valid, failed } = checkCodeFormat(completion.text);
      return scored(valid ? 1 : 0, { failed: [...failed] });
    },
  });
}

/** 1 when reasoning and answer stand in their tags, else 0. */
export function reasoningPart(): Reward {
  return defineReward({
    name: "webgen-r1/reasoning",
    needs: [],
    score: ({ completion }) => scored(answerFormat(completion.text)),
  });
}

const FAULTS = ["script_error", "console_error", "blocked_request"] as const;

/** What is wrong while a page or any page of a site runs: uncaught errors, console errors, requests that were blocked. */
function runtimeFaults({ page }: RewardContext): string[] {
  if (!page) return [];
  const findings = page.findings.filter(({ kind }) => (FAULTS as readonly string[]).includes(kind));
  const elsewhere = page.site?.routes.slice(1).flatMap(({ errors }) => errors) ?? [];
  return [...new Set([...page.errors, ...findings.map(({ message }) => message), ...elsewhere])];
}

/**
 * How well the answer works, 0 to 1: the mean of what the checklist's probes and, weighted, a site's functional probes
 * measured in the browser, and 0 for a page that logs errors. Without probes the log alone decides, as in the paper.
 */
export function functionalPart(): Reward {
  return defineReward({
    name: "webgen-r1/functional",
    needs: ["page", "probes"],
    score(context) {
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (!context.page) return unscored("skipped", "Nothing was rendered that could be tried.");
      const faults = runtimeFaults(context);
      if (faults.length > 0) return scored(0, { faults: faults.slice(0, 10) });
      const asked = (context.task.checklist ?? []).filter(({ probe }) => probe).length;
      const checked = context.page.probes.slice(0, asked);
      if (checked.some(({ score }) => score === null)) return unscored("failed", "A probe could not be run.");
      const results = [
        ...checked.map(({ score }) => ({ score: score ?? 0, weight: 1 })),
        ...(context.page.site?.probes ?? []),
      ];
      return scored(weightedMean(results) ?? 1, { probes: results.length });
    },
  });
}

const QUALITY_FAULTS = ["blank", "overflow", "script_error", "console_error", "blocked_request"] as const;

/** The share of five faults that the render is free of: blank, sideways overflow, script errors, console errors, blocked requests. */
export function qualityPart(): Reward {
  return defineReward({
    name: "webgen-r1/quality",
    needs: ["page"],
    score(context) {
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (!context.page) return unscored("skipped", "Nothing was rendered that could be looked at.");
      const kinds = new Set<string>(context.page.findings.map(({ kind }) => kind));
      const found = QUALITY_FAULTS.filter((kind) => kinds.has(kind));
      return scored(1 - found.length / QUALITY_FAULTS.length, { found });
    },
  });
}
