import { existsSync } from "node:fs";
import { join } from "node:path";
import { InfrastructureError, messageOf, UsageError, WebGenError } from "../../../infra/errors.js";
import { readTextIfThere } from "../../../infra/files.js";
import type { JsonObject } from "../../../infra/json.js";
import type { ChatTemplate } from "../chat-template.js";
import { checkState } from "../engine/checks.js";
import type { EngineState, ModelConfig, Weights } from "../engine/engine.js";
import { createTokenizer, type Tokenizer } from "../tokenizer/tokenizer.js";
import type { TokenizerJson } from "../tokenizer/tokenizer-json.js";
import { ADAPTER_CONFIG, adapterFiles, readAdapter } from "./adapter.js";
import { clearTemporaries, recoverFolder, writeFolder } from "./folder.js";
import { toConfigJson } from "./model-config.js";
import { type ModelFiles, readModel } from "./model-files.js";
import { parseObject, readJson } from "./read-json.js";
import { encodeSafetensors, readSafetensors } from "./safetensors.js";
import { readTemplate } from "./template.js";

/** A model with everything needed to use it and to train it on. */
export interface Checkpoint {
  readonly config: ModelConfig;
  readonly state: EngineState;
  readonly tokenizer: Tokenizer;
  readonly template: ChatTemplate;
  /** Folder of the model that an adapter belongs to. */
  readonly base?: string;
  /** What a learner wants to find again: the step it was at, and the like. */
  readonly trainerState?: JsonObject;
}

const OPTIMIZER_FILE = "optimizer.safetensors";
const TRAINER_FILE = "trainer_state.json";
const FIRST = "first_moment.";
const SECOND = "second_moment.";

/**
 * Writes a Hugging Face folder, of a model with adapters a PEFT folder, that `transformers`, vLLM and TRL open: `config.json`, `generation_config.json`,
 * `model.safetensors` (float32), the tokenizer's files, and beside them `optimizer.safetensors` and
 * `trainer_state.json`. Whatever happens on the way, `folder` names a whole checkpoint, the old or the new one.
 *
 * @throws InfrastructureError when the disk is full or the folder cannot be written.
 * @example
 * await saveCheckpoint("runs/a/checkpoints/sft", { config: engine.config, state: await engine.exportState(), tokenizer, template: plainTemplate });
 */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const { config, state, tokenizer, template, trainerState } = checkpoint;
  const stopToken = tokenizer.specialToken(template.stop);
  const pad = tokenizer.json.added_tokens.find(({ content }) => /^<\|?pad/.test(content));
  const stops = [stopToken, ...(template.otherStops ?? []).map((token) => tokenizer.specialToken(token))];
  const ids = {
    bos_token_id: template.bos === undefined ? null : tokenizer.specialToken(template.bos),
    eos_token_id: stops.length > 1 ? stops : stopToken,
    pad_token_id: pad?.id ?? null,
  };
  const special = tokenizer.json.added_tokens.filter((token) => token.special).map(({ content }) => content);
  const named = {
    ...(template.bos === undefined ? {} : { bos_token: template.bos }),
    eos_token: template.stop,
    ...(pad ? { pad_token: pad.content } : {}),
  };
  const additional_special_tokens = special.filter((token) => !Object.values(named).includes(token));
  const weights = new Map(
    [...state.weights].filter(([name]) => !config.tieEmbeddings || name !== "lm_head.weight"),
  );
  const model = config.lora
    ? adapterFiles(config, weights, checkpoint.base)
    : {
        "config.json": json(toConfigJson(config, { stopToken, padToken: pad?.id ?? null })),
        "model.safetensors": encodeSafetensors(weights, { format: "pt" }),
      };
  await clearTemporaries(folder);
  await writeFolder(folder, {
    ...model,
    "generation_config.json": json({ ...ids, do_sample: true }),
    "tokenizer.json": json(tokenizer.json),
    "special_tokens_map.json": json({ ...named, additional_special_tokens }),
    "tokenizer_config.json": json({
      tokenizer_class: "PreTrainedTokenizerFast",
      ...named,
      additional_special_tokens,
      chat_template: template.jinja,
      clean_up_tokenization_spaces: false,
      model_max_length: config.maxPositions,
    }),
    ...(state.optimizer ? { [OPTIMIZER_FILE]: encodeOptimizer(state.optimizer) } : {}),
    ...(trainerState ? { [TRAINER_FILE]: json(trainerState) } : {}),
  });
}

/** True when `folder` names a checkpoint, of a model or of an adapter, perhaps one that a killed write left aside. */
export async function hasCheckpoint(folder: string): Promise<boolean> {
  await recoverFolder(folder);
  return existsSync(join(folder, "config.json")) || existsSync(join(folder, ADAPTER_CONFIG));
}

/**
 * Opens a folder written here or published by others: float32, float16 or bfloat16, in one file or several with an
 * index, or an adapter of PEFT with the model that it names.
 *
 * @throws UsageError when there is no such folder or its model is none that can be opened.
 * @throws InfrastructureError when a file is missing or damaged.
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  if (!(await hasCheckpoint(folder)))
    throw new UsageError(`There is no checkpoint in ${folder}: it should hold a config.json of a model.`);
  const isAdapter = existsSync(join(folder, ADAPTER_CONFIG));
  const opened: ModelFiles & { readonly base?: string } = isAdapter
    ? await readAdapter(folder)
    : await readModel(folder);
  const { config, weights, base } = opened;
  const tokens = base !== undefined && !existsSync(join(folder, "tokenizer.json")) ? base : folder;
  const optimizer = await readOptimizer(join(folder, OPTIMIZER_FILE));
  const state: EngineState = { weights, ...(optimizer ? { optimizer } : {}) };
  checkState(config, state);
  const tokenizer = openTokenizer(join(tokens, "tokenizer.json"));
  const trainer = readTextIfThere(join(folder, TRAINER_FILE));
  return {
    config,
    state,
    tokenizer,
    template: readTemplate(tokens, tokenizer),
    ...(base === undefined ? {} : { base }),
    ...(trainer === undefined
      ? {}
      : { trainerState: parseObject<JsonObject>(trainer, join(folder, TRAINER_FILE)) }),
  };
}

function* encodeOptimizer(optimizer: NonNullable<EngineState["optimizer"]>): Generator<Uint8Array> {
  const { step, firstMoment, secondMoment } = optimizer;
  const named = (prefix: string, moments: Weights) =>
    [...moments].map(([name, moment]) => [prefix + name, moment] as const);
  const tensors = new Map([...named(FIRST, firstMoment), ...named(SECOND, secondMoment)]);
  yield* encodeSafetensors(tensors, { step: String(step) });
}

async function readOptimizer(path: string): Promise<EngineState["optimizer"]> {
  if (!existsSync(path)) return undefined;
  const { tensors, metadata } = await readSafetensors(path);
  const moments = (prefix: string): Weights =>
    new Map(
      [...tensors].flatMap(([name, tensor]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
      ),
    );
  return { step: Number(metadata.step), firstMoment: moments(FIRST), secondMoment: moments(SECOND) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The tokenizer in a file; what the library says of a file that is none is no error of ours. */
function openTokenizer(path: string): Tokenizer {
  const json = readJson<TokenizerJson>(path);
  try {
    return createTokenizer(json);
  } catch (error) {
    if (error instanceof WebGenError) throw error;
    throw new InfrastructureError(`${path} is no tokenizer that can be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
