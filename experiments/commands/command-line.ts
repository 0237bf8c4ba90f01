import type { Command, Option } from "commander";

/** Options that change what is printed, and not what is done. */
const OUTPUT_ONLY: ReadonlySet<string> = new Set(["json", "printConfig"]);

/**
 * The command line that does the same again, wherever its options came from: the command line, webgen.config or the
 * defaults. Every option is written out, so that another default or another config changes nothing.
 */
export function commandLine(command: Command): string {
  const options = command.options.flatMap((option) =>
    OUTPUT_ONLY.has(option.attributeName())
      ? []
      : optionText(option, command.getOptionValue(option.attributeName())),
  );
  return ["webgen", command.name(), ...command.args, ...options].map(quoted).join(" ");
}

/** Options that decide what comes out, by name; with the arguments, what a resumed run must have in common. */
export function decisive(command: Command): Record<string, unknown> {
  const irrelevant = new Set([...OUTPUT_ONLY, "out", "import"]);
  return Object.fromEntries(Object.entries(command.opts()).filter(([name]) => !irrelevant.has(name)));
}

function optionText(option: Option, value: unknown): string[] {
  const flag = option.long as string;
  if (option.negate) return value === false ? [flag] : [];
  if (value === undefined || value === false) return [];
  if (value === true) return [flag];
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value.flatMap((item) => [flag, item]);
  return [flag, valueText(value)];
}

/** A value of an option as it would be typed. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value === "object" && value !== null && "width" in value && "height" in value)
    return `${value.width}x${value.height}`;
  return String(value);
}

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
