import { type Facts, type RewardContext, type Score, scored, unscored } from "../../env/contract/scoring.js";
import type { ChecklistItem } from "../../env/contract/task.js";
import type { JsonObject } from "../../infra/json.js";
import { defineReward, JUDGE_DEADLINE, type Reward } from "../reward.js";
import { ownFault } from "./source.js";

/** A judge's verdict on one item. */
export interface JudgedItem {
  /** 0 to `maxScore`; null when the judge could not say. */
  readonly points: number | null;
  /** Its reason, one sentence. */
  readonly detail: string;
  /** Difference of the highest and the lowest of several judgements. */
  readonly spread?: number;
}

/** A verdict, or bare points, per item, in order. */
export type JudgedItems = readonly (JudgedItem | number | null)[];

/**
 * Scores checklist items that have no probe, e.g. by a vision model. What it found besides goes into the part's evidence.
 * Throws when it could not be reached.
 */
export interface ChecklistJudge {
  (
    items: readonly ChecklistItem[],
    context: RewardContext,
  ): Promise<JudgedItems | { readonly items: JudgedItems; readonly evidence: JsonObject }>;
  /** Changes whenever the same page may be judged differently: the model, the instructions. */
  readonly version?: string;
}

/** Options of the checklist part. */
export interface ChecklistOptions {
  readonly name?: string;
  /** Asked about the items without a probe; without it those do not count. */
  readonly judge?: ChecklistJudge;
  /** Milliseconds; default that of the composition, or ten minutes with a judge. */
  readonly deadline?: number;
}

/** How one item came out. */
interface ItemResult {
  readonly item: ChecklistItem;
  readonly points: number | null;
  readonly detail: string;
  readonly spread?: number;
}

/**
 * FrontCoder's S_chk: points earned over points possible, where an item earns `maxScore` times what its probe measured
 * in the rendered page. The evidence lists every item that fell short, with what was found. Null when a probe or the judge
 * could not say (an answer is not punished for that, nor helped), skipped for a task without a checklist, and 0 for an
 * answer that is no page or did not render. Items that name a kind of fact declare it: right where all items of the kind
 * hold in full.
 */
export function checklist({ name = "checklist", judge, deadline }: ChecklistOptions = {}): Reward {
  const patience = deadline ?? (judge ? JUDGE_DEADLINE : undefined);
  return defineReward({
    name,
    needs: ["page", "probes"],
    ...(judge ? { costly: true } : {}),
    version: judge?.version,
    ...(patience === undefined ? {} : { deadline: patience }),
    async score(context) {
      const items = context.task.checklist ?? [];
      if (items.length === 0) return unscored("skipped", "The task has no checklist.");
      const fault = ownFault(context);
      if (fault !== null)
        return withFacts(
          scored(0, { reason: fault }),
          items.map((item) => ({ item, points: 0 })),
        );
      if (context.page === null) return unscored("skipped", "Nothing was rendered that could be checked.");
      const probed = probeResults(items, context);
      const open = judge ? items.filter(({ probe }) => !probe) : [];
      const said = judge && open.length > 0 ? await judge(open, context) : [];
      const { items: verdicts, evidence } = "evidence" in said ? said : { items: said, evidence: {} };
      const judged = open.map((item, i): ItemResult => {
        const verdict = verdicts[i] ?? null;
        return typeof verdict === "object" && verdict !== null
          ? { item, ...verdict }
          : { item, points: verdict, detail: "judged" };
      });
      const results = [...probed, ...judged];
      return withFacts(summary(results, items.length, evidence), results);
    },
  });
}

/** Results of the items with a probe; `page.probes` holds them in the order of these items. */
function probeResults(items: readonly ChecklistItem[], { page }: RewardContext): ItemResult[] {
  return items
    .filter(({ probe }) => probe)
    .map((item, i) => {
      const result = page?.probes[i];
      const score = result?.score ?? null;
      return {
        item,
        points: score === null ? null : score * item.maxScore,
        detail: result?.detail ?? "The probe was not run.",
      };
    });
}

/** A measured score with the facts of its items; one that could not be taken as it is. */
function withFacts(score: Score, results: readonly Pick<ItemResult, "item" | "points">[]): Score {
  const facts: Record<string, boolean> = {};
  for (const { item, points } of results)
    if (item.kind !== undefined)
      facts[item.kind] = (points ?? 0) >= item.maxScore && facts[item.kind] !== false;
  return score.value === null || Object.keys(facts).length === 0
    ? score
    : { ...score, facts: facts as Facts };
}

function summary(results: readonly ItemResult[], total: number, more: JsonObject): Score {
  if (results.length === 0)
    return unscored("skipped", "No item of the checklist has a probe, and there is no judge.");
  const unknown = results.filter(({ points }) => points === null);
  if (unknown.length > 0) {
    const { item, detail } = unknown[0] as ItemResult;
    return unscored(
      "failed",
      `${unknown.length} items could not be checked, e.g. "${item.title}": ${detail}`,
    );
  }
  const earned = results.reduce((sum, { points }) => sum + (points ?? 0), 0);
  const possible = results.reduce((sum, { item }) => sum + item.maxScore, 0);
  const failed = results
    .filter(({ item, points }) => (points ?? 0) < item.maxScore)
    .map(
      ({ item, points, detail, spread }): JsonObject => ({
        id: item.id,
        title: item.title,
        points,
        of: item.maxScore,
        detail,
        ...(spread === undefined ? {} : { spread }),
      }),
    );
  return scored(possible === 0 ? 0 : earned / possible, {
    earned,
    possible,
    failed,
    ...(results.length < total ? { notCounted: total - results.length } : {}),
    ...more,
  });
}
