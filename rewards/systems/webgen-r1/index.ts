import "./extraction.js";
import "./presets.js";

export { gradedLooks, measuredLooks, releasedLooks, TOP_GRADE } from "./looks.js";
export { functionalPart, qualityPart, reasoningPart, releasedStructure, structurePart } from "./parts.js";
export {
  WEBGEN_R1_DENSE_FORMULA,
  WEBGEN_R1_FORMULA,
  WEBGEN_R1_RELEASED_FORMULA,
  type WebgenR1Options,
  webgenR1Reward,
} from "./reward.js";
