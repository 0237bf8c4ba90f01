import type { Scorecard } from "../../index.js";
import { evaluate, type Value } from "../../rewards/formula/evaluate.js";
import { parseFormula } from "../../rewards/formula/parse.js";
import { partsOf } from "../../rewards/formula/term.js";

/** One part of a score and what it does to the total. */
export interface PartCost {
  readonly name: string;
  readonly value: number | null;
  /** What the reference has; null when it was not scored. */
  readonly best: number | null;
  /** Whether the formula names it. */
  readonly counted: boolean;
  /** How much higher the total would be with the reference's value in its place; null when that cannot be said. */
  readonly cost: number | null;
  readonly message?: string;
}

const KEEP = { failed: "renormalize", skipped: "renormalize" } as const;

/** The formula a scorecard was composed by, null when the scorer did not say. */
export function formulaOf({ total }: Scorecard): string | null {
  const evidence = total.evidence;
  const formula =
    typeof evidence === "object" && evidence !== null && "formula" in evidence ? evidence.formula : null;
  return typeof formula === "string" ? formula : null;
}

/** The parts of a score in the order of the formula, the costly ones first to be seen by their cost. */
export function partCosts(card: Scorecard, reference: Scorecard | null): PartCost[] {
  const formula = formulaOf(card);
  const names = Object.keys(card.parts);
  const term = formula === null ? null : parseFormula(formula, names);
  const counted = term === null ? new Set(names) : partsOf(term);
  const values = Object.fromEntries(
    Object.entries(card.parts).map(([name, { value, status }]): [string, Value] => [
      name,
      value ?? (status === "ok" ? "failed" : status),
    ]),
  );
  return names.map((name) => {
    const score = card.parts[name];
    const best = reference?.parts[name]?.value ?? null;
    const better = term && best !== null ? evaluate(term, { ...values, [name]: best }, KEEP) : null;
    const total = card.total.value;
    return {
      name,
      value: score?.value ?? null,
      best,
      counted: counted.has(name),
      cost: typeof better === "number" && total !== null ? better - total : null,
      ...(score?.message === undefined ? {} : { message: score.message }),
    };
  });
}
