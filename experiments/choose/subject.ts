import type { Scorer } from "../../env/contract/scoring.js";
import type { TaskSource } from "../../env/contract/task.js";
import { UsageError } from "../../infra/errors.js";
import { type ArenaChoice, chooseArena } from "./arena.js";
import { chooseEnv } from "./env.js";
import { exportOf } from "./module.js";
import type { Profile } from "./reward.js";

/** What is checked. */
export interface Subject {
  /** Id of the environment, when one is checked. */
  readonly env: string | null;
  readonly name: string | null;
  readonly configured: boolean;
  readonly scorer: Scorer;
  readonly tasks: TaskSource;
}

/** How what is checked was chosen besides its name. */
export interface SubjectChoice {
  readonly profile?: Profile;
  readonly env: string;
  readonly dataset?: string;
}

/** Finds what is checked; a wrong name is told before a browser is started. */
export async function chooseSubject(
  target: string,
  { profile, env, dataset }: SubjectChoice,
): Promise<Subject> {
  const isEnv = await namesEnv(target);
  if (isEnv && profile !== undefined)
    throw new UsageError(`--profile belongs to a preset, and ${target} is an environment; leave it out.`);
  const choice: ArenaChoice = isEnv
    ? { env: target }
    : { env, reward: target, ...(profile ? { profile } : {}), ...(dataset ? { dataset } : {}) };
  const { spec, tasks, scorer, reward, configured } = await chooseArena(choice);
  return { env: isEnv ? spec.id : null, name: reward, configured, scorer, tasks };
}

/** True for an id, and for the export of a module that is an environment. */
async function namesEnv(target: string): Promise<boolean> {
  if (/-v\d+$/.test(target)) return true;
  const exported = await exportOf(target);
  if (typeof exported !== "object" || exported === null || !("scorer" in exported && "tasks" in exported))
    return false;
  await chooseEnv(target);
  return true;
}
