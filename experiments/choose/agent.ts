import "../../index.js";
import { instructConversation } from "../../agents/conversation.js";
import { hasCheckpoint } from "../../agents/policy/checkpoint/checkpoint.js";
import type { Sampling } from "../../agents/policy/policy.js";
import { type AgentSpec, agentSpec, getAgent, listAgents } from "../../agents/registry.js";
import { createRemotePolicy } from "../../agents/remote.js";
import { didYouMean } from "../../infra/did-you-mean.js";
import { UsageError } from "../../infra/errors.js";
import {
  checkpointSource,
  type PolicySource,
  policyOpener,
  type Strategy,
  specOpener,
} from "../agent-openers.js";
import type { AgentOpener } from "../compare.js";
import { AGENT_GRAMMAR } from "./agent-grammar.js";
import { exportOf, moduleAndExport } from "./module.js";

/** Turns of the shortest polishing episode: a draft, a revision, and the hand-in. */
const FEWEST_TURNS = 3;

/**
 * Reads an agent as the command line writes it. Throws a UsageError for one there is not, and for a checkpoint that is not
 * there.
 *
 * @example
 * await chooseAgent("best-of-8:checkpoint:runs/quickstart/checkpoints/grpo", { temperature: 1 });
 */
export async function chooseAgent(text: string, sampling: Omit<Sampling, "seed">): Promise<AgentOpener> {
  const [, given, spec = ""] = /^(?:([\w.+-]+)=)?(.+)$/.exec(text) ?? [];
  const [, best, turns, source = ""] = /^(?:best-of-(\d+):|polish-(\d+):)?(.+)$/.exec(spec) ?? [];
  const policy = await sourceOf(source);
  if (policy !== undefined) {
    const name = given ?? spec.replace(/checkpoint:(.*\/)?|remote:|@https?:.*$/g, "");
    return policyOpener({ name, source: policy, strategy: strategyOf(best, turns, text), sampling });
  }
  if (best !== undefined || turns !== undefined)
    throw new UsageError(`"${text}" is no agent: best-of and polish want a policy.\n${AGENT_GRAMMAR}`);
  return specOpener(await chooseSpec(spec), sampling, given ?? moduleAndExport(spec)?.name);
}

/** The spec of a registered agent, or of `module.js#export`. Throws a UsageError with what could be meant. */
export async function chooseSpec(text: string): Promise<AgentSpec> {
  const exported = await exportOf(text);
  if (exported !== undefined) return agentSpec((exported ?? {}) as AgentSpec);
  const names = listAgents().map(({ name }) => name);
  if (names.includes(text)) return getAgent(text);
  const guess = didYouMean(text, names);
  throw new UsageError(`There is no agent "${text}".${guess}\n${AGENT_GRAMMAR}`);
}

function strategyOf(best: string | undefined, turns: string | undefined, text: string): Strategy {
  if (best !== undefined) {
    if (Number(best) < 1) throw new UsageError(`"${text}": best-of wants at least 1 sample.`);
    return { kind: "best-of", n: Number(best) };
  }
  if (turns === undefined) return { kind: "single" };
  if (Number(turns) < FEWEST_TURNS)
    throw new UsageError(
      `"${text}": polish wants at least ${FEWEST_TURNS} turns, for a draft, a revision and the hand-in.`,
    );
  return { kind: "polish", turns: Number(turns) };
}

async function sourceOf(source: string): Promise<PolicySource | undefined> {
  const [, folder] = /^checkpoint:(.+)$/.exec(source) ?? [];
  if (folder) {
    await requireCheckpoint(folder);
    return checkpointSource(folder);
  }
  const [, model, baseURL] = /^remote:(.+?)(?:@(https?:\/\/.+))?$/.exec(source) ?? [];
  if (!model) return undefined;
  const open = async () => ({ policy: createRemotePolicy({ model, ...(baseURL ? { baseURL } : {}) }) });
  return { open, conversation: instructConversation };
}

/** Throws a UsageError unless the folder is a checkpoint. */
export async function requireCheckpoint(folder: string): Promise<void> {
  if (await hasCheckpoint(folder)) return;
  throw new UsageError(
    `There is no checkpoint in ${folder}: a Hugging Face folder holds config.json, model.safetensors and tokenizer.json.`,
  );
}
