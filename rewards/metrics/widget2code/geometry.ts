interface Size {
  readonly width: number;
  readonly height: number;
}

/** Widget2Code's weights of aspect and area, and how fast a ratio's logarithm costs. */
const ASPECT_WEIGHT = 0.6;
const AREA_WEIGHT = 0.4;
const DECAY = 3;

const closeness = (a: number, b: number): number => {
  const ratio = Math.min(a, b) / Math.max(a, b);
  return Number.isFinite(ratio) ? ratio ** DECAY : 0;
};

/**
 * How well a prediction keeps the target's aspect ratio and area, 0 to 1: `0.6 q^3 + 0.4 s^3` with q and s the
 * smaller-over-larger ratios of aspect and area. Same aspect at double size gives 0.60625; an empty image gives 0.
 */
export function geometryScore(target: Size, prediction: Size): number {
  const aspect = closeness(target.width / target.height, prediction.width / prediction.height);
  const area = closeness(target.width * target.height, prediction.width * prediction.height);
  return ASPECT_WEIGHT * aspect + AREA_WEIGHT * area;
}
