import type { Scorer } from "../../env/contract/scoring.js";
import { UsageError } from "../../infra/errors.js";
import { toggle } from "../../infra/schema/fields.js";
import { composeReward, isComposed } from "../compose.js";
import { renderGate } from "../parts/render-gate.js";

/** The option that every mended preset has beside its own. */
export const LEGIBLE = { legible: toggle() } as const;

/** Options that every mended preset has in code. */
export interface LegibleOption {
  /**
   * Whether the whole reward is multiplied by a gate that shuts for text nobody can read in the pixels; default false, as published. What
   * was released has none, so `compat` takes no such option.
   */
  readonly legible?: boolean | undefined;
}

/**
 * A published reward behind the gate of legibility: `legible * (its formula)`, where `legible` is 1 from nine tenths of the page's text that
 * can be read and 0 at a tenth. With `legible` false or absent the reward as it is.
 *
 * @throws {UsageError} for a reward that is no composition.
 */
export function behindLegibility(scorer: Scorer, { legible = false }: LegibleOption): Scorer {
  if (!legible) return scorer;
  if (!isComposed(scorer))
    throw new UsageError(`${scorer.name} is no composition of parts, so no gate can be put before it.`);
  const { composition } = scorer;
  return composeReward({
    ...composition,
    name: `${scorer.name} (legible)`,
    formula: `legible * (${composition.formula})`,
    parts: { ...composition.parts, legible: renderGate({ name: "legible", readable: true }) },
  });
}

/** Throws a UsageError where released code is asked for with a gate that it does not have. */
export function refuseLegible(system: string, { legible }: LegibleOption): void {
  if (legible)
    throw new UsageError(
      `${system}'s compat profile is what was released, which has no gate for legibility; take the paper profile, or leave legible out.`,
    );
}
