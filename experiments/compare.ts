import type { Agent } from "../agents/index.js";
import type { Evaluator } from "../env/evaluate.js";
import {
  createEvaluator,
  type Renderer,
  type Split,
  type TaskSource,
  VectorWebGenEnv,
} from "../env/index.js";
import { UsageError } from "../infra/errors.js";
import type { Phase } from "../infra/progress.js";
import type { ComparedAgent, Comparison, ComparisonEntry, GalleryTask } from "./comparison.js";
import { type Episode, runEpisodes } from "./episodes.js";

/** What an agent may need to be opened. */
export interface Arena {
  readonly tasks: TaskSource;
  readonly evaluator: Evaluator;
}

export interface OpenAgent {
  readonly agent: Agent;
  /** What its policy runs on, when that is this machine. */
  readonly backend?: string;
  close(): Promise<void>;
}

/** An agent that takes part. It is opened when its turn comes and closed after it. */
export interface AgentOpener {
  readonly name: string;
  /** Answers per episode, default 1. */
  readonly maxTurns?: number;
  open(arena: Arena): Promise<OpenAgent>;
}

/** Keeps what is finished, so that an interrupted comparison goes on where it was. */
export interface ComparisonStore {
  load(agent: string): ComparedAgent | undefined;
  save(agent: ComparedAgent): void;
}

export interface CompareOptions extends Arena {
  readonly envId: string;
  readonly agents: readonly AgentOpener[];
  readonly split: Split;
  /** How many tasks, the first of the split. */
  readonly count: number;
  readonly seeds: readonly number[];
  /** Pairs `[a, b]` to report `a - b` of; default each agent against the one before it. */
  readonly pairs?: readonly (readonly [string, string])[];
  /** How many tasks the report shows, default 8. */
  readonly gallery?: number;
  readonly store?: ComparisonStore;
  /** A bar with `agents * seeds * count` units. */
  readonly phase?: Phase;
}

/**
 * Lets every agent answer the same tasks under the same seeds.
 *
 * @example
 * const comparison = await compareAgents({ envId, tasks, evaluator, agents, split: "test", count: 64, seeds: [1] });
 */
export async function compareAgents(options: CompareOptions): Promise<Comparison> {
  const { envId, agents, split, count, seeds, tasks, evaluator, store, gallery = 8 } = options;
  const taskIds = firstTaskIds(tasks, split, count);
  const shown = new Set(spread(taskIds, gallery));
  const compared: ComparedAgent[] = [];
  for (const opener of agents) {
    const known = store?.load(opener.name);
    if (known) options.phase?.advance(taskIds.length * seeds.length);
    const agent = known ?? (await runAgent(opener, options, taskIds, shown));
    if (!known) store?.save(agent);
    compared.push(agent);
  }
  const names = agents.map(({ name }) => name);
  return {
    envId,
    taskSplit: split,
    taskIds,
    seeds,
    agents: compared,
    pairs: options.pairs ?? names.slice(1).map((name, i) => [name, names[i] as string] as const),
    gallery: await targets(tasks, [...shown], evaluator.renderer),
  };
}

async function runAgent(
  { name, maxTurns = 1, open }: AgentOpener,
  { envId, tasks, evaluator, seeds, phase }: CompareOptions,
  taskIds: readonly string[],
  shown: ReadonlySet<string>,
): Promise<ComparedAgent> {
  const { agent, backend, close } = await open({ tasks, evaluator });
  const env = new VectorWebGenEnv({ id: envId, tasks, evaluator, maxTurns });
  const started = performance.now();
  const entries: ComparisonEntry[] = [];
  try {
    for (const seed of seeds) {
      const onProgress = (finished: number) => phase?.advance(finished, { metrics: {} });
      const episodes = await runEpisodes({ agent, env, taskIds, seed, onProgress });
      entries.push(
        ...episodes.map((episode) => toEntry(episode, seed, shown.has(episode.taskId) && seed === seeds[0])),
      );
    }
  } finally {
    await close();
  }
  const seconds = (performance.now() - started) / 1000;
  return { name, entries, seconds, ...(backend === undefined ? {} : { backend }) };
}

function toEntry(
  { screenshot, ...episode }: Episode,
  seed: number,
  keepScreenshot: boolean,
): ComparisonEntry {
  return { ...episode, seed, ...(keepScreenshot ? { screenshot } : {}) };
}

function firstTaskIds(tasks: TaskSource, split: Split, count: number): string[] {
  const size = tasks.size(split);
  if (count > size)
    throw new UsageError(`${tasks.name} has ${size} ${split} tasks, but ${count} were asked for.`);
  return Array.from({ length: count }, (_, i) => tasks.at(split, i).id);
}

/** `count` items evenly spread over a list. */
function spread<T>(items: readonly T[], count: number): T[] {
  const step = items.length / Math.min(count, items.length);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)] as T);
}

/** The gallery's targets, rendered. */
async function targets(
  tasks: TaskSource,
  ids: readonly string[],
  renderer: Renderer,
): Promise<GalleryTask[]> {
  const evaluator = createEvaluator({
    renderer,
    scorer: { name: "none", needs: new Set(), score: noScores },
  });
  return Promise.all(
    ids.map(async (taskId) => {
      const task = tasks.byId(taskId);
      const source = task?.reference?.html ?? task?.reference?.tsx ?? null;
      if (!task || source === null)
        return { taskId, prompt: task?.prompt ?? "", target: null, targetSource: source };
      const [evaluation] = await evaluator.evaluate(task, [{ text: source }]);
      return { taskId, prompt: task.prompt, target: evaluation?.page?.png ?? null, targetSource: source };
    }),
  );
}

const noScores = async (contexts: readonly unknown[]) =>
  contexts.map(() => ({ total: { value: null, status: "skipped" as const }, parts: {} }));
