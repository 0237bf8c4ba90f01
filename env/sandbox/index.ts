export { type JobModule, LeaveWorker } from "./jobs.js";
export type { Layer } from "./layers.js";
export { createSandbox, type Sandbox, type SandboxOptions, type SandboxOutcome } from "./sandbox.js";
export type { StopReason } from "./worker.js";
