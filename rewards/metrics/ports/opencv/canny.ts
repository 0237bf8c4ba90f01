/** Fixed-point tan(22.5 deg), scaled by 2^15. */
const TAN_22 = 13573;

const NONE = 0;
const WEAK = 1;
const STRONG = 2;

interface Gradient {
  readonly dx: Int32Array;
  readonly dy: Int32Array;
  readonly magnitude: Int32Array;
}

function sobel(gray: Uint8Array, width: number, height: number): Gradient {
  const dx = new Int32Array(width * height);
  const dy = new Int32Array(width * height);
  const magnitude = new Int32Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const up = Math.max(y - 1, 0) * width;
    const here = y * width;
    const down = Math.min(y + 1, height - 1) * width;
    for (let x = 0; x < width; x++, at++) {
      const l = Math.max(x - 1, 0);
      const r = Math.min(x + 1, width - 1);
      const gx =
        gray[up + r]! -
        gray[up + l]! +
        2 * (gray[here + r]! - gray[here + l]!) +
        gray[down + r]! -
        gray[down + l]!;
      const gy =
        gray[down + l]! -
        gray[up + l]! +
        2 * (gray[down + x]! - gray[up + x]!) +
        gray[down + r]! -
        gray[up + r]!;
      dx[at] = gx;
      dy[at] = gy;
      magnitude[at] = Math.abs(gx) + Math.abs(gy);
    }
  }
  return { dx, dy, magnitude };
}

/**
 * `cv.Canny(gray, low, high)` with the 3 x 3 Sobel operator and the |dx| + |dy| norm, bit for bit: 255 on an edge, else 0.
 * `gray` holds `width * height` bytes.
 */
export function canny(
  gray: Uint8Array,
  width: number,
  height: number,
  low: number,
  high: number,
): Uint8Array {
  const { dx, dy, magnitude } = sobel(gray, width, height);
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : magnitude[y * width + x]!;
  const kind = new Uint8Array(width * height);
  const stack: number[] = [];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const m = magnitude[i]!;
      if (m <= low) continue;
      const ax = Math.abs(dx[i]!);
      const ay = Math.abs(dy[i]!) * 32768;
      const tan22 = ax * TAN_22;
      let peak: boolean;
      if (ay < tan22) peak = m > at(x - 1, y) && m >= at(x + 1, y);
      else if (ay > tan22 + ax * 65536) peak = m > at(x, y - 1) && m >= at(x, y + 1);
      else {
        const s = (dx[i]! ^ dy[i]!) < 0 ? -1 : 1;
        peak = m > at(x - s, y - 1) && m > at(x + s, y + 1);
      }
      if (!peak) continue;
      kind[i] = m > high ? STRONG : WEAK;
      if (m > high) stack.push(i);
    }
  }
  follow(kind, stack, width, height);
  const edges = new Uint8Array(width * height);
  for (let i = 0; i < edges.length; i++) if (kind[i] === STRONG) edges[i] = 255;
  return edges;
}

/** Turns weak edge pixels that touch a strong one, directly or through others, into strong ones. */
function follow(kind: Uint8Array, stack: number[], width: number, height: number): void {
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    const y = (i - x) / width;
    for (let ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
      for (let nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
        const n = ny * width + nx;
        if (kind[n] !== WEAK) continue;
        kind[n] = STRONG;
        stack.push(n);
      }
    }
  }
  for (let i = 0; i < kind.length; i++) if (kind[i] === WEAK) kind[i] = NONE;
}
