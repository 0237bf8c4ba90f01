export { type BackendChoice, type BackendOptions, chooseBackend } from "./backend/choose.js";
export type { BackendName } from "./backend/name.js";
export {
  CHAT_TOKENS,
  type ChatTemplate,
  chatMlTemplate,
  encodePrompt,
  plainTemplate,
} from "./chat-template.js";
export * from "./checkpoint/index.js";
export * from "./engine/index.js";
export * from "./model/index.js";
export type { Message, Policy, PolicyCompletion, Sampling, TrainablePolicy } from "./policy.js";
export { type OpenPolicyOptions, openPolicy, savePolicy } from "./policy-folder.js";
export * from "./tokenizer/index.js";
export {
  createTransformerPolicy,
  type TransformerPolicy,
  type TransformerPolicyOptions,
  type Truncation,
} from "./transformer-policy.js";
