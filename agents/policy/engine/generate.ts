import type { Tensor2D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../../infra/errors.js";
import { createRandom } from "../../../infra/random.js";
import { headSizeOf } from "../model/config.js";
import type { Decoder, TensorWeights } from "../model/decoder.js";
import type { KeyValueCache, Ops } from "../ops/ops.js";
import type { Generated, GenerateOptions, ModelConfig } from "./engine.js";
import { groupByPrompt } from "./packing.js";

/** One completion to sample. `stream` names its random numbers, so that it is the same in any batch. */
export interface GenerateRequest {
  readonly prompt: Int32Array;
  readonly stream: number;
}

/** Most bytes of keys and values held at once; more requests than fit are sampled one batch after the other. */
const CACHE_BYTES = 192 * 2 ** 20;
const MOST_ROWS = 256;
/** Rows are moved together once this part of a batch is still being written. */
const COMPACT_BELOW = 0.75;

interface Row {
  readonly request: number;
  readonly draw: () => number;
  readonly tokens: number[];
  readonly logProbs: number[];
  readonly promptLength: number;
}

/** Everything `generate` works on. */
export interface GenerateContext {
  readonly model: Decoder;
  readonly ops: Ops;
  readonly weights: TensorWeights;
  /** Called between tokens; lets a shared thread breathe. */
  readonly pause: () => Promise<void>;
}

/** Throws a UsageError unless every prompt leaves room for at least one token and the options can be followed. */
export function checkGeneration(
  prompts: readonly Int32Array[],
  { temperature, topP, topK, maxNewTokens }: GenerateOptions,
  { maxPositions }: ModelConfig,
): void {
  if (!(temperature >= 0)) throw new UsageError(`temperature must be at least 0, but is ${temperature}.`);
  if (!(topP > 0 && topP <= 1)) throw new UsageError(`topP must be above 0 and at most 1, but is ${topP}.`);
  if (!Number.isInteger(topK) || topK < 0)
    throw new UsageError(`topK must be 0 (off) or a positive integer, but is ${topK}.`);
  if (!Number.isInteger(maxNewTokens) || maxNewTokens < 1)
    throw new UsageError(`maxNewTokens must be a positive integer, but is ${maxNewTokens}.`);
  prompts.forEach((prompt, index) => {
    if (prompt.length === 0 || prompt.length >= maxPositions)
      throw new UsageError(
        `Prompt ${index} is ${prompt.length} tokens long; the model takes 1 to ${maxPositions - 1}. Shorten the prompt.`,
      );
  });
}

/**
 * Samples a completion for each request. Equal prompts are read once; rows that have ended leave the batch. A
 * completion also ends, with `length`, where the model runs out of positions.
 */
export async function generate(
  context: GenerateContext,
  requests: readonly GenerateRequest[],
  options: GenerateOptions,
): Promise<Generated[]> {
  const { config } = context.model;
  const longest = Math.max(0, ...requests.map(({ prompt }) => prompt.length));
  const capacity = Math.min(config.maxPositions, longest + options.maxNewTokens);
  const rowBytes = 8 * config.layers * capacity * config.kvHeads * headSizeOf(config);
  const rows = Math.min(MOST_ROWS, Math.max(1, Math.floor(CACHE_BYTES / rowBytes)));
  const results = new Array<Generated>(requests.length);
  const order = groupByPrompt(requests).flat();
  for (let start = 0; start < order.length; start += rows) {
    await generateBatch(context, requests, order.slice(start, start + rows), capacity, options, results);
  }
  return results;
}

async function generateBatch(
  { model, ops, weights, pause }: GenerateContext,
  requests: readonly GenerateRequest[],
  members: readonly number[],
  capacity: number,
  options: GenerateOptions,
  results: Generated[],
): Promise<void> {
  let rows = members.map((request): Row => {
    const { prompt, stream } = requests[request] as GenerateRequest;
    const random = createRandom(options.seed).stream("sample").stream(stream);
    return { request, draw: random.next, tokens: [], logProbs: [], promptLength: prompt.length };
  });
  const started = readPrompts(
    model,
    ops,
    weights,
    members.map((m) => (requests[m] as GenerateRequest).prompt),
    capacity,
  );
  let { caches } = started;
  let hidden = started.hidden;
  try {
    for (;;) {
      const logits = tf.tidy(() => model.logits(weights, hidden));
      hidden.dispose();
      const draws = Float32Array.from(rows, ({ draw }) => draw());
      const sampled = await ops.sample(logits, draws, options);
      logits.dispose();
      const going: number[] = [];
      rows.forEach((row, r) => {
        const id = sampled.ids[r] as number;
        if (isEnded(row, options, capacity)) return;
        row.tokens.push(id);
        row.logProbs.push(sampled.logProbs[r] as number);
        if (isEnded(row, options, capacity)) results[row.request] = finished(row, options);
        else going.push(r);
      });
      if (going.length === 0) return;
      if (going.length <= COMPACT_BELOW * rows.length) {
        rows = going.map((r) => rows[r] as Row);
        caches = selectRows(ops, caches, Int32Array.from(going));
      }
      const ids = Int32Array.from(rows, ({ tokens }) => tokens[tokens.length - 1] as number);
      const positions = Int32Array.from(rows, ({ tokens, promptLength }) =>
        Math.min(promptLength + tokens.length - 1, capacity - 1),
      );
      hidden = tf.tidy(() => model.decode(weights, ids, positions, caches));
      await pause();
    }
  } finally {
    for (const cache of caches) cache.dispose();
  }
}

/** A row that has ended stays in the batch until the next compaction and writes over its last position. */
function isEnded({ tokens, promptLength }: Row, options: GenerateOptions, capacity: number): boolean {
  return (
    isStop(tokens[tokens.length - 1], options) ||
    tokens.length >= options.maxNewTokens ||
    promptLength + tokens.length > capacity
  );
}

function isStop(token: number | undefined, { stopToken, otherStopTokens = [] }: GenerateOptions): boolean {
  return token === stopToken || (token !== undefined && otherStopTokens.includes(token));
}

function finished({ tokens, logProbs }: Row, options: GenerateOptions): Generated {
  return {
    completion: Int32Array.from(tokens),
    logProbs: Float32Array.from(logProbs),
    finishReason: isStop(tokens[tokens.length - 1], options) ? "stop" : "length",
  };
}

function selectRows(ops: Ops, caches: readonly KeyValueCache[], rows: Int32Array): KeyValueCache[] {
  return caches.map((cache) => {
    const selected = ops.selectCache(cache, rows);
    cache.dispose();
    return selected;
  });
}

/** Reads each different prompt once. Returns one cache row and one last hidden state per prompt given. */
function readPrompts(
  model: Decoder,
  ops: Ops,
  weights: TensorWeights,
  prompts: readonly Int32Array[],
  capacity: number,
): { caches: KeyValueCache[]; hidden: Tensor2D } {
  const { layers, kvHeads } = model.config;
  const keys = prompts.map((prompt) => prompt.join());
  const distinct = [...new Map(prompts.map((prompt, i) => [keys[i], prompt])).values()];
  const rowOf = new Map(distinct.map((prompt, row) => [prompt.join(), row]));
  const time = Math.max(...distinct.map(({ length }) => length));
  const ids = new Int32Array(distinct.length * time);
  distinct.forEach((prompt, row) => {
    ids.set(prompt, row * time);
  });
  const shape = { batch: distinct.length, capacity, kvHeads, headSize: headSizeOf(model.config) };
  const caches = Array.from({ length: layers }, () => ops.createCache(shape));
  const rows = Int32Array.from(keys, (key) => rowOf.get(key) as number);
  const hidden = tf.tidy(() => {
    const states = model.prefill(weights, { ids, batch: distinct.length, time }, caches);
    const last = Int32Array.from(prompts, (prompt, i) => (rows[i] as number) * time + prompt.length - 1);
    return ops.embed(states, tf.tensor1d(last, "int32"));
  });
  return { caches: selectRows(ops, caches, rows), hidden };
}
