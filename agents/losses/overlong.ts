/** A penalty that grows over the last tokens a completion may have. */
export interface OverlongPenalty {
  /** Tokens over which the penalty grows from 0 to `factor`. */
  readonly cache: number;
  /** Largest penalty, default 1. */
  readonly factor?: number;
}

/**
 * Soft overlong penalty, at most 0, of a completion of `length` tokens (DAPO, arXiv 2503.14476, equation 13): 0 as long as
 * `cache` tokens are left, then falling to `-factor` at `maxCompletionLength` and beyond.
 */
export function softOverlongPenalty(
  { cache, factor = 1 }: OverlongPenalty,
  length: number,
  maxCompletionLength: number,
): number {
  const excess = length - (maxCompletionLength - cache);
  if (excess <= 0) return 0;
  return -factor * (excess >= cache ? 1 : excess / cache);
}
