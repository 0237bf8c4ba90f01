import type { Agent } from "../agents/index.js";
import type { Facts } from "../env/contract/scoring.js";
import { failedChecks } from "../env/feedback.js";
import type { AgentAction, Observation, StepResult, VectorWebGenEnv } from "../env/index.js";
import { createRandom } from "../infra/random.js";

/** What became of one task in the hands of one agent. */
export interface Episode {
  readonly taskId: string;
  /** Reward of the last step; null when it could not be measured. */
  readonly reward: number | null;
  readonly parts: Readonly<Record<string, number | null>>;
  /** By kind of fact the task asks for, whether the last answer has them right; empty where no reward tells. */
  readonly facts: Facts;
  /** Tokens the policy produced for this task, discarded candidates included. */
  readonly tokens: number;
  readonly turns: number;
  readonly endReason: string;
  readonly completion: string;
  readonly failedChecks: readonly string[];
  /** Renders of all turns that were begun again since a browser ended under them; absent when there was none. */
  readonly retries?: number;
  /** PNG of the last render. */
  readonly screenshot: Uint8Array | null;
}

export interface RunEpisodesOptions {
  readonly agent: Agent;
  /** Its `maxTurns` is the length of an episode. */
  readonly env: VectorWebGenEnv;
  readonly taskIds: readonly string[];
  readonly seed: number;
  /** Tasks answered at once, default 32. */
  readonly batchSize?: number;
  /** Called after every batch with the number of tasks just finished. */
  readonly onProgress?: (finished: number) => void;
}

/** Runs one episode per task, to its end, and returns them in the order of the ids. */
export async function runEpisodes(options: RunEpisodesOptions): Promise<Episode[]> {
  const { taskIds, seed, batchSize = 32, onProgress = () => {} } = options;
  const random = createRandom(seed).stream("episodes");
  const episodes: Episode[] = [];
  for (let at = 0; at < taskIds.length; at += batchSize) {
    const batch = taskIds.slice(at, at + batchSize);
    episodes.push(...(await runBatch(options, batch, (turn) => random.stream(at).stream(turn).seed())));
    onProgress(batch.length);
  }
  return episodes;
}

async function runBatch(
  { agent, env }: RunEpisodesOptions,
  taskIds: readonly string[],
  seedOf: (turn: number) => number,
): Promise<Episode[]> {
  const resets = await env.reset({ taskIds });
  const observations = resets.map(({ observation }) => observation);
  const last = new Array<StepResult>(taskIds.length);
  const tokens = new Array<number>(taskIds.length).fill(0);
  const retries = new Array<number>(taskIds.length).fill(0);
  let running = taskIds.map((_, i) => i);
  for (let turn = 0; running.length > 0; turn++) {
    const actions = await agent.act(
      running.map((i) => observations[i] as Observation),
      { seed: seedOf(turn) },
    );
    const results = await env.step(actions, running);
    running.forEach((index, k) => {
      const { tokensSpent, tokenCount = 0 } = actions[k] as AgentAction;
      tokens[index] = (tokens[index] as number) + (tokensSpent ?? tokenCount);
      last[index] = results[k] as StepResult;
      retries[index] = (retries[index] as number) + (results[k]?.info.evaluation.retries ?? 0);
      observations[index] = (results[k] as StepResult).observation;
    });
    running = running.filter((_, k) => !(results[k]?.terminated || results[k]?.truncated));
  }
  return last.map((result, i) => toEpisode(result, tokens[i] as number, retries[i] as number));
}

function toEpisode({ reward, info }: StepResult, tokens: number, retries: number): Episode {
  const { evaluation, task, parts, facts, turn, endReason = "completed" } = info;
  return {
    taskId: task.id,
    reward,
    parts,
    facts,
    tokens,
    turns: turn + 1,
    endReason,
    completion: evaluation.completion.text,
    failedChecks: failedChecks(task, evaluation),
    screenshot: evaluation.page?.png ?? null,
    ...(retries === 0 ? {} : { retries }),
  };
}
