import { positiveWeight, type Term, type WeightedTerm } from "./term.js";

/**
 * What a null part does to the total.
 * - `fail`: a sum with a null term is null.
 * - `renormalize`: null terms leave a sum; what remains is rescaled by (sum of all weights) / (sum of the weights left),
 *   where a weight is the constant factor of a term. Subtracted terms (penalties) leave without rescaling, terms without a
 *   part stay as they are, and a sum whose every measured term is null is null.
 *
 * Under both, a product is 0 when one factor is known to be 0, whatever the other would have been (a shut gate
 * decides), and otherwise null when a factor is null; `mean` is a sum with equal weights; a choice is null when its condition is, and looks only at the branch it
 * takes; any other function of a null is null.
 */
export type NullPolicy = "fail" | "renormalize";

/** Value of a formula for the values of its parts, or null where it depends on a null part. */
export function evaluate(
  term: Term,
  values: Readonly<Record<string, number | null>>,
  onNull: NullPolicy,
): number | null {
  const value = (inner: Term): number | null => evaluate(inner, values, onNull);
  switch (term.kind) {
    case "constant":
      return term.value;
    case "part":
      return values[term.name] ?? null;
    case "negation": {
      const inner = value(term.term);
      return inner === null ? null : -inner;
    }
    case "share": {
      const inner = value(term.term);
      return inner === null ? null : inner / term.divisor;
    }
    case "product": {
      const left = value(term.left);
      const right = value(term.right);
      if (left !== null && right !== null) return left * right;
      return left === 0 || right === 0 ? 0 : null;
    }
    case "choice": {
      const condition = value(term.condition);
      return condition === null ? null : value(condition !== 0 ? term.yes : term.no);
    }
    case "apply": {
      const inner = term.terms.map(value);
      return inner.includes(null) ? null : term.run(...(inner as number[]));
    }
    case "sum":
      return sum(
        term.terms,
        term.terms.map(({ term: inner }) => value(inner)),
        onNull,
      );
  }
}

function sum(
  terms: readonly WeightedTerm[],
  values: readonly (number | null)[],
  onNull: NullPolicy,
): number | null {
  if (!values.includes(null)) return terms.reduce((total, { sign }, i) => total + sign * values[i]!, 0);
  if (onNull === "fail") return null;
  const present = terms.filter((_, i) => values[i] !== null);
  const left = positiveWeight(present);
  if (left === 0) return null;
  const scale = positiveWeight(terms) / left;
  let total = 0;
  for (const [i, { sign, weight }] of terms.entries()) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    total += sign * value * (weight > 0 ? scale : 1);
  }
  return total;
}
