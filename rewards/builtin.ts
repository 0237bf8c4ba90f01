import {
  type JudgedItemsOptions,
  type JudgedOptions,
  type JudgedTournamentOptions,
  judged,
  judgedItems,
  judgedTournament,
} from "./judge/index.js";
import { type ModelRequest, type Models, takeModels } from "./model-options.js";
import { checkOptions, type OptionKind } from "./options.js";
import { accessibility } from "./parts/accessibility.js";
import { checklist } from "./parts/checklist.js";
import { functional } from "./parts/functional.js";
import { integrity } from "./parts/integrity.js";
import { lengthControl, relativeLength } from "./parts/length.js";
import { renderGate } from "./parts/render-gate.js";
import { repetitionGate } from "./parts/repetition.js";
import { similarity } from "./parts/similarity.js";
import { validity } from "./parts/validity.js";
import { visual } from "./parts/visual.js";
import { type AnyReward, registerReward } from "./reward.js";
import { design2code } from "./systems/vcoder/index.js";
import { vcoderClip } from "./systems/vcoder/parts.js";
import { widgetLpips } from "./systems/widgetanchor/index.js";

// Makes the shipped rewards known by name. Imported once, by the index of this room.

function register<Options extends object>(
  name: string,
  kinds: Readonly<Record<string, OptionKind>>,
  create: (options: Options, models: Models) => AnyReward,
  takes: ModelRequest = { models: [] },
): void {
  const owner = `Reward "${name}"`;
  registerReward({
    name,
    create(options) {
      const { models, rest } = takeModels(owner, options, takes);
      return create(checkOptions<Options>(owner, rest, kinds), models);
    },
  });
}

const JUDGE: ModelRequest = { models: ["judge"], required: ["judge"] };

register(
  "repetition",
  { window: "number", step: "number", local: "number", jaccard: "number", gram: "number", minimum: "number" },
  repetitionGate,
);
register("render", { refuseBlank: "boolean" }, renderGate);
register(
  "checklist",
  { repeats: "number", source: "boolean" },
  (options: JudgedItemsOptions, { judge }) => checklist(judge ? { judge: judgedItems(judge, options) } : {}),
  { models: ["judge"] },
);
register(
  "judged",
  {
    rubric: "string",
    scale: "number",
    against: ["request", "reference"],
    repeats: "number",
    injection: ["report", "zero"],
  },
  (options: Omit<JudgedOptions, "judge">, { judge }) => judged({ ...options, judge: judge! }),
  JUDGE,
);
register(
  "tournament",
  { against: ["request", "reference"], criteria: "string" },
  (options: Omit<JudgedTournamentOptions, "judge">, { judge }) =>
    judgedTournament({ ...options, judge: judge! }),
  JUDGE,
);
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
register("design2code", {}, (_, { clip }) => design2code(clip ? { clip } : {}), { models: ["clip"] });
register("clip", {}, (_, { clip }) => vcoderClip(clip!), { models: ["clip"], required: ["clip"] });
register("lpips", {}, (_, { lpips }) => widgetLpips(lpips!), { models: ["lpips"], required: ["lpips"] });
register(
  "length",
  { of: ["completion", "page"], full: "number", none: "number", empty: "number" },
  lengthControl,
);
register("functional", {}, () => functional());
register("integrity", {}, () => integrity());
register("validity", {}, () => validity());
register("accessibility", {}, () => accessibility());
register("relative-length", { full: "number", none: "number" }, relativeLength);
