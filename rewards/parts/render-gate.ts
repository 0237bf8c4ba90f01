import { scored } from "../../env/scoring.js";
import { defineReward, type Reward } from "../reward.js";

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
    score({ artifact, render }) {
      if (artifact.status === "refused") return scored(0, { reason: artifact.refusal.message });
      if (render.status === "failed") return scored(0, { reason: `${render.reason}: ${render.message}` });
      if (render.status === "skipped") return scored(0, { reason: render.message });
      const blank = render.page.findings.find(({ kind }) => kind === "blank");
      return blank && refuseBlank ? scored(0, { reason: blank.message }) : scored(1);
    },
  });
}
