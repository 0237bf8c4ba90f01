import { didYouMean } from "../infra/did-you-mean.js";
import { UsageError } from "../infra/errors.js";
import { extractionsNamed, OWN_RULES } from "./artifact/extraction.js";
import type { Renderer } from "./contract/rendered-page.js";
import type { Scorer } from "./contract/scoring.js";
import type { Split, TaskSource } from "./contract/task.js";
import { createEvaluator } from "./evaluate.js";
import { checkMakeOptions } from "./make-options.js";
import { createRenderer } from "./render/index.js";
import { checkCount, VectorWebGenEnv } from "./vector-env.js";
import { WebGenEnv, type WebGenEnvOptions } from "./web-gen-env.js";

/** What an id stands for: where its tasks come from and how answers are scored. */
export interface EnvSpec {
  /** `namespace/Name-vN`. */
  readonly id: string;
  /** One sentence. */
  readonly description: string;
  /** Opens the tasks that episodes are drawn from. */
  readonly tasks: (options: MakeOptions) => TaskSource | Promise<TaskSource>;
  /** Opens the reward. */
  readonly scorer: (options: MakeOptions) => Scorer | Promise<Scorer>;
  readonly maxTurns?: number;
}

/** What `make` may be told beside the id. */
export interface MakeOptions {
  /** Answers per episode. */
  readonly maxTurns?: number;
  readonly split?: Split;
  /** Replaces the reward the id stands for. */
  readonly scorer?: Scorer;
  /** Replaces the tasks the id stands for. */
  readonly tasks?: TaskSource;
  /** Name of the rules that take the artifact out of an answer, e.g. a published system's; see `listExtractions`. */
  readonly extraction?: string;
  /** Share a renderer; without it the environment opens its own and closes it with itself. */
  readonly renderer?: Renderer;
  /** For the spec's own task source, e.g. difficulty levels. */
  readonly dataset?: Readonly<Record<string, unknown>>;
}

const specs = new Map<string, EnvSpec>();

/** Makes an id known to `make`. Throws a UsageError for an id that is malformed or taken. */
export function register(spec: EnvSpec): void {
  if (!/^[\w.-]+\/[\w.-]+-v\d+$/.test(spec.id))
    throw new UsageError(`An environment id looks like "webgen/Pages-v0", but "${spec.id}" came.`);
  if (specs.has(spec.id)) throw new UsageError(`The environment id "${spec.id}" is already registered.`);
  specs.set(spec.id, spec);
}

/** All registered environments, by id. */
export function listEnvs(): EnvSpec[] {
  return [...specs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The spec of an id. Throws a UsageError with the closest known id. */
export function specOf(id: string): EnvSpec {
  const spec = specs.get(id);
  if (spec) return spec;
  const hint =
    specs.size === 0
      ? ' Import "webgen-gym" to register the built-in ones.'
      : didYouMean(id, [...specs.keys()]);
  throw new UsageError(`There is no environment "${id}".${hint}`);
}

/**
 * Opens the environment of an id. Rejects with a UsageError for an unknown id and for options that do not fit, before anything is
 * opened.
 *
 * @example
 * const env = await make("webgen/Pages-v0", { maxTurns: 3 });
 */
export async function make(id: string, options: MakeOptions = {}): Promise<WebGenEnv> {
  return new WebGenEnv(await resolve(id, options));
}

/** Opens `count` environments of an id over one renderer. */
export async function makeVector(
  id: string,
  options: MakeOptions & { readonly count?: number } = {},
): Promise<VectorWebGenEnv> {
  const { count = 1, ...rest } = options;
  checkCount(count);
  return new VectorWebGenEnv(await resolve(id, rest), count);
}

async function resolve(id: string, options: MakeOptions): Promise<WebGenEnvOptions> {
  const spec = specOf(id);
  checkMakeOptions(options);
  const tasks = options.tasks ?? (await spec.tasks(options));
  const scorer = options.scorer ?? (await spec.scorer(options));
  const extraction = options.extraction ?? OWN_RULES;
  extractionsNamed(extraction);
  const renderer = options.renderer ?? (await createRenderer());
  const maxTurns = options.maxTurns ?? spec.maxTurns;
  return {
    id,
    tasks,
    evaluator: createEvaluator({ renderer, scorer, extraction }),
    ...(maxTurns === undefined ? {} : { maxTurns }),
    ...(options.split ? { split: options.split } : {}),
    ...(options.renderer ? {} : { onClose: () => renderer.close() }),
  };
}
