// Log-probability of a target and entropy of softmax(x · weightᵀ), in chunks of rows.

import { exp1, exp4, log, max4, sum4 } from "./exp";
import { gemmTransposedA, gemmTransposedB, multiplyPacked } from "./gemm";
import { packColumns8, packRows8 } from "./pack";

/** Rows whose logits are held at a time. */
const CHUNK: i32 = 64;

/**
 * Writes `logProbs [n]`, `entropies [n]` and `logSums [n]` (log of the sum of the exponentials). `kept` is 0, or takes
 * the logits `[n, vocab]`; `scratch` holds `64 * vocab * 4` bytes and is used when `kept` is 0.
 */
export function headLogProbs(
  x: usize, weight: usize, targets: usize, logProbs: usize, entropies: usize, logSums: usize, kept: usize,
  n: i32, hidden: i32, vocab: i32, scratch: usize,
): void {
  const row = vocab << 2;
  const tile = scratch;
  const panels = tile + 128;
  const chunk = panels + ((((vocab + 7) & ~7) * hidden) << 2);
  packRows8(weight, hidden << 2, hidden, vocab, panels);
  for (let start = 0; start < n; start += CHUNK) {
    const rows = min(CHUNK, n - start);
    let logits = kept ? kept + start * row : chunk;
    multiplyPacked(x + ((start * hidden) << 2), panels, logits, rows, vocab, hidden, tile);
    for (let i = start; i < start + rows; i++) {
      const offset = i << 2;
      const highest = maximum(logits, vocab);
      let sum: f32 = 0;
      let weighted: f32 = 0;
      const vectors = (vocab & ~3) << 2;
      let sums = f32x4.splat(0);
      let weightedSums = f32x4.splat(0);
      let j = 0;
      for (; j < vectors; j += 16) {
        const shifted = f32x4.sub(v128.load(logits + j), f32x4.splat(highest));
        const e = exp4(shifted);
        sums = f32x4.add(sums, e);
        weightedSums = f32x4.add(weightedSums, f32x4.mul(e, shifted));
      }
      sum = sum4(sums);
      weighted = sum4(weightedSums);
      for (; j < row; j += 4) {
        const shifted = load<f32>(logits + j) - highest;
        const e = exp1(shifted);
        sum += e;
        weighted += e * shifted;
      }
      const logSum = f32(log(sum));
      store<f32>(logSums + offset, logSum + highest);
      store<f32>(entropies + offset, logSum - weighted / sum);
      const target = load<i32>(targets + offset) << 2;
      store<f32>(logProbs + offset, load<f32>(logits + target) - highest - logSum);
      logits += row;
    }
  }
}

export function maximum(x: usize, count: i32): f32 {
  let highest = f32x4.splat(-Infinity);
  const end = x + ((count & ~3) << 2);
  for (; x < end; x += 16) highest = f32x4.pmax(highest, v128.load(x));
  let result = max4(highest);
  for (let rest = count & 3; rest > 0; rest--, x += 4) result = max(result, load<f32>(x));
  return result;
}

/**
 * Gradients with respect to `x` and `weight`. `kept` is 0 (the logits are computed again, 64 rows at a time) or the logits. `scratch` holds
 * `(roundUp8(hidden) * vocab + 64 * vocab + 256 * (roundUp4(vocab) + roundUp8(hidden)) + 64) * 4` bytes.
 */
export function headGradient(
  x: usize, weight: usize, targets: usize, entropies: usize, logSums: usize, kept: usize,
  dLogProbs: usize, dEntropies: usize, dx: usize, dWeight: usize, n: i32, hidden: i32, vocab: i32, scratch: usize,
): void {
  const tile = scratch;
  const panels = tile + 128;
  const chunk = panels + ((((hidden + 7) & ~7) * vocab) << 2);
  const rest = chunk + ((CHUNK * vocab) << 2);
  const row = vocab << 2;
  packColumns8(weight, hidden << 2, vocab, hidden, panels);
  memory.fill(dWeight, 0, (vocab * hidden) << 2);
  for (let start = 0; start < n; start += CHUNK) {
    const rows = min(CHUNK, n - start);
    const xs = x + ((start * hidden) << 2);
    let logits = kept ? kept + start * row : chunk;
    if (!kept) gemmTransposedB(xs, weight, chunk, rows, vocab, hidden, rest);
    let to = chunk;
    for (let i = start; i < start + rows; i++) {
      const offset = i << 2;
      const d = load<f32>(dLogProbs + offset);
      const dEntropy = load<f32>(dEntropies + offset);
      rowGradient(logits, to, vocab, load<f32>(logSums + offset), load<f32>(entropies + offset), d, dEntropy);
      const target = to + (load<i32>(targets + offset) << 2);
      store<f32>(target, load<f32>(target) + d);
      logits += row;
      to += row;
    }
    multiplyPacked(chunk, panels, dx + ((start * hidden) << 2), rows, hidden, vocab, tile);
    gemmTransposedA(chunk, xs, dWeight, vocab, hidden, rows, rest, true);
  }
}

/** `p * (-d - dEntropy * (log p + entropy))`; `to` may be `logits`. */
function rowGradient(
  logits: usize, to: usize, vocab: i32, logSum: f32, entropy: f32, d: f32, dEntropy: f32,
): void {
  const vectors = (vocab & ~3) << 2;
  const row = vocab << 2;
  let j = 0;
  for (; j < vectors; j += 16) {
    const logP = f32x4.sub(v128.load(logits + j), f32x4.splat(logSum));
    const bend = f32x4.mul(f32x4.splat(dEntropy), f32x4.add(logP, f32x4.splat(entropy)));
    v128.store(to + j, f32x4.mul(exp4(logP), f32x4.sub(f32x4.splat(-d), bend)));
  }
  for (; j < row; j += 4) {
    const logP = load<f32>(logits + j) - logSum;
    store<f32>(to + j, exp1(logP) * (-d - dEntropy * (logP + entropy)));
  }
}
