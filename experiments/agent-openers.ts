import type { ConversationOf } from "../agents/conversation.js";
import {
  type Agent,
  bestOfN,
  openPolicy,
  type Policy,
  plainConversation,
  policyAgent,
  polish,
  type Sampling,
} from "../agents/index.js";
import type { PolicyAgentOptions } from "../agents/policy-agent.js";
import type { AgentSpec } from "../agents/registry.js";
import { UsageError } from "../infra/errors.js";
import type { AgentOpener, Arena } from "./compare.js";

/** Something that can be opened as a policy. */
export interface PolicySource {
  open(): Promise<{ readonly policy: Policy; readonly backend?: string }>;
  readonly conversation: ConversationOf;
}

/** How the samples of a policy become an answer. */
export type Strategy =
  | { readonly kind: "single" }
  | { readonly kind: "best-of"; readonly n: number }
  | { readonly kind: "polish"; readonly turns: number };

export interface PolicyOpenerOptions {
  readonly name: string;
  readonly source: PolicySource;
  readonly strategy?: Strategy;
  readonly sampling?: Omit<Sampling, "seed">;
}

/** A policy with a strategy, opened when its turn comes. */
export function policyOpener({
  name,
  source,
  strategy = { kind: "single" },
  sampling = {},
}: PolicyOpenerOptions): AgentOpener {
  return {
    name,
    maxTurns: strategy.kind === "polish" ? strategy.turns : 1,
    async open(arena) {
      const { policy, ...where } = await source.open();
      const options = { name, policy, sampling, conversation: source.conversation };
      return { ...where, agent: agentOf(strategy, options, arena), close: () => policy.close() };
    },
  };
}

function agentOf(strategy: Strategy, options: PolicyAgentOptions, arena: Arena): Agent {
  if (strategy.kind === "best-of") return bestOfN({ ...options, ...arena, n: strategy.n });
  return strategy.kind === "polish" ? polish(options) : policyAgent(options);
}

/** A checkpoint folder as a policy. */
export function checkpointSource(path: string): PolicySource {
  return {
    conversation: plainConversation,
    async open() {
      const { policy } = await openPolicy(path);
      return { policy, backend: policy.engine.backend };
    },
  };
}

/** A registered agent. Throws a UsageError for one that only trains. */
export function specOpener(spec: AgentSpec, sampling: Omit<Sampling, "seed">, name = spec.name): AgentOpener {
  const { open, maxTurns = 1 } = spec;
  if (open === undefined)
    throw new UsageError(
      `The agent "${spec.name}" learns and does not answer; compare a checkpoint that it left: checkpoint:FOLDER.`,
    );
  return {
    name,
    maxTurns,
    async open(arena) {
      const agent = await open.call(spec, { ...arena, sampling });
      return { agent, close: async () => agent.close?.() };
    },
  };
}
