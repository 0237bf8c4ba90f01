import type { JsonObject } from "../infra/json.js";
import { checkOptions, type OptionKind } from "./options.js";
import { accessibility } from "./parts/accessibility.js";
import { checklist } from "./parts/checklist.js";
import { lengthControl, relativeLength } from "./parts/length.js";
import { renderGate } from "./parts/render-gate.js";
import { repetitionGate } from "./parts/repetition.js";
import { similarity } from "./parts/similarity.js";
import { validity } from "./parts/validity.js";
import { visual } from "./parts/visual.js";
import { design2code } from "./presets/vcoder/index.js";
import { type AnyReward, registerReward } from "./reward.js";

// Makes the shipped rewards known by name. Imported once, by the index of this room.

function register(
  name: string,
  kinds: Readonly<Record<string, OptionKind>>,
  create: (options: JsonObject) => AnyReward,
): void {
  registerReward({ name, create: (options) => create(checkOptions(`Reward "${name}"`, options, kinds)) });
}

register(
  "repetition",
  { window: "number", step: "number", local: "number", jaccard: "number", gram: "number", minimum: "number" },
  repetitionGate,
);
register("render", { refuseBlank: "boolean" }, renderGate);
register("checklist", {}, () => checklist());
register(
  "similarity",
  {
    landmarks: ["substring", "token"],
    renderReference: "boolean",
    shownOnly: "boolean",
    missingReference: "number",
  },
  similarity,
);
register("visual", {}, visual);
register("design2code", {}, () => design2code());
register(
  "length",
  { of: ["completion", "page"], full: "number", none: "number", empty: "number" },
  lengthControl,
);
register("validity", {}, () => validity());
register("accessibility", {}, () => accessibility());
register("relative-length", { full: "number", none: "number" }, relativeLength);
