import { InfrastructureError, UsageError } from "../../../infra/errors.js";
import type { BackendName } from "../backend/name.js";
import type {
  EngineState,
  Generated,
  GenerateOptions,
  Loss,
  ModelConfig,
  Sequence,
  StepMetrics,
  StepOptions,
  Weights,
} from "./engine.js";
import type { GenerateRequest } from "./generate.js";
import type { StepCounts } from "./losses.js";
import type { ReducerMemory } from "./shared-reducer.js";

/** What a worker is started with. */
export interface WorkerStart {
  readonly config: ModelConfig;
  readonly backend: BackendName;
  readonly state: EngineState;
  readonly rank: number;
  readonly memory: ReducerMemory;
}

/** What a worker can be asked, with the answers. */
export interface WorkerCalls {
  start(): string;
  generate(requests: readonly GenerateRequest[], options: GenerateOptions): Generated[];
  logProbs(sequences: readonly Sequence[], weights: "current" | "reference"): Float32Array[];
  step(loss: Loss, counts: StepCounts, options: StepOptions): StepMetrics;
  keepReference(weights: Weights | undefined): void;
  exportState(): EngineState;
  importState(state: EngineState): void;
}

export type WorkerMethod = keyof WorkerCalls;

export interface WorkerRequest {
  readonly id: number;
  readonly method: WorkerMethod;
  readonly arguments: readonly unknown[];
}

export type WorkerReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

/** What answers each call. */
export type WorkerHandlers = {
  readonly [M in WorkerMethod]: (
    ...values: Parameters<WorkerCalls[M]>
  ) => Promise<ReturnType<WorkerCalls[M]>> | ReturnType<WorkerCalls[M]>;
};

/** The reply to a request: what its handler gives, or the name and message of what it throws. */
export async function answer(
  handlers: WorkerHandlers,
  { id, method, arguments: values }: WorkerRequest,
): Promise<WorkerReply> {
  const handle = handlers[method] as (...values: readonly unknown[]) => unknown;
  try {
    return { id, value: await handle(...values) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { id, error: { name, message } };
  }
}

/** Errors lose their class on the way between threads; this gives it back. */
export function revive({ name, message }: { name: string; message: string }): Error {
  if (name === "UsageError") return new UsageError(message);
  return new InfrastructureError(message);
}
