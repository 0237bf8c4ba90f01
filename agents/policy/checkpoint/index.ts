export { type Checkpoint, hasCheckpoint, loadCheckpoint, saveCheckpoint } from "./checkpoint.js";
export { encodeSafetensors, readSafetensors, type Safetensors } from "./safetensors.js";
