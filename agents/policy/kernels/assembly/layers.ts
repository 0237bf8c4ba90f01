// What stands between the matrix products of a Llama block, and the gradients.

import { exp1, exp4, sum4 } from "./exp";

/** `y = x / sqrt(mean(x^2) + epsilon) * gain` for each of `n` rows of `width`. */
export function rmsNorm(x: usize, gain: usize, y: usize, n: i32, width: i32, epsilon: f32): void {
  const vectors = (width & ~3) << 2;
  const row = width << 2;
  for (let r = 0; r < n; r++) {
    const scale = f32(1) / sqrt<f32>(dotRows(x, x, width) / f32(width) + epsilon);
    const scales = f32x4.splat(scale);
    let i = 0;
    for (; i < vectors; i += 16) {
      v128.store(y + i, f32x4.mul(f32x4.mul(v128.load(x + i), scales), v128.load(gain + i)));
    }
    for (; i < row; i += 4) store<f32>(y + i, load<f32>(x + i) * scale * load<f32>(gain + i));
    x += row;
    y += row;
  }
}

/** Gradients of `rmsNorm` with respect to `x` and `gain`; the latter is overwritten, summed over rows. */
export function rmsNormGradient(
  x: usize, gain: usize, dy: usize, dx: usize, dGain: usize, n: i32, width: i32, epsilon: f32,
): void {
  const vectors = (width & ~3) << 2;
  const row = width << 2;
  memory.fill(dGain, 0, row);
  for (let r = 0; r < n; r++) {
    const scale = f32(1) / sqrt<f32>(dotRows(x, x, width) / f32(width) + epsilon);
    const scales = f32x4.splat(scale);
    let sums = f32x4.splat(0);
    let i = 0;
    for (; i < vectors; i += 16) {
      const xdy = f32x4.mul(v128.load(x + i), v128.load(dy + i));
      sums = f32x4.add(sums, f32x4.mul(xdy, v128.load(gain + i)));
      v128.store(dGain + i, f32x4.add(v128.load(dGain + i), f32x4.mul(xdy, scales)));
    }
    let sum = sum4(sums);
    for (; i < row; i += 4) {
      const xdy = load<f32>(x + i) * load<f32>(dy + i);
      sum += xdy * load<f32>(gain + i);
      store<f32>(dGain + i, load<f32>(dGain + i) + xdy * scale);
    }
    const pull = (sum / f32(width)) * scale * scale * scale;
    const pulls = f32x4.splat(pull);
    for (i = 0; i < vectors; i += 16) {
      const direct = f32x4.mul(f32x4.mul(v128.load(dy + i), v128.load(gain + i)), scales);
      v128.store(dx + i, f32x4.sub(direct, f32x4.mul(v128.load(x + i), pulls)));
    }
    for (; i < row; i += 4) {
      store<f32>(dx + i, load<f32>(dy + i) * load<f32>(gain + i) * scale - load<f32>(x + i) * pull);
    }
    x += row;
    dy += row;
    dx += row;
  }
}

function dotRows(a: usize, b: usize, width: i32): f32 {
  const end = a + ((width & ~3) << 2);
  let sums = f32x4.splat(0);
  for (; a < end; a += 16, b += 16) sums = f32x4.add(sums, f32x4.mul(v128.load(a), v128.load(b)));
  let sum = sum4(sums);
  for (let rest = width & 3; rest > 0; rest--, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

/**
 * Turns the pairs (i, i + half) of every head by the angle of the row's position. `table` holds `half` cosines, then
 * `half` sines, for each position. `direction` is 1, or -1 to turn back (the gradient).
 */
export function rotary(
  x: usize, positions: usize, table: usize, y: usize, rows: i32, heads: i32, half: i32, direction: f32,
): void {
  const vectors = (half & ~3) << 2;
  const width = half << 2;
  const directions = f32x4.splat(direction);
  for (let r = 0; r < rows; r++) {
    const cosines = table + load<i32>(positions + (r << 2)) * width * 2;
    const sines = cosines + width;
    for (let h = 0; h < heads; h++) {
      let i = 0;
      for (; i < vectors; i += 16) {
        const c = v128.load(cosines + i);
        const s = f32x4.mul(v128.load(sines + i), directions);
        const a = v128.load(x + i);
        const b = v128.load(x + i + width);
        v128.store(y + i, f32x4.sub(f32x4.mul(a, c), f32x4.mul(b, s)));
        v128.store(y + i + width, f32x4.add(f32x4.mul(b, c), f32x4.mul(a, s)));
      }
      for (; i < width; i += 4) {
        const c = load<f32>(cosines + i);
        const s = load<f32>(sines + i) * direction;
        const a = load<f32>(x + i);
        const b = load<f32>(x + i + width);
        store<f32>(y + i, a * c - b * s);
        store<f32>(y + i + width, b * c + a * s);
      }
      x += 2 * width;
      y += 2 * width;
    }
  }
}

/** `y = gate * sigmoid(gate) * up`. */
export function swiglu(gate: usize, up: usize, y: usize, count: i32): void {
  const one = f32x4.splat(1);
  const end = gate + ((count & ~3) << 2);
  for (; gate < end; gate += 16, up += 16, y += 16) {
    const g = v128.load(gate);
    const s = f32x4.div(g, f32x4.add(one, exp4(f32x4.neg(g))));
    v128.store(y, f32x4.mul(s, v128.load(up)));
  }
  for (let rest = count & 3; rest > 0; rest--, gate += 4, up += 4, y += 4) {
    const g = load<f32>(gate);
    store<f32>(y, (g / (f32(1) + exp1(-g))) * load<f32>(up));
  }
}

/** Gradients of `swiglu` with respect to `gate` and `up`. */
export function swigluGradient(gate: usize, up: usize, dy: usize, dGate: usize, dUp: usize, count: i32): void {
  const one = f32x4.splat(1);
  const end = gate + ((count & ~3) << 2);
  for (; gate < end; gate += 16, up += 16, dy += 16, dGate += 16, dUp += 16) {
    const g = v128.load(gate);
    const d = v128.load(dy);
    const s = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(g))));
    const silu = f32x4.mul(g, s);
    const slope = f32x4.add(s, f32x4.mul(silu, f32x4.sub(one, s)));
    v128.store(dUp, f32x4.mul(d, silu));
    v128.store(dGate, f32x4.mul(f32x4.mul(d, v128.load(up)), slope));
  }
  for (let rest = count & 3; rest > 0; rest--, gate += 4, up += 4, dy += 4, dGate += 4, dUp += 4) {
    const g = load<f32>(gate);
    const d = load<f32>(dy);
    const s = f32(1) / (f32(1) + exp1(-g));
    store<f32>(dUp, d * g * s);
    store<f32>(dGate, d * load<f32>(up) * (s + g * s * (f32(1) - s)));
  }
}
