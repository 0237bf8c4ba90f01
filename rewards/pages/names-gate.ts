import type { Check, Probe } from "../../env/contract/probe.js";
import { scored, unscored } from "../../env/contract/scoring.js";
import type { ChecklistItem } from "../../env/contract/task.js";
import { ownFault } from "../parts/source.js";
import { defineReward, type Reward } from "../reward.js";

/** What each name above those allowed takes away, and the least that is left. */
const COST = 0.15;
const LEAST = 0.4;

/**
 * A gate against pages that name whatever might be asked for: 1 for a page that holds no more of the names that a task's checklist
 * rules out than the checklist allows, and for all pages of a task whose checklist rules none out; 0.15 less for each further one.
 */
export function namesGate(): Reward {
  return defineReward({
    name: "names",
    needs: ["page"],
    score(context) {
      const ruled = namesRuledOut(context.task.checklist ?? []);
      if (ruled === null) return scored(1);
      const fault = ownFault(context);
      if (fault !== null) return scored(0, { reason: fault });
      if (context.page === null) return unscored("skipped", "Nothing was rendered that could name anything.");
      const words = new Set(
        context.page.snapshot.texts.flatMap(({ text }) => text.split(/[^\p{L}\p{N}'’]+/u)),
      );
      const found = ruled.names.filter((name) => words.has(name));
      const above = Math.max(0, found.length - ruled.most);
      return scored(Math.max(LEAST, 1 - COST * above), above === 0 ? {} : { found });
    },
  });
}

type Names = Extract<Check, { kind: "names" }>;

/** The names of which a page must not hold more than a few; null where the checklist says nothing of the kind. */
function namesRuledOut(items: readonly ChecklistItem[]): Names | null {
  const within = (probe: Probe): readonly Names[] => {
    if (probe.kind === "names") return [probe];
    if (probe.kind === "all") return probe.of.flatMap(within);
    return probe.kind === "whole" ? [...probe.of, ...probe.without].flatMap(within) : [];
  };
  return items.flatMap(({ probe }) => (probe ? within(probe) : []))[0] ?? null;
}
