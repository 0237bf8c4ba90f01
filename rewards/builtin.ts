import { count, finite, nonNegative, oneOf, text, toggle } from "../infra/schema/fields.js";
import { judged, judgedItems, judgedTournament } from "./judge/index.js";
import type { ModelRequest } from "./model-options.js";
import { registerPresetFrom, registerRewardFrom } from "./options.js";
import { pagesReward } from "./pages/index.js";
import { accessibility } from "./parts/accessibility.js";
import { checklist } from "./parts/checklist.js";
import { functional } from "./parts/functional.js";
import { integrity } from "./parts/integrity.js";
import { lengthControl, relativeLength } from "./parts/length.js";
import { paddingGate } from "./parts/padding.js";
import { renderGate } from "./parts/render-gate.js";
import { repetitionGate } from "./parts/repetition.js";
import { similarity } from "./parts/similarity.js";
import { validity } from "./parts/validity.js";
import { visual } from "./parts/visual.js";

// Makes the project's own rewards and its preset known by name; published systems register themselves. Imported once, by the
// index of this room.

const JUDGE: ModelRequest = { models: ["judge"] };
const JUDGE_NEEDED: ModelRequest = { models: ["judge"], required: ["judge"] };

registerPresetFrom({
  name: "pages",
  summary: "gates, probed checklist, similarity, looks and length, for webgen/Pages-v0; takes a judge",
  models: JUDGE,
  create: (_, { judge }) => pagesReward(judge ? { judge: judgedItems(judge) } : {}),
});

registerRewardFrom({
  name: "repetition",
  options: {
    window: count("code points"),
    step: count("code points"),
    local: nonNegative("share from which a window is degenerate; above 1 none is"),
    jaccard: nonNegative("likeness from which windows are copies; above 1 none are"),
    gram: count("code points"),
    minimum: count("code points", 0),
  },
  create: repetitionGate,
});
registerRewardFrom({
  name: "render",
  options: { refuseBlank: toggle(), readable: toggle() },
  create: renderGate,
});
registerRewardFrom({
  name: "checklist",
  options: { repeats: count("judgements"), source: toggle() },
  models: JUDGE,
  create: (options, { judge }) => checklist(judge ? { judge: judgedItems(judge, options) } : {}),
});
registerRewardFrom({
  name: "judged",
  options: {
    rubric: text(),
    scale: count("the best grade"),
    against: oneOf(["request", "reference"]),
    repeats: count("judgements"),
    injection: oneOf(["report", "zero"]),
  },
  models: JUDGE_NEEDED,
  create: (options, { judge }) => judged({ ...options, judge: judge! }),
});
registerRewardFrom({
  name: "tournament",
  options: { against: oneOf(["request", "reference"]), criteria: text() },
  models: JUDGE_NEEDED,
  create: (options, { judge }) => judgedTournament({ ...options, judge: judge! }),
});
registerRewardFrom({
  name: "similarity",
  options: {
    landmarks: oneOf(["substring", "token"]),
    renderReference: toggle(),
    shownOnly: toggle(),
    missingReference: finite(),
  },
  create: similarity,
});
registerRewardFrom({ name: "visual", create: () => visual() });
registerRewardFrom({
  name: "length",
  options: {
    of: oneOf(["completion", "page"]),
    full: nonNegative("tokens"),
    none: nonNegative("tokens"),
    empty: finite(),
  },
  create: lengthControl,
});
registerRewardFrom({
  name: "relative-length",
  options: {
    full: nonNegative("multiples of the reference"),
    none: nonNegative("multiples of the reference"),
  },
  create: relativeLength,
});
registerRewardFrom({ name: "padding", create: () => paddingGate() });
registerRewardFrom({ name: "functional", create: () => functional() });
registerRewardFrom({ name: "integrity", create: () => integrity() });
registerRewardFrom({ name: "validity", create: () => validity() });
registerRewardFrom({ name: "accessibility", create: () => accessibility() });
