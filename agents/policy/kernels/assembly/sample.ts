// Draws tokens. Same rules as `ops/sample.ts`, in single precision.

import { exp1, exp4, log, sum4 } from "./exp";
import { maximum } from "./head";

/**
 * One token a row of `logits [batch, vocab]`: tempered, the `topK` likeliest (0 is off), then the smallest likeliest
 * set that holds `topP` of the rest. `scratch` holds `2 * vocab * 4` bytes.
 */
export function sampleTokens(
  logits: usize, draws: usize, ids: usize, logProbs: usize, batch: i32, vocab: i32,
  temperature: f32, topK: i32, topP: f32, scratch: usize,
): void {
  for (let b = 0; b < batch; b++) {
    const offset = b << 2;
    const highest = maximum(logits, vocab);
    const logSum = f32(log(exponentials(logits, highest, 1, vocab, scratch)));
    let id = 0;
    if (temperature == 0) {
      while (load<f32>(logits + (id << 2)) != highest && id < vocab - 1) id++;
    } else {
      if (temperature != 1) exponentials(logits, highest, f32(1) / temperature, vocab, scratch);
      if ((topK > 0 && topK < vocab) || topP < 1) keepLikeliest(scratch, scratch + (vocab << 2), vocab, topK, topP);
      id = invert(scratch, vocab, load<f32>(draws + offset));
    }
    store<i32>(ids + offset, id);
    store<f32>(logProbs + offset, load<f32>(logits + (id << 2)) - highest - logSum);
    logits += vocab << 2;
  }
}

/** Writes `exp((x - highest) * scale)` and returns the sum. */
function exponentials(x: usize, highest: f32, scale: f32, count: i32, to: usize): f32 {
  const vectors = (count & ~3) << 2;
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i < vectors; i += 16) {
    const e = exp4(f32x4.mul(f32x4.sub(v128.load(x + i), f32x4.splat(highest)), f32x4.splat(scale)));
    sums = f32x4.add(sums, e);
    v128.store(to + i, e);
  }
  let sum = sum4(sums);
  for (; i < count << 2; i += 4) {
    const e = exp1((load<f32>(x + i) - highest) * scale);
    sum += e;
    store<f32>(to + i, e);
  }
  return sum;
}

/** Goes through the tokens in order of id until the weight passed exceeds `draw` of the whole. */
function invert(weights: usize, count: i32, draw: f32): i32 {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) total += f64(load<f32>(weights + (i << 2)));
  let left = f64(draw) * total;
  let last = 0;
  for (let i = 0; i < count; i++) {
    const weight = load<f32>(weights + (i << 2));
    if (weight == 0) continue;
    last = i;
    left -= f64(weight);
    if (left < 0) break;
  }
  return last;
}

/** Sets every weight outside the top k and the nucleus to 0. `order` becomes a heap of ids, likeliest first. */
function keepLikeliest(weights: usize, order: usize, count: i32, topK: i32, topP: f32): void {
  for (let i = 0; i < count; i++) store<i32>(order + (i << 2), i);
  for (let i = (count >> 1) - 1; i >= 0; i--) sink(weights, order, i, count);
  let total: f64 = 0;
  const most = topK > 0 ? min(topK, count) : count;
  if (most == count) {
    for (let i = 0; i < count; i++) total += f64(load<f32>(weights + (i << 2)));
  }
  // Those taken from the heap stand behind it, likeliest last.
  let size = count;
  let held: f64 = 0;
  while (count - size < most) {
    if (most == count && size < count && held >= f64(topP) * total) break;
    size = pop(weights, order, size);
    held += f64(weightAt(weights, order, size));
  }
  for (let i = 0; i < size; i++) store<f32>(weights + (load<i32>(order + (i << 2)) << 2), 0);
  if (most < count) {
    const enough = f64(topP) * held;
    let kept: f64 = 0;
    for (let i = count - 1; i >= size; i--) {
      const at = weights + (load<i32>(order + (i << 2)) << 2);
      const weight = f64(load<f32>(at));
      if (kept >= enough && i < count - 1) store<f32>(at, 0);
      else kept += weight;
    }
  }
}

@inline
function weightAt(weights: usize, order: usize, i: i32): f32 {
  return load<f32>(weights + (load<i32>(order + (i << 2)) << 2));
}

/** Moves the likeliest of the heap behind it; returns the new size. */
function pop(weights: usize, order: usize, size: i32): i32 {
  const last = size - 1;
  const first = load<i32>(order);
  store<i32>(order, load<i32>(order + (last << 2)));
  store<i32>(order + (last << 2), first);
  sink(weights, order, 0, last);
  return last;
}

function sink(weights: usize, order: usize, i: i32, size: i32): void {
  while (true) {
    let best = i;
    const left = 2 * i + 1;
    if (left < size && before(weights, order, left, best)) best = left;
    if (left + 1 < size && before(weights, order, left + 1, best)) best = left + 1;
    if (best == i) return;
    const held = load<i32>(order + (i << 2));
    store<i32>(order + (i << 2), load<i32>(order + (best << 2)));
    store<i32>(order + (best << 2), held);
    i = best;
  }
}

/** Likelier, or as likely with the lower id. */
@inline
function before(weights: usize, order: usize, a: i32, b: i32): bool {
  const wa = weightAt(weights, order, a);
  const wb = weightAt(weights, order, b);
  return wa > wb || (wa == wb && load<i32>(order + (a << 2)) < load<i32>(order + (b << 2)));
}
