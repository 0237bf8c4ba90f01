import { join } from "node:path";
import { InfrastructureError } from "../../../infra/errors.js";
import { readTextIfThere } from "../../../infra/files.js";
import type { Weights } from "../model/config.js";
import { parseObject } from "./read-json.js";
import { readSafetensors } from "./safetensors.js";

const SINGLE_FILE = "model.safetensors";
const INDEX_FILE = "model.safetensors.index.json";

/**
 * The weights of a Hugging Face folder: `model.safetensors`, or several files with `model.safetensors.index.json`. Throws an
 * InfrastructureError for a file that is missing or damaged, an index that is none, and a weight that is not where the index says.
 */
export async function readWeights(folder: string): Promise<Weights> {
  const index = readTextIfThere(join(folder, INDEX_FILE));
  if (index === undefined) return (await readSafetensors(join(folder, SINGLE_FILE))).tensors;
  const fileOf = weightMap(index, join(folder, INDEX_FILE));
  const weights = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const file of new Set(fileOf.values()))
    for (const [name, tensor] of (await readSafetensors(join(folder, file))).tensors)
      if (fileOf.get(name) === file) weights.set(name, tensor);
  for (const [name, file] of fileOf)
    if (!weights.has(name))
      throw new InfrastructureError(
        `${join(folder, file)} does not hold ${name}, though ${INDEX_FILE} says so. Copy or download both again.`,
      );
  return weights;
}

/** Name of a weight -> name of the file that holds it. */
function weightMap(text: string, path: string): ReadonlyMap<string, string> {
  const refused = (what: string) =>
    new InfrastructureError(`${path} ${what}. Copy or download the checkpoint again.`);
  const map = parseObject<{ readonly weight_map?: unknown }>(text, path).weight_map;
  if (typeof map !== "object" || map === null) throw refused("has no weight_map");
  const entries = Object.entries(map);
  const strange = entries.find(
    ([, file]) => typeof file !== "string" || !/^[^/\\]+\.safetensors$/.test(file),
  );
  if (strange) throw refused(`names ${JSON.stringify(strange[1])} as the file of ${strange[0]}`);
  return new Map(entries as [string, string][]);
}
