import { UsageError } from "../../../infra/errors.js";
import type { TokenBatch } from "../model/llama.js";
import type { Sequence } from "./engine.js";

/** Sequences padded on the right to one length, and where their completions are predicted. */
export interface SequenceBatch extends TokenBatch {
  /** For each completion token, the row of `[batch * time]` that predicts it. */
  readonly predictingRows: Int32Array;
  /** The completion tokens themselves, in the same order: sequence by sequence. */
  readonly targets: Int32Array;
}

/** Inputs of a sequence: all tokens but the last, which is only predicted. */
function inputLength({ prompt, completion }: Sequence): number {
  return prompt.length + completion.length - 1;
}

/** Throws a UsageError unless every sequence has a prompt, a completion, and fits. */
export function checkSequences(sequences: readonly Sequence[], maxPositions: number): void {
  sequences.forEach((sequence, index) => {
    const { prompt, completion } = sequence;
    if (prompt.length === 0 || completion.length === 0)
      throw new UsageError(
        `Sequence ${index} has ${prompt.length} prompt and ${completion.length} completion tokens; each must have at least one.`,
      );
    if (inputLength(sequence) > maxPositions)
      throw new UsageError(
        `Sequence ${index} is ${prompt.length + completion.length} tokens long, but the model holds ${maxPositions}. Shorten the prompt or the completion.`,
      );
  });
}

/**
 * Cuts sequences into micro-batches of like length, longest first, of at most `maxTokens` tokens with padding (or one
 * sequence). Returns indices into `sequences`.
 */
export function microBatches(sequences: readonly Sequence[], maxTokens: number): number[][] {
  const order = sequences
    .map((sequence, index) => ({ index, length: inputLength(sequence) }))
    .sort((a, b) => b.length - a.length || a.index - b.index);
  const batches: number[][] = [];
  let batch: number[] = [];
  let time = 0;
  for (const { index, length } of order) {
    if (batch.length > 0 && (batch.length + 1) * time > maxTokens) {
      batches.push(batch);
      batch = [];
    }
    if (batch.length === 0) time = length;
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Pads with id 0, which no prediction looks at. */
export function padSequences(sequences: readonly Sequence[]): SequenceBatch {
  const time = Math.max(...sequences.map(inputLength));
  const ids = new Int32Array(sequences.length * time);
  const predictingRows: number[] = [];
  const targets: number[] = [];
  sequences.forEach(({ prompt, completion }, row) => {
    ids.set(prompt, row * time);
    ids.set(completion.subarray(0, completion.length - 1), row * time + prompt.length);
    completion.forEach((token, i) => {
      predictingRows.push(row * time + prompt.length - 1 + i);
      targets.push(token);
    });
  });
  return {
    ids,
    batch: sequences.length,
    time,
    predictingRows: Int32Array.from(predictingRows),
    targets: Int32Array.from(targets),
  };
}

/** Cuts a concatenation of per-token numbers back into one array a sequence. */
export function splitByCompletion(values: Float32Array, sequences: readonly Sequence[]): Float32Array[] {
  let start = 0;
  return sequences.map(({ completion }) => {
    const part = values.slice(start, start + completion.length);
    start += completion.length;
    return part;
  });
}
