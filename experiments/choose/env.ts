import { type EnvSpec, register, specOf } from "../../env/registry.js";
import { UsageError } from "../../infra/errors.js";
import { exportOf } from "./module.js";

/**
 * The environment of an id, or of `module.js#export`, whose spec is registered if it is not yet. Throws a UsageError with
 * the closest known id.
 */
export async function chooseEnv(text: string): Promise<EnvSpec> {
  const exported = await exportOf(text);
  if (exported === undefined) return specOf(text);
  const spec = exported as Partial<EnvSpec> | null;
  if (typeof spec?.id !== "string" || typeof spec.tasks !== "function" || typeof spec.scorer !== "function")
    throw new UsageError(
      `${text} should be an environment: an object with id, description, tasks and scorer.`,
    );
  return registered(spec as EnvSpec);
}

function registered(spec: EnvSpec): EnvSpec {
  try {
    if (specOf(spec.id) === spec) return spec;
  } catch {
    // Unknown as yet.
  }
  register(spec);
  return spec;
}
