import "./extraction.js";
import "./presets.js";

export { FRONTCODER_FORMULA, type FrontcoderOptions, frontcoderReward } from "./reward.js";
