import { UsageError } from "../../../infra/errors.js";
import type { PackedTokens } from "../model/decoder.js";
import type { Sequence } from "./engine.js";

/** Sequences without padding, equal prompts once, and where their completions are predicted. */
export interface PackedBatch extends PackedTokens {
  /** For each completion token, the row that predicts it. */
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

/** Indices of items with equal prompts together, in order of first appearance. */
export function groupByPrompt(items: readonly { readonly prompt: Int32Array }[]): number[][] {
  const groups = new Map<string, number[]>();
  items.forEach(({ prompt }, index) => {
    const key = prompt.join();
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()];
}

/**
 * Cuts sequences into micro-batches of at most `maxTokens` tokens (or one sequence), counting a prompt once; what
 * attention pads them to is at most twice that. Groups of one prompt stay together, and groups of like length, longest
 * first. Returns indices into `sequences`.
 */
export function microBatches(sequences: readonly Sequence[], maxTokens: number): number[][] {
  const length = (index: number) => inputLength(sequences[index] as Sequence);
  const longestFirst = (a: number, b: number) => length(b) - length(a) || a - b;
  const groups = groupByPrompt(sequences).map((group) => group.sort(longestFirst));
  groups.sort((a, b) => longestFirst(a[0] as number, b[0] as number));
  const batches: number[][] = [];
  let batch: number[] = [];
  let tokens = 0;
  let time = 0;
  for (const group of groups) {
    let prompt = (sequences[group[0] as number] as Sequence).prompt.length;
    for (const index of group) {
      const added = length(index) - (sequences[index] as Sequence).prompt.length;
      const padded = (batch.length + 1) * Math.max(time, length(index));
      if (batch.length > 0 && (tokens + prompt + added > maxTokens || padded > 2 * maxTokens)) {
        batches.push(batch);
        [batch, tokens, time] = [[], 0, 0];
        prompt = (sequences[index] as Sequence).prompt.length;
      }
      batch.push(index);
      tokens += prompt + added;
      time = Math.max(time, length(index));
      prompt = 0;
    }
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Lays sequences out for one pass through the model. */
export function packSequences(sequences: readonly Sequence[]): PackedBatch {
  const time = Math.max(...sequences.map(inputLength));
  const batch = sequences.length;
  const ids: number[] = [];
  const positions: number[] = [];
  const slotOfRow: number[] = [];
  const rowOfSlot = new Int32Array(batch * time);
  const predictingRows: number[] = [];
  const targets: number[] = [];
  const promptRows = new Map<string, number>();
  const add = (token: number, position: number, slot: number) => {
    ids.push(token);
    positions.push(position);
    slotOfRow.push(slot);
  };
  sequences.forEach(({ prompt, completion }, member) => {
    const firstSlot = member * time;
    const key = prompt.join();
    const promptRow = promptRows.get(key) ?? ids.length;
    if (!promptRows.has(key)) {
      promptRows.set(key, promptRow);
      prompt.forEach((token, t) => {
        add(token, t, firstSlot + t);
      });
    }
    const completionRow = ids.length;
    completion.subarray(0, -1).forEach((token, i) => {
      add(token, prompt.length + i, firstSlot + prompt.length + i);
    });
    for (let t = 0; t < inputLength({ prompt, completion }); t++)
      rowOfSlot[firstSlot + t] = t < prompt.length ? promptRow + t : completionRow + t - prompt.length;
    completion.forEach((token, i) => {
      predictingRows.push(i === 0 ? promptRow + prompt.length - 1 : completionRow + i - 1);
      targets.push(token);
    });
  });
  return {
    ids: Int32Array.from(ids),
    positions: Int32Array.from(positions),
    attention: { batch, time, rowOfSlot, slotOfRow: Int32Array.from(slotOfRow) },
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
