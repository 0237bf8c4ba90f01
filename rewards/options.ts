import { didYouMean } from "../infra/did-you-mean.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";

/** What an option may be: a number, a text, a switch, or one of some words. */
export type OptionKind = "number" | "string" | "boolean" | readonly string[];

/**
 * Options as they come from a config file, once every name and kind is known to be right. Throws a UsageError that names
 * the option, what was expected and what came.
 */
export function checkOptions<Options extends object>(
  owner: string,
  options: JsonObject,
  kinds: Readonly<Record<string, OptionKind>>,
): Options {
  const names = Object.keys(kinds);
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined)
      throw new UsageError(`${owner} has no option "${name}".${didYouMean(name, names)}`);
    const fits =
      typeof kind === "string"
        ? typeof value === kind && !Number.isNaN(value)
        : typeof value === "string" && kind.includes(value);
    if (!fits) {
      const expected = typeof kind === "string" ? `a ${kind}` : `one of ${kind.join(", ")}`;
      throw new UsageError(
        `Option "${name}" of ${owner} should be ${expected}, but is ${JSON.stringify(value)}.`,
      );
    }
  }
  return options as Options;
}
