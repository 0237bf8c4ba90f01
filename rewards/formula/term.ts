/** A formula as a tree, reduced to what a reward formula may contain. */
export type Term =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "part"; readonly name: string }
  | { readonly kind: "sum"; readonly terms: readonly WeightedTerm[] }
  | { readonly kind: "product"; readonly left: Term; readonly right: Term }
  | { readonly kind: "negation"; readonly term: Term }
  /** Division by a constant, so that the constant counts as a weight. */
  | { readonly kind: "share"; readonly term: Term; readonly divisor: number }
  /** Anything else that maps numbers to a number: a power, a comparison, a function. */
  | { readonly kind: "apply"; readonly run: (...values: number[]) => number; readonly terms: readonly Term[] }
  | { readonly kind: "choice"; readonly condition: Term; readonly yes: Term; readonly no: Term };

/** One term of a sum. */
export interface WeightedTerm {
  readonly term: Term;
  /** 1 for an added term, -1 for a subtracted one. */
  readonly sign: 1 | -1;
  /** The share of the sum this term stands for: its constant factor with its sign; 0 for a term that measures nothing. */
  readonly weight: number;
}

/**
 * The constant factor of a term: 0.3 for `0.3 * rep * similarity`, 1 for a bare part, the sum of the positive weights
 * for a sum, 0 for a term without parts.
 */
export function weightOf(term: Term): number {
  return measures(term) ? factorOf(term) : 0;
}

function factorOf(term: Term): number {
  switch (term.kind) {
    case "constant":
      return term.value;
    case "negation":
      return -factorOf(term.term);
    case "share":
      return factorOf(term.term) / term.divisor;
    case "product":
      return factorOf(term.left) * factorOf(term.right);
    case "sum":
      return positiveWeight(term.terms);
    default:
      return 1;
  }
}

/** Sum of the weights above zero. */
export function positiveWeight(terms: readonly WeightedTerm[]): number {
  return terms.reduce((total, { weight }) => total + Math.max(0, weight), 0);
}

function measures(term: Term): boolean {
  return partsOf(term).size > 0;
}

/** Names of the parts a formula looks at. */
export function partsOf(term: Term): Set<string> {
  switch (term.kind) {
    case "constant":
      return new Set();
    case "part":
      return new Set([term.name]);
    case "sum":
      return union(term.terms.map((weighted) => weighted.term));
    case "product":
      return union([term.left, term.right]);
    case "negation":
    case "share":
      return partsOf(term.term);
    case "apply":
      return union(term.terms);
    case "choice":
      return union([term.condition, term.yes, term.no]);
  }
}

function union(terms: readonly Term[]): Set<string> {
  return new Set(terms.flatMap((term) => [...partsOf(term)]));
}
