import { didYouMean } from "../../infra/did-you-mean.js";
import { UsageError } from "../../infra/errors.js";

/**
 * The profile a preset was asked for: `paper` is the published intent with its defects mended, `compat` what the released
 * code computes, so that numbers can be compared. Throws a UsageError with a suggestion for one that `system` does not have.
 */
export function checkProfile<Profile extends string>(
  system: string,
  profile: Profile,
  known: readonly Profile[],
): Profile {
  if (known.includes(profile)) return profile;
  const suggestion = didYouMean(String(profile), known);
  throw new UsageError(`${system} has no profile ${JSON.stringify(profile)}.${suggestion}`);
}
