import type { ObservableInput } from "rxjs";
import type { TaskSource } from "../env/contract/task.js";
import type { Evaluator } from "../env/evaluate.js";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import { didYouMean } from "../infra/did-you-mean.js";
import { PluginError, UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import type { Agent, TrainEvent } from "./agent.js";
import type { Weights } from "./policy/engine/engine.js";
import type { Sampling, TrainablePolicy } from "./policy/policy.js";

/** What an agent is opened with for a comparison. */
export interface AgentSetting {
  readonly tasks: TaskSource;
  /** Renders and scores, for agents that try before they answer. */
  readonly evaluator: Evaluator;
  /** Temperature and token limit that were asked for. */
  readonly sampling: Omit<Sampling, "seed">;
}

/** What a learner trains with: the policy to improve, and where a stopped run goes on. */
export interface TrainSetting {
  readonly policy: TrainablePolicy;
  readonly seed: number;
  /** Steps in all, at least 1. */
  readonly steps: number;
  /** Steps that an earlier process did; the next step is this plus 1. */
  readonly completedSteps: number;
  /** `num_tokens` of the last of those steps, from where the count goes on. */
  readonly completedTokens: number;
  /** Weights that this training began with, also in a run that goes on: what a KL term holds the policy to. */
  readonly startingWeights: Weights;
  /** To be awaited after each step: logs it and writes the checkpoint from which a stopped run goes on. */
  readonly afterStep: (event: TrainEvent) => Promise<void>;
  /** Options of this learner, as the recipe has them. */
  readonly options: JsonObject;
}

/** An agent that can be called by name: it answers (`open`), it learns (`train`), or both. */
export interface AgentSpec {
  /** Letters, digits, `_ . / -`, a letter first. */
  readonly name: string;
  /** One sentence, shown by `webgen list agents`. */
  readonly description: string;
  /** Answers per episode, default 1. */
  readonly maxTurns?: number;
  /** Opens it for a comparison. */
  open?(setting: AgentSetting): Agent | Promise<Agent>;
  /** Trains a policy: one event per step, e.g. an Observable or what an `async function*` returns. */
  train?(env: VectorWebGenEnv, setting: TrainSetting): ObservableInput<TrainEvent>;
}

const registry = new Map<string, AgentSpec>();

/**
 * Makes an agent available by name, to `webgen compare`, `webgen train` and recipes. Takes a spec, or an agent as it is.
 * Throws a PluginError for a wrong shape and a UsageError for a name that is taken.
 *
 * @example
 * registerAgent({
 *   name: "one-word",
 *   act: async (observations) => observations.map(() => ({ text: "<!DOCTYPE html><h1>Hello</h1>" })),
 * });
 */
export function registerAgent(agent: AgentSpec | Agent): void {
  const spec = agentSpec(agent);
  if (registry.has(spec.name))
    throw new UsageError(`An agent named "${spec.name}" is registered already; choose another name.`);
  registry.set(spec.name, spec);
}

/** Agent spec from a spec or an agent, checked. Throws a PluginError that says what is wrong. */
export function agentSpec(agent: AgentSpec | Agent): AgentSpec {
  const { name, act, open, train } = agent as Partial<Agent & AgentSpec>;
  if (typeof name !== "string" || !/^[A-Za-z][\w./-]*$/.test(name))
    throw new PluginError(
      `An agent's name should start with a letter and hold letters, digits, _ . / or -, but it is ${JSON.stringify(name)}.`,
    );
  if (typeof act === "function")
    return { name, description: "An agent as it is.", open: () => agent as Agent };
  if (typeof open !== "function" && typeof train !== "function")
    throw new PluginError(
      `Agent "${name}" should have the method act, or open (for comparisons) or train (to learn).`,
    );
  return agent as AgentSpec;
}

/** The agent of this name. Throws a UsageError with a suggestion when there is none. */
export function getAgent(name: string): AgentSpec {
  const spec = registry.get(name);
  if (spec) return spec;
  throw new UsageError(`There is no agent "${name}".${didYouMean(name, [...registry.keys()])}`);
}

/** All registered agents, by name. */
export function listAgents(): AgentSpec[] {
  return [...registry.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
