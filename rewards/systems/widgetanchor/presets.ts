import { oneOf } from "../../../infra/schema/fields.js";
import { asReward } from "../../compose.js";
import type { Models } from "../../model-options.js";
import { registerPresetFrom, registerRewardFrom } from "../../options.js";
import { LEGIBLE, type LegibleOption } from "../legible.js";
import { widgetLpips } from "./parts.js";
import {
  widget2codeReward,
  widgetanchorHybrid,
  widgetanchorReward,
  widgetanchorTournament,
} from "./reward.js";

const programmatic = ({ lpips }: Models, options: LegibleOption = {}) =>
  widgetanchorReward({ ...options, ...(lpips ? { lpips } : {}) });

registerPresetFrom({
  name: "widgetanchor/paper",
  summary: "WidgetAnchor's programmatic blend; takes lpips (AlexNet)",
  options: LEGIBLE,
  models: { models: ["lpips"] },
  create: (options, models) => programmatic(models, options),
});

registerPresetFrom({
  name: "widgetanchor/compat",
  summary: "WidgetAnchor as released; needs lpips (AlexNet) and lpipsVgg, takes a judge for the tournament",
  options: { revision: oneOf(["toolkit", "bench"]) },
  models: { models: ["lpips", "lpipsVgg", "judge"], required: ["lpips", "lpipsVgg"] },
  create: (options, { lpips, lpipsVgg, judge }) =>
    widgetanchorReward({
      ...options,
      profile: "compat",
      lpips: lpips!,
      lpipsVgg: lpipsVgg!,
      ...(judge ? { judge: judge.ask } : {}),
    }),
});

registerPresetFrom({
  name: "widgetanchor/widget2code",
  summary: "the Widget2Code benchmark's metrics; takes lpips (VGG)",
  models: { models: ["lpips"], lpipsInput: "widget2code" },
  create: (_, { lpips }) => widget2codeReward(lpips ? { lpips } : {}),
});

registerPresetFrom({
  name: "widgetanchor/hybrid",
  summary: "WidgetAnchor's blend and a judge; needs a judge, takes lpips",
  models: { models: ["judge", "lpips"], required: ["judge"] },
  create: (_, models) =>
    widgetanchorHybrid(asReward(programmatic(models), "widgetanchor/programmatic"), models.judge!.ask),
});

registerPresetFrom({
  name: "widgetanchor/tournament",
  summary: "WidgetAnchor's round robin; needs a judge, takes lpips",
  models: { models: ["judge", "lpips"], required: ["judge"] },
  create: (_, models) =>
    widgetanchorTournament(models.judge!.ask, asReward(programmatic(models), "widgetanchor/programmatic")),
});

registerRewardFrom({
  name: "lpips",
  models: { models: ["lpips"], required: ["lpips"] },
  create: (_, { lpips }) => widgetLpips(lpips!),
});
