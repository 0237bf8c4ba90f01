import "../../index.js";
import type { DatasetSpec } from "../../datasets/registry.js";
import type { Scorer } from "../../env/contract/scoring.js";
import type { TaskSource } from "../../env/contract/task.js";
import type { EnvSpec, MakeOptions } from "../../env/registry.js";
import { UsageError } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { rewardFromConfig } from "../../rewards/config.js";
import { chooseDataset } from "./dataset.js";
import { chooseEnv } from "./env.js";
import { chooseReward, type Profile } from "./reward.js";

/** What is played, by name or as it is. */
export interface ArenaChoice {
  /** Id of an environment, or `MODULE#EXPORT`; default `webgen/Pages-v0`. */
  readonly env?: string;
  /** Data set in place of the environment's tasks: a name, `MODULE#EXPORT`, or a task source. */
  readonly dataset?: string | TaskSource;
  /** Options of the data set, or of the environment's own tasks, e.g. `{ levels: [1, 2] }`. */
  readonly datasetOptions?: Readonly<Record<string, unknown>>;
  /** Reward in place of the environment's: whatever `--reward` takes, a config, or a scorer. */
  readonly reward?: string | JsonObject | Scorer;
  /** Profile of a preset that is given by name. */
  readonly profile?: Profile;
}

/** What is played, found and opened. */
export interface ChosenArena {
  readonly spec: EnvSpec;
  readonly tasks: TaskSource;
  readonly scorer: Scorer;
  /** Name of the reward as it was chosen; null for the environment's own. */
  readonly reward: string | null;
  /** False for a preset by its bare name, which leaves its models out. */
  readonly configured: boolean;
  /** For `make` and `makeVector`. */
  readonly options: MakeOptions;
}

/** The environment every command takes unless it is told another. */
export const DEFAULT_ENV = "webgen/Pages-v0";

/** Finds what is to be played, before anything is started. Throws a UsageError for a name or an option there is not. */
export async function chooseArena(choice: ArenaChoice): Promise<ChosenArena> {
  const { env = DEFAULT_ENV, dataset, datasetOptions = {}, reward, profile } = choice;
  if (profile !== undefined && reward === undefined)
    throw new UsageError("--profile belongs to a preset; name one with --reward, e.g. --reward frontcoder.");
  const spec = await chooseEnv(env);
  const given = { dataset: datasetOptions };
  const tasks = dataset === undefined ? await spec.tasks(given) : await openDataset(dataset, datasetOptions);
  const { name, configured, scorer } =
    reward === undefined
      ? { name: null, configured: true, scorer: await spec.scorer(given) }
      : await openReward(reward, profile);
  return { spec, tasks, scorer, reward: name, configured, options: { ...given, tasks, scorer } };
}

async function openDataset(
  dataset: string | TaskSource,
  options: Readonly<Record<string, unknown>>,
): Promise<TaskSource> {
  if (typeof dataset !== "string") return dataset;
  const spec: DatasetSpec = await chooseDataset(dataset);
  return spec.open(options);
}

async function openReward(reward: string | JsonObject | Scorer, profile: Profile | undefined) {
  if (typeof reward === "string") return chooseReward(reward, profile);
  const scorer =
    typeof reward.score === "function" ? (reward as Scorer) : rewardFromConfig(reward as JsonObject);
  return { name: scorer.name, configured: true, scorer };
}
