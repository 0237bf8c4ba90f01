import {
  type Agent,
  bestOfN,
  type ConversationOf,
  createRemotePolicy,
  instructConversation,
  openPolicy,
  type Policy,
  type PolicyAgentOptions,
  plainConversation,
  policyAgent,
  polish,
  type Sampling,
} from "../agents/index.js";
import { referenceAgent } from "../agents/reference.js";
import { UsageError } from "../infra/errors.js";
import type { Arena, Contestant } from "./compare.js";

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

export interface ContestantOptions {
  readonly name: string;
  readonly source: PolicySource;
  readonly strategy?: Strategy;
  readonly sampling?: Omit<Sampling, "seed">;
}

/** A policy with a strategy, opened when its turn comes. */
export function contestant({
  name,
  source,
  strategy = { kind: "single" },
  sampling = {},
}: ContestantOptions): Contestant {
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

/** How an agent is written on the command line. */
export const AGENT_GRAMMAR = `An agent is written as one of
  reference                      hands in the task's own reference
  checkpoint:FOLDER              one sample of a trained policy
  remote:MODEL@URL               one sample of an OpenAI-compatible server, e.g. remote:qwen3@http://localhost:8000/v1
each but the first also as best-of-N:... or polish-TURNS:..., and any with a name in front: NAME=...`;

/**
 * Reads an agent from the command line. Throws a UsageError that shows the grammar.
 *
 * @example
 * parseContestant("best-of-8:checkpoint:runs/quickstart/checkpoints/grpo");
 */
export function parseContestant(text: string, sampling: Omit<Sampling, "seed">): Contestant {
  const [, given, spec = ""] = /^(?:([\w.+-]+)=)?(.+)$/.exec(text) ?? [];
  const name = given ?? spec.replace(/checkpoint:(.*\/)?|remote:|@https?:.*$/g, "");
  if (spec === "reference")
    return { name, open: async (arena) => ({ agent: referenceAgent(arena.tasks), close: async () => {} }) };
  const [, best, turns, source = ""] = /^(?:best-of-(\d+):|polish-(\d+):)?(.+)$/.exec(spec) ?? [];
  const strategy: Strategy = best
    ? { kind: "best-of", n: Number(best) }
    : turns
      ? { kind: "polish", turns: Number(turns) }
      : { kind: "single" };
  return contestant({ name, source: parseSource(source, text), strategy, sampling });
}

function parseSource(source: string, text: string): PolicySource {
  const [, folder] = /^checkpoint:(.+)$/.exec(source) ?? [];
  if (folder) return checkpointSource(folder);
  const [, model, baseURL] = /^remote:(.+?)(?:@(https?:\/\/.+))?$/.exec(source) ?? [];
  if (!model) throw new UsageError(`"${text}" is no agent. ${AGENT_GRAMMAR}`);
  const open = async () => ({ policy: createRemotePolicy({ model, ...(baseURL ? { baseURL } : {}) }) });
  return { open, conversation: instructConversation };
}
