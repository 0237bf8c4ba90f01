/** Most rules that the `@apply` of a style sheet may come to; large sites write a few hundred. */
export const MOST_APPLIED = 5000;
/** Longest chain of classes that apply each other. */
const DEEPEST = 100;

/**
 * How many rules the `@apply` of a style sheet come to, those of its own classes counted with all that they apply in turn;
 * a class that applies another twice doubles it. Infinity for chains of more than 100 classes. An estimate: it does not know
 * comments and strings from rules.
 *
 * @example
 * applyWeight(".a { @apply p-4 m-4 } .b { @apply a a }"); // 2 + 2 * (1 + 2)
 */
export function applyWeight(css: string): number {
  const applied = appliedBy(css);
  const weights = new Map<string, number>();
  const weigh = (name: string, depth: number): number => {
    const own = applied.get(name);
    if (own === undefined) return 1;
    if (depth > DEEPEST) return Number.POSITIVE_INFINITY;
    const known = weights.get(name);
    if (known !== undefined) return known;
    const weight = own.reduce((sum, each) => sum + weigh(each, depth + 1), 1);
    weights.set(name, weight);
    return weight;
  };
  let total = 0;
  for (const names of applied.values()) for (const name of names) total += weigh(name, 1);
  return total;
}

const PIECE = /@apply\b([^;{}]*)|[{};]/g;
const CLASS = /\.((?:[\w-]|\\.|[^\0-\x7f])+)/g;

/** Class -> names that its rules apply, as often as they do; "" stands for rules without a class. */
function appliedBy(css: string): Map<string, string[]> {
  const applied = new Map<string, string[]>();
  const selectors: string[] = [];
  let from = 0;
  for (const piece of css.matchAll(PIECE)) {
    if (piece[0] === "{") selectors.push(css.slice(from, piece.index));
    else if (piece[0] === "}") selectors.pop();
    else if (piece[1] !== undefined) {
      const names = piece[1].split(/\s+/).filter((name) => name !== "" && name !== "!important");
      const classes = [...(selectors.at(-1) ?? "").matchAll(CLASS)].map(([, name = ""]) => name);
      for (const owner of classes.length > 0 ? classes : [""]) {
        const known = applied.get(owner) ?? [];
        for (const name of names) known.push(name);
        applied.set(owner, known);
      }
    }
    from = piece.index + piece[0].length;
  }
  return applied;
}
