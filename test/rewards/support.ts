import type { RewardContext, Score } from "../../env/contract/scoring.js";
import { scored, unscored } from "../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type Task } from "../../env/contract/task.js";
import { defineReward, type Reward } from "../../rewards/reward.js";

/** A context of an answer that was not rendered; enough for rewards that read text. */
export function contextOf(html: string, task: Partial<Task> = {}): RewardContext {
  return {
    task: { id: "test", kind: "html", prompt: "A page.", viewport: DEFAULT_VIEWPORT, meta: {}, ...task },
    completion: { text: html },
    artifact: { status: "ok", artifact: { kind: "html", html } },
    render: { status: "skipped", message: "Not rendered in this test." },
    page: null,
    reference: null,
    referencePicture: null,
    signal: new AbortController().signal,
  };
}

/** A reward that always says the same: a number, or null as failed or skipped. */
export function constant(value: number | "failed" | "skipped"): Reward {
  const score: Score = typeof value === "number" ? scored(value) : unscored(value, `It ${value}.`);
  return defineReward({ name: "constant", needs: [], score: () => score });
}
