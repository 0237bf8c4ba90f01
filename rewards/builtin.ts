import type { JsonObject } from "../infra/json.js";
import { checkOptions, type OptionKind } from "./options.js";
import { checklist } from "./parts/checklist.js";
import { lengthControl, relativeLength } from "./parts/length.js";
import { renderGate } from "./parts/render-gate.js";
import { repetitionGate } from "./parts/repetition.js";
import { similarity } from "./parts/similarity.js";
import { visual } from "./parts/visual.js";
import { registerPreset } from "./preset.js";
import { frontcoderReward } from "./presets/frontcoder/index.js";
import { pagesReward } from "./presets/pages/index.js";
import { type AnyReward, registerReward } from "./reward.js";

// Makes the shipped rewards and presets known by name. Imported once, by the index of this room.

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
register(
  "length",
  { of: ["completion", "page"], full: "number", none: "number", empty: "number" },
  lengthControl,
);
register("relative-length", { full: "number", none: "number" }, relativeLength);

registerPreset({
  name: "pages",
  summary: "Gates, probed checklist, similarity, looks and length, for webgen/Pages-v0",
  create: (options) => pagesReward(checkOptions('Preset "pages"', options, { formula: "string" })),
});

const FRONTCODER_OPTIONS: Readonly<Record<string, OptionKind>> = {
  renderFailure: ["zero", "soft"],
  refuseBlank: "boolean",
  missingReference: ["renormalize", "zero"],
  landmarks: ["substring", "token"],
  lengthOf: ["completion", "page"],
  emptyLength: "number",
};

registerPreset({
  name: "frontcoder/paper",
  summary: "FrontCoder as published",
  create: (options) =>
    frontcoderReward({
      ...checkOptions<object>('Preset "frontcoder/paper"', options, FRONTCODER_OPTIONS),
      profile: "paper",
    }),
});
registerPreset({
  name: "frontcoder/code",
  summary: "FrontCoder as its released code computes it, accidents included",
  create: (options) => {
    checkOptions('Preset "frontcoder/code"', options, {});
    return frontcoderReward({ profile: "code" });
  },
});
