/** Weights of the released reward's terms. */
export const RELEASED_TERMS = { appearance: 1, codeFormat: 0.1, format: 0.1 } as const;

/** Weights of the functional and the reasoning term in the paper's cascade, gamma and lambda. */
export const CASCADE_WEIGHT = 0.1;

/** The released total: `appearance + 0.1 codeFormat + 0.1 format`, 0 to 5.2. A term that is missing counts 0. */
export function releasedTotal(terms: {
  readonly appearance: number | null;
  readonly codeFormat: number | null;
  readonly format: number | null;
}): number {
  return (
    RELEASED_TERMS.appearance * (terms.appearance ?? 0) +
    RELEASED_TERMS.codeFormat * (terms.codeFormat ?? 0) +
    RELEASED_TERMS.format * (terms.format ?? 0)
  );
}

/**
 * The paper's cascade: 0 when a static constraint fails, 0 when install, bundle, serve or render fails, else
 * `looks + 0.1 functional + 0.1 reasoning`, 0 to 5.2.
 */
export function cascadeTotal(terms: {
  readonly structure: boolean;
  readonly build: boolean;
  /** 0 to 5. */
  readonly looks: number;
  /** 0 to 1. */
  readonly functional: number;
  /** 0 or 1. */
  readonly reasoning: number;
}): number {
  if (!terms.structure || !terms.build) return 0;
  return terms.looks + CASCADE_WEIGHT * terms.functional + CASCADE_WEIGHT * terms.reasoning;
}
