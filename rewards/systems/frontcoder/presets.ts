import * as v from "valibot";
import { oneOf, toggle } from "../../../infra/schema/fields.js";
import { registerPresetFrom } from "../../options.js";
import { LEGIBLE } from "../legible.js";
import { frontcoderReward } from "./reward.js";

registerPresetFrom({
  name: "frontcoder/paper",
  summary: "FrontCoder as published; takes a judge",
  options: {
    renderFailure: oneOf(["zero", "soft"]),
    refuseBlank: toggle(),
    missingReference: oneOf(["renormalize", "zero"]),
    landmarks: oneOf(["substring", "token"]),
    lengthOf: oneOf(["completion", "page"]),
    emptyLength: v.picklist([0, 1]),
    ...LEGIBLE,
  },
  models: { models: ["judge"] },
  create: (options, { judge }) =>
    frontcoderReward({ ...options, ...(judge ? { judge: judge.ask } : {}), profile: "paper" }),
});

registerPresetFrom({
  name: "frontcoder/compat",
  summary: "FrontCoder as its released code computes it, accidents included; takes a judge",
  models: { models: ["judge"] },
  create: (_, { judge }) => frontcoderReward({ ...(judge ? { judge: judge.ask } : {}), profile: "compat" }),
});
