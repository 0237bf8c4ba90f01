/** Codes of the characters that `packInk` writes: a level from "0", a run of points without ink from "@". */
const [LEVEL, RUN] = [48, 64] as const;
/** Coverage of one of 16 levels. */
const STEP = 17;

/** Reads what `packInk` wrote: hands out the coverage, 0 to 255, of as many points as are asked for, from the first on. */
export function inkReader(packed: string): (points: number) => Float32Array {
  let at = 0;
  let empty = 0;
  return (points) => {
    const ink = new Float32Array(points);
    let point = 0;
    while (point < points && (empty > 0 || at < packed.length)) {
      if (empty === 0) {
        const code = packed.charCodeAt(at++);
        if (code < RUN) {
          ink[point++] = (code - LEVEL) * STEP;
          continue;
        }
        empty = code - RUN;
      }
      const step = Math.min(empty, points - point);
      point += step;
      empty -= step;
    }
    return ink;
  };
}
