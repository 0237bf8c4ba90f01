/** Pictures by name: a far and a near outline in a box of 8 by 5, drawn pale and full in the accent colour. */
export const PICTURES = [
  ["Sea", ["M5 2a1 1 0 1 0 .1 0z", "M0 3q1-.6 2 0t2 0 2 0 2 0v2H0z"]],
  ["Hills", ["M0 4q3-4 6-1l2-1v3H0z", "M0 5V4q3-2 8 0v1z"]],
  ["Peaks", ["M0 5l3-4 3 4z", "M2 5l3-3 3 3z"]],
  ["City", ["M0 5V2h2v1h2V1h1v4zm6 0V2h1v3z", "M1 5V3h1v1h2V2h1v2h1V3h2v2z"]],
  ["Sun", ["M4 .5a2 2 0 1 0 .1 0z", "M0 5V4h8v1z"]],
  ["Forest", ["M0 5l2-4 2 4zm4 0l2-4 2 4z", "M2 5l2-3 2 3z"]],
] as const;

/** The `<svg>` of a picture's two outlines. */
export function drawing([far, near]: readonly [string, string]): string {
  return `<svg viewBox="0 0 8 5"><path opacity=".4" d="${far}"/><path d="${near}"/></svg>`;
}
