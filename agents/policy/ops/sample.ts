import type { Sampled, SampleOptions } from "./ops.js";

/**
 * Draws one token a row from row-major `logits [batch, vocab]`. Tempers, keeps the `topK` likeliest, then the
 * smallest likeliest set that holds `topP` of what is left (https://arxiv.org/abs/1904.09751), then inverts the
 * distribution function at `draws[row]` going through the tokens in order of id. Ties keep the lower id.
 */
export function sampleTokens(
  logits: Float32Array,
  vocab: number,
  draws: Float32Array,
  options: SampleOptions,
): Sampled {
  const batch = logits.length / vocab;
  const ids = new Int32Array(batch);
  const logProbs = new Float32Array(batch);
  for (let row = 0; row < batch; row++) {
    const values = logits.subarray(row * vocab, (row + 1) * vocab);
    const id = sampleRow(values, draws[row] as number, options);
    ids[row] = id;
    logProbs[row] = (values[id] as number) - logSumExp(values);
  }
  return { ids, logProbs };
}

function sampleRow(values: Float32Array, draw: number, { temperature, topP, topK }: SampleOptions): number {
  if (temperature === 0) return likeliest(values);
  const highest = values[likeliest(values)] as number;
  const weights = Float64Array.from(values, (value) => Math.exp((value - highest) / temperature));
  if ((topK > 0 && topK < values.length) || topP < 1) keepLikeliest(weights, topK, topP);
  let total = 0;
  for (const weight of weights) total += weight;
  let left = draw * total;
  let last = 0;
  for (let id = 0; id < weights.length; id++) {
    const weight = weights[id] as number;
    if (weight === 0) continue;
    last = id;
    left -= weight;
    if (left < 0) return id;
  }
  return last;
}

/** Sets every weight outside the top k and the nucleus to 0. */
function keepLikeliest(weights: Float64Array, topK: number, topP: number): void {
  const order = Array.from(weights.keys()).sort(
    (a, b) => (weights[b] as number) - (weights[a] as number) || a - b,
  );
  const most = topK > 0 ? Math.min(topK, order.length) : order.length;
  let total = 0;
  for (let i = 0; i < most; i++) total += weights[order[i] as number] as number;
  let kept = 0;
  let held = 0;
  while (kept < most && (kept === 0 || held < topP * total))
    held += weights[order[kept++] as number] as number;
  for (let i = kept; i < order.length; i++) weights[order[i] as number] = 0;
}

function likeliest(values: Float32Array): number {
  let best = 0;
  for (let id = 1; id < values.length; id++) if ((values[id] as number) > (values[best] as number)) best = id;
  return best;
}

function logSumExp(values: Float32Array): number {
  const highest = values[likeliest(values)] as number;
  let total = 0;
  for (const value of values) total += Math.exp(value - highest);
  return highest + Math.log(total);
}
