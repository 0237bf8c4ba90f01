import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../../../infra/errors.js";
import { LORA_TARGETS, type LoraConfig, type ModelConfig, type Weights } from "../model/config.js";
import { checkLora, isAdapter } from "../model/lora.js";
import { checkWeights, trainedParameters } from "../model/parameters.js";
import type { FileContent } from "./folder.js";
import { type ModelFiles, readModel } from "./model-files.js";
import { readJson } from "./read-json.js";
import { encodeSafetensors, readSafetensors } from "./safetensors.js";

/** By this file a folder is known to hold an adapter, as PEFT writes it. */
export const ADAPTER_CONFIG = "adapter_config.json";
const ADAPTER_WEIGHTS = "adapter_model.safetensors";
/** PEFT names weights by their place in its own module. */
const PREFIX = "base_model.model.";

/** The fields of `adapter_config.json` that are read; see PEFT's `LoraConfig`. */
interface AdapterConfigJson {
  readonly [field: string]: unknown;
}

/** The model of an adapter's folder: its base with the adapter beside it. */
export interface AdaptedModel extends ModelFiles {
  /** Folder of the base. */
  readonly base: string;
}

/**
 * Reads an adapter of PEFT and the model that it belongs to. `base_model_name_or_path` is a folder, sought from the adapter's own and
 * from the working folder. Throws a UsageError for an adapter of another kind than plain LoRA, and when its base is not there.
 */
export async function readAdapter(folder: string): Promise<AdaptedModel> {
  const json = readJson<AdapterConfigJson>(join(folder, ADAPTER_CONFIG));
  const lora = fromAdapterJson(json, folder);
  const named = json.base_model_name_or_path;
  const candidates = typeof named === "string" ? [resolve(folder, named), resolve(named)] : [];
  const base = candidates.find((candidate) => existsSync(join(candidate, "config.json")));
  if (base === undefined)
    throw new UsageError(
      `The adapter in ${folder} belongs to the model ${JSON.stringify(named)}, which is not there. Write its folder into ${ADAPTER_CONFIG} as base_model_name_or_path.`,
    );
  const model = await readModel(base);
  const config = { ...model.config, lora };
  const { tensors } = await readSafetensors(join(folder, ADAPTER_WEIGHTS));
  const adapter = new Map([...tensors].map(([name, tensor]) => [name.replace(PREFIX, ""), tensor]));
  const expected = new Set(trainedParameters(config).map(({ name }) => name));
  const extra = [...adapter.keys()].find((name) => !expected.has(name));
  if (extra !== undefined)
    throw new UsageError(`The adapter in ${folder} holds ${extra}, for which its model has no place.`);
  const weights = new Map([...model.weights, ...adapter]);
  checkWeights(config, weights);
  return { config, weights, base };
}

/** The files of an adapter, which PEFT opens. Throws a UsageError when the folder of its base is not known. */
export function adapterFiles(
  { lora }: ModelConfig,
  weights: Weights,
  base: string | undefined,
): Readonly<Record<string, FileContent>> {
  if (lora === undefined || base === undefined)
    throw new UsageError(
      "An adapter is written beside its model: open the model from its folder, or write both merged.",
    );
  const named = [...weights]
    .filter(([name]) => isAdapter(name))
    .map(([name, weight]) => [PREFIX + name, weight] as const);
  return {
    [ADAPTER_CONFIG]: `${JSON.stringify(toAdapterJson(lora, base), null, 2)}\n`,
    [ADAPTER_WEIGHTS]: encodeSafetensors(new Map(named), { format: "pt" }),
  };
}

const toAdapterJson = ({ rank, alpha, targets }: LoraConfig, base: string): AdapterConfigJson => ({
  peft_type: "LORA",
  task_type: "CAUSAL_LM",
  base_model_name_or_path: base,
  r: rank,
  lora_alpha: alpha,
  lora_dropout: 0,
  target_modules: targets,
  bias: "none",
  fan_in_fan_out: false,
  inference_mode: true,
  init_lora_weights: true,
  use_dora: false,
  use_rslora: false,
});

/** What changes what an adapter computes, where it is set. */
const UNKNOWN = [
  ...["alpha_pattern", "rank_pattern", "layers_to_transform", "layer_replication", "modules_to_save"],
  ...["target_parameters", "trainable_token_indices", "use_dora", "fan_in_fan_out", "lora_bias"],
];

function fromAdapterJson(json: AdapterConfigJson, folder: string): LoraConfig {
  const refused = (what: string) =>
    new UsageError(`The adapter in ${folder} cannot be opened: its ${ADAPTER_CONFIG}'s ${what}.`);
  if (json.peft_type !== "LORA")
    throw refused(`peft_type must be "LORA", but is ${JSON.stringify(json.peft_type)}`);
  const set = UNKNOWN.find((field) => isSet(json[field]));
  if (set !== undefined) throw refused(`${set} must not be set, but is ${JSON.stringify(json[set])}`);
  if ((json.bias ?? "none") !== "none")
    throw refused(`bias must be "none", but is ${JSON.stringify(json.bias)}`);
  const { r: rank, lora_alpha: alpha, target_modules: modules } = json;
  if (typeof rank !== "number" || typeof alpha !== "number" || !Array.isArray(modules))
    throw refused("r, lora_alpha and target_modules must be two numbers and a list");
  // Rank-stabilised adapters are scaled by alpha over the root of the rank.
  const lora = {
    rank,
    alpha: json.use_rslora === true ? alpha * Math.sqrt(rank) : alpha,
    targets: LORA_TARGETS.filter((target) => modules.includes(target)),
  };
  const strange = modules.find((module) => !LORA_TARGETS.includes(module));
  if (strange !== undefined)
    throw refused(`target_modules may hold ${LORA_TARGETS.join(", ")}, but hold ${JSON.stringify(strange)}`);
  checkLora(lora);
  return lora;
}

const isSet = (value: unknown): boolean =>
  typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value);
