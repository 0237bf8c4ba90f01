import type { Observable } from "rxjs";
import type { Observation } from "../env/contract/observation.js";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import type { AgentAction } from "../env/web-gen-env.js";

/** Options of one call of an agent. */
export interface ActOptions {
  /** Equal seeds and observations give equal actions on one machine. */
  readonly seed: number;
}

/** Something that answers tasks. It may keep a memory per task while an episode runs. */
export interface Agent {
  readonly name: string;
  /** One action per observation, in order. */
  act(observations: readonly Observation[], options: ActOptions): Promise<AgentAction[]>;
  /** Gives back what it holds, e.g. a model or a connection. Called once, after its last action. */
  close?(): Promise<void>;
}

/** What a learner tells while it trains. Metric names are TRL's. */
export interface TrainEvent {
  readonly phase: string;
  /** 1 for the first optimiser update of the phase. */
  readonly step: number;
  readonly steps: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** An agent that improves. */
export interface Learner<Options> {
  readonly name: string;
  /**
   * Trains while subscribed. Emits one event per step, after the step's checkpoint hook has run; unsubscribing stops
   * at the next step. Errors are those of `infra/errors.ts`.
   */
  train(env: VectorWebGenEnv, options: Options): Observable<TrainEvent>;
}
