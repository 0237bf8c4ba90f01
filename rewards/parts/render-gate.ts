import { scored } from "../../env/scoring.js";
import { defineReward, type Reward } from "../reward.js";
import { ownFault } from "./source.js";

export interface RenderGateOptions {
  readonly name?: string;
  /** Whether a page on which nothing can be seen shuts the gate; default true. */
  readonly refuseBlank?: boolean;
}

/** A gate: 1 when the answer rendered and shows something, else 0 with the reason as evidence. */
export function renderGate({ name = "render", refuseBlank = true }: RenderGateOptions = {}): Reward {
  return defineReward({
    name,
    needs: ["page"],
    score(context) {
      const { render } = context;
      const fault = ownFault(context) ?? (render.status === "skipped" ? render.message : null);
      if (fault !== null || render.status !== "rendered") return scored(0, { reason: fault });
      const blank = render.page.findings.find(({ kind }) => kind === "blank");
      return blank && refuseBlank ? scored(0, { reason: blank.message }) : scored(1);
    },
  });
}
