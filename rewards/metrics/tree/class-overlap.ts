import type { PageTag } from "./tag-sequence.js";

/** The class names used on a page. */
export function classNames(tags: readonly PageTag[]): Set<string> {
  return new Set(tags.flatMap(({ classes }) => classes));
}

/** Jaccard similarity of two sets of class names, 0 to 1: 1 when both are empty, 0 when one is. */
export function classOverlap(a: Iterable<string>, b: Iterable<string>): number {
  const left = new Set(a);
  const right = new Set(b);
  if (left.size === 0 && right.size === 0) return 1;
  const shared = [...left].filter((name) => right.has(name)).length;
  return shared / (left.size + right.size - shared);
}
