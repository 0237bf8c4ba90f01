/** Summed in double precision every 256 vectors. */
export function sumSquares(x: usize, count: i32): f64 {
  let total: f64 = 0;
  const end = x + ((count & ~3) << 2);
  while (x < end) {
    const stop = min(end, x + 4096);
    let sums = f32x4.splat(0);
    for (; x < stop; x += 16) {
      const v = v128.load(x);
      sums = f32x4.add(sums, f32x4.mul(v, v));
    }
    total += f64(f32x4.extract_lane(sums, 0)) + f64(f32x4.extract_lane(sums, 1));
    total += f64(f32x4.extract_lane(sums, 2)) + f64(f32x4.extract_lane(sums, 3));
  }
  for (let rest = count & 3; rest > 0; rest--, x += 4) total += f64(load<f32>(x)) * f64(load<f32>(x));
  return total;
}

/**
 * One AdamW update in place: `shrink` is 1 - learningRate * weightDecay, `rate` is learningRate / (1 - beta1^step),
 * `correction` is 1 / (1 - beta2^step).
 */
export function adamW(
  parameter: usize, gradient: usize, first: usize, second: usize, count: i32,
  scale: f32, beta1: f32, beta2: f32, epsilon: f32, shrink: f32, rate: f32, correction: f32,
): void {
  const end = parameter + ((count & ~3) << 2);
  for (; parameter < end; parameter += 16, gradient += 16, first += 16, second += 16) {
    const g = f32x4.mul(v128.load(gradient), f32x4.splat(scale));
    const m = f32x4.add(f32x4.mul(v128.load(first), f32x4.splat(beta1)), f32x4.mul(g, f32x4.splat(f32(1) - beta1)));
    const squared = f32x4.mul(f32x4.mul(g, g), f32x4.splat(f32(1) - beta2));
    const v = f32x4.add(f32x4.mul(v128.load(second), f32x4.splat(beta2)), squared);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, f32x4.splat(correction))), f32x4.splat(epsilon));
    const step = f32x4.div(f32x4.mul(m, f32x4.splat(rate)), root);
    v128.store(parameter, f32x4.sub(f32x4.mul(v128.load(parameter), f32x4.splat(shrink)), step));
    v128.store(first, m);
    v128.store(second, v);
  }
  for (let rest = count & 3; rest > 0; rest--, parameter += 4, gradient += 4, first += 4, second += 4) {
    const g = load<f32>(gradient) * scale;
    const m = load<f32>(first) * beta1 + g * (f32(1) - beta1);
    const v = load<f32>(second) * beta2 + g * g * (f32(1) - beta2);
    const step = (m * rate) / (sqrt<f32>(v * correction) + epsilon);
    store<f32>(parameter, load<f32>(parameter) * shrink - step);
    store<f32>(first, m);
    store<f32>(second, v);
  }
}
