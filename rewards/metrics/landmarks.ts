import type { DomNode } from "./dom-sequence.js";
import { sequenceRatio } from "./ports/difflib.js";

/** The roles FrontCoder looks for. */
export const LANDMARK_ROLES = ["header", "footer", "nav", "main", "sidebar", "ad"] as const;

/** Similarity of the landmark roles of two pages. */
export interface LandmarkSimilarity {
  /** Mean over the roles, 0..1. */
  readonly score: number;
  readonly roles: Readonly<Record<(typeof LANDMARK_ROLES)[number], number>>;
}

/**
 * Similarity of landmark roles (FrontCoder, S_sem), the mean over {@link LANDMARK_ROLES}. For a role the tags of all nodes
 * that speak of it are listed in document order and compared by {@link sequenceRatio}; absent on both sides is 1, on one
 * side 0. Comments are left out (upstream matches them at random).
 *
 * - `substring` (upstream): a tag that contains the role is listed, and once more when an attribute value contains it. So
 *   `ad` also means head, thead, loading, shadow; unrelated small pages score about 0.8.
 * - `token`: the role must be a whole word of the tag or of a class, id, role or aria-label (words split at case changes and
 *   at anything but letters and digits; aside counts as a sidebar).
 *
 * Not symmetric, as SequenceMatcher is not.
 */
export function landmarkSimilarity(
  a: readonly DomNode[],
  b: readonly DomNode[],
  match: "substring" | "token" = "substring",
): LandmarkSimilarity {
  const [left, right] = [collect(a, match), collect(b, match)];
  const roles = Object.fromEntries(
    LANDMARK_ROLES.map((role, r) => [role, roleSimilarity(left[r]!, right[r]!)]),
  ) as LandmarkSimilarity["roles"];
  const sum = LANDMARK_ROLES.reduce((total, role) => total + roles[role], 0);
  return { score: sum / LANDMARK_ROLES.length, roles };
}

function roleSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 1;
  return a.length === 0 || b.length === 0 ? 0 : sequenceRatio(a, b);
}

function collect(nodes: readonly DomNode[], match: "substring" | "token"): string[][] {
  const found: string[][] = LANDMARK_ROLES.map(() => []);
  const list = match === "substring" ? listBySubstring : listByToken;
  for (const node of nodes) if (node.tag !== "#comment") list(node, found);
  return found;
}

function listBySubstring({ tag, attributes }: DomNode, found: string[][]): void {
  const values = attributes.map(([, value]) => value.toLowerCase());
  for (const [r, role] of LANDMARK_ROLES.entries()) {
    if (tag.includes(role)) found[r]!.push(tag);
    if (values.some((value) => value.includes(role))) found[r]!.push(tag);
  }
}

const NAMING_ATTRIBUTES: ReadonlySet<string> = new Set(["class", "id", "role", "aria-label"]);
const ROLE_WORDS: Readonly<Record<string, (typeof LANDMARK_ROLES)[number]>> = {
  aside: "sidebar",
  navigation: "nav",
  banner: "header",
  contentinfo: "footer",
};

function listByToken({ tag, attributes }: DomNode, found: string[][]): void {
  const words = new Set([tag]);
  for (const [name, value] of attributes) {
    if (!NAMING_ATTRIBUTES.has(name)) continue;
    for (const word of value.replace(/([a-z])([A-Z])/g, "$1 $2").split(/[^\p{L}\p{N}]+/u))
      words.add(word.toLowerCase());
  }
  for (const [r, role] of LANDMARK_ROLES.entries())
    if ([...words].some((word) => word === role || ROLE_WORDS[word] === role)) found[r]!.push(tag);
}
