import { positiveWeight, type Term, type WeightedTerm } from "./term.js";

/**
 * What a null part does to a sum it is a term of.
 * - `fail`: the sum is null.
 * - `renormalize`: the null term leaves and what remains is rescaled by (sum of all weights) / (sum of the weights left),
 *   where a weight is the constant factor of a term: 0.3 for `0.3 * a * b`. Subtracted terms (penalties) leave without
 *   rescaling, terms without a part stay as they are, and a sum whose every weighted term is null is null.
 *
 * Whatever the policy: a product is 0 when one factor is known to be 0, whatever the other would have been (a shut
 * gate decides), and otherwise null when a factor is null; `mean` is a sum with equal weights; a choice is null when its
 * condition is, and looks only at the branch it takes; any other function of a null is null.
 */
export type NullPolicy = "fail" | "renormalize";

/** One policy for parts that could not be taken (a judge was down), one for parts that do not apply to the task. */
export interface NullPolicies {
  readonly failed: NullPolicy;
  readonly skipped: NullPolicy;
}

/** A number, or why there is none. What depends on both kinds of null has failed. */
export type Value = number | keyof NullPolicies;

/** Value of a formula for the values of its parts. */
export function evaluate(term: Term, values: Readonly<Record<string, Value>>, onNull: NullPolicies): Value {
  const value = (inner: Term): Value => evaluate(inner, values, onNull);
  switch (term.kind) {
    case "constant":
      return term.value;
    case "part":
      return values[term.name] ?? "failed";
    case "negation":
      return apply([value(term.term)], (inner) => -inner!);
    case "share":
      return apply([value(term.term)], (inner) => inner! / term.divisor);
    case "product": {
      const factors = [value(term.left), value(term.right)];
      const open = factors.some((factor) => typeof factor !== "number");
      return open && factors.includes(0) ? 0 : apply(factors, (left, right) => left! * right!);
    }
    case "choice": {
      const condition = value(term.condition);
      return typeof condition === "number" ? value(condition !== 0 ? term.yes : term.no) : condition;
    }
    case "apply":
      return apply(term.terms.map(value), term.run);
    case "sum":
      return sum(
        term.terms,
        term.terms.map((weighted) => value(weighted.term)),
        onNull,
      );
  }
}

function apply(values: readonly Value[], run: (...values: number[]) => number): Value {
  if (values.includes("failed")) return "failed";
  return values.includes("skipped") ? "skipped" : run(...(values as number[]));
}

function sum(terms: readonly WeightedTerm[], values: readonly Value[], onNull: NullPolicies): Value {
  const missing = values.filter((value) => typeof value !== "number");
  const worst = missing.includes("failed") ? "failed" : "skipped";
  if (missing.some((kind) => onNull[kind] === "fail")) return worst;
  const present = terms.filter((_, i) => typeof values[i] === "number");
  const left = positiveWeight(present);
  if (missing.length > 0 && left === 0) return worst;
  const scale = missing.length > 0 ? positiveWeight(terms) / left : 1;
  let total = 0;
  for (const [i, { sign, weight }] of terms.entries()) {
    const value = values[i];
    if (typeof value === "number") total += sign * value * (weight > 0 ? scale : 1);
  }
  return total;
}
