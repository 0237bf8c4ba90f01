/** A connected set of pixels and its bounding box. */
export interface Component {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Number of pixels. */
  readonly area: number;
}

/** The components of a mask, and for every pixel the index of its component plus 1, or 0 for background. */
export interface Labelling {
  readonly labels: Int32Array;
  readonly components: readonly Component[];
}

/** The 8-connected components of the non-zero pixels, in reading order of their first pixel. */
export function connectedComponents(mask: Uint8Array, width: number, height: number): Labelling {
  const labels = new Int32Array(width * height);
  const components: Component[] = [];
  const stack = new Int32Array(width * height);
  for (let start = 0; start < labels.length; start++) {
    if (mask[start] === 0 || labels[start] !== 0) continue;
    const label = components.length + 1;
    let left = width;
    let right = -1;
    let top = height;
    let bottom = -1;
    let area = 0;
    let depth = 0;
    stack[depth++] = start;
    labels[start] = label;
    while (depth > 0) {
      const i = stack[--depth]!;
      const x = i % width;
      const y = (i - x) / width;
      area++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, height - 1); ny++) {
        for (let nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, width - 1); nx++) {
          const n = ny * width + nx;
          if (mask[n] === 0 || labels[n] !== 0) continue;
          labels[n] = label;
          stack[depth++] = n;
        }
      }
    }
    components.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1, area });
  }
  return { labels, components };
}

/** `cv.dilate` with a 3 x 3 block of ones: every pixel becomes the largest of its neighbourhood. */
export function dilate3x3(mask: Uint8Array, width: number, height: number): Uint8Array {
  const wide = new Uint8Array(mask.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? mask[i - 1]! : 0;
      const right = x + 1 < width ? mask[i + 1]! : 0;
      wide[i] = Math.max(left, mask[i]!, right);
    }
  }
  const result = new Uint8Array(mask.length);
  for (let i = 0; i < result.length; i++)
    result[i] = Math.max(wide[i - width] ?? 0, wide[i]!, wide[i + width] ?? 0);
  return result;
}

/** A copy of the mask without the components whose bounding box touches the frame; kept pixels are 255. */
export function withoutBorderComponents(mask: Uint8Array, width: number, height: number): Uint8Array {
  const { labels, components } = connectedComponents(mask, width, height);
  const keep = components.map((c) => c.x > 0 && c.y > 0 && c.x + c.width < width && c.y + c.height < height);
  const result = new Uint8Array(mask.length);
  for (let i = 0; i < result.length; i++) if (labels[i]! > 0 && keep[labels[i]! - 1]) result[i] = 255;
  return result;
}
