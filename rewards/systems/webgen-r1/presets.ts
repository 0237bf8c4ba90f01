import { registerPresetFrom } from "../../options.js";
import { LEGIBLE } from "../legible.js";
import { webgenR1Reward } from "./reward.js";

registerPresetFrom({
  name: "webgen-r1/paper",
  summary: "WebGen-R1's cascade with probes for function; takes a judge",
  options: LEGIBLE,
  models: { models: ["judge"] },
  create: (options, { judge }) =>
    webgenR1Reward({ ...options, ...(judge ? { judge: judge.ask } : {}), profile: "paper" }),
});

registerPresetFrom({
  name: "webgen-r1/dense",
  summary: "WebGen-R1's stages with partial credit; takes a judge",
  options: LEGIBLE,
  models: { models: ["judge"] },
  create: (options, { judge }) =>
    webgenR1Reward({ ...options, ...(judge ? { judge: judge.ask } : {}), profile: "dense" }),
});

registerPresetFrom({
  name: "webgen-r1/compat",
  summary: "WebGen-R1 as released; needs a judge",
  models: { models: ["judge"], required: ["judge"] },
  create: (_, { judge }) => webgenR1Reward({ judge: judge!.ask, profile: "compat" }),
});
