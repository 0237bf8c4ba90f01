import "./extraction.js";
import "./presets.js";

export { type Design2CodeOptions, design2code } from "./design2code.js";
export { type OpenEnvOptions, openEnvReward } from "./openenv.js";
export {
  VCODER_FORMULA,
  VCODER_NOTEBOOK_FORMULA,
  type VcoderOptions,
  vcoderNotebookReward,
  vcoderReward,
} from "./reward.js";
