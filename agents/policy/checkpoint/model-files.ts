import { join } from "node:path";
import { UsageError } from "../../../infra/errors.js";
import type { ModelConfig, Weights } from "../model/config.js";
import { checkWeights, parametersOf } from "../model/parameters.js";
import { fromConfigJson, type ModelConfigJson } from "./model-config.js";
import { readJson } from "./read-json.js";
import { readWeights } from "./weights.js";

/** A model as its folder holds it. */
export interface ModelFiles {
  readonly config: ModelConfig;
  readonly weights: Weights;
}

/**
 * Reads `config.json` and the weights of a folder. Throws a UsageError for a model that cannot be opened and for weights that are
 * not those of its config, and an InfrastructureError for a file that is missing or damaged.
 */
export async function readModel(folder: string): Promise<ModelFiles> {
  const config = fromConfigJson(readJson<ModelConfigJson>(join(folder, "config.json")));
  const weights = await readWeights(folder);
  checkNames(config, weights, folder);
  checkWeights(config, weights);
  return { config, weights };
}

/** Weights that files hold though nobody reads them: a tied head's copy, and frequencies that follow from the config. */
const UNREAD = /^lm_head\.weight$|\.rotary_emb\.inv_freq$/;

/** Throws a UsageError for weights that the model has no use for: it would compute something else than was trained. */
function checkNames(config: ModelConfig, weights: Weights, folder: string): void {
  const asked = new Set(parametersOf(config).map(({ name }) => name));
  const extra = [...weights.keys()].filter((name) => !asked.has(name) && !UNREAD.test(name));
  if (extra.length > 0)
    throw new UsageError(
      `The weights in ${folder} hold ${extra[0]}${extra.length > 1 ? ` and ${extra.length - 1} more` : ""}, which the model's config.json does not ask for.`,
    );
}
