import type { BaseIssue, BaseSchema } from "valibot";

/** Any schema of valibot that answers at once. */
export type AnySchema = BaseSchema<unknown, unknown, BaseIssue<unknown>>;

/** What is looked at of a schema or of a step of its pipe; each kind has some of these. */
interface Described {
  readonly type: string;
  readonly literal?: unknown;
  readonly options?: readonly unknown[];
  readonly items?: readonly unknown[];
  readonly wrapped?: AnySchema;
  readonly requirement?: unknown;
  readonly expects?: string | null;
  readonly message?: unknown;
  readonly description?: string;
  readonly pipe?: readonly Described[];
}

/** Nouns of the schemas that take no arguments. */
const NOUNS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  strict_object: "an object",
  loose_object: "an object",
  record: "an object",
  null: "null",
  function: "a function",
};

/** Words for a step of a pipe, by its type; null for one that needs none. */
const WORDS: Readonly<Record<string, (requirement: unknown) => string | null>> = {
  min_value: (least) => `of at least ${least}`,
  max_value: (most) => `of at most ${most}`,
  gt_value: (bound) => `above ${bound}`,
  lt_value: (bound) => `below ${bound}`,
  multiple_of: (step) => `that is a multiple of ${step}`,
  non_empty: () => "that is not empty",
  min_length: (least) => `of at least ${least} entries`,
  max_length: (most) => `of at most ${most} entries`,
  length: (count) => `of ${count} entries`,
  min_entries: (least) => `with at least ${least} ${least === 1 ? "entry" : "entries"}`,
  regex: (pattern) => `that matches ${pattern}`,
};

/**
 * Description of what a schema takes, as a noun phrase: "a whole number from 1 to 8", `one of "fail", "renormalize"`, "a text or
 * a list". What `v.description(...)` says of the schema follows in brackets.
 */
export function describeSchema(schema: AnySchema): string {
  const described = schema as unknown as Described;
  const steps = stepsOf(described);
  const [base = described] = steps;
  const note = steps.find(({ type, description }) => type === "description" && description)?.description;
  const words = steps.slice(1).flatMap((step) => wordsOf(step, steps));
  const noun = nounOf(base, steps);
  return [noun, ...words, ...(note ? [`(${note})`] : [])].join(" ");
}

/** Steps of a schema's pipe, those of a pipe within it among them. */
function stepsOf({ pipe = [] }: Described): Described[] {
  return pipe.flatMap((step) => (step.pipe ? stepsOf(step) : [step]));
}

function nounOf(schema: Described, steps: readonly Described[]): string {
  if (schema.wrapped) return describeSchema(schema.wrapped);
  if (schema.type === "number" && steps.some(({ type }) => type === "integer")) return "a whole number";
  if (schema.type === "literal") return JSON.stringify(schema.literal);
  if (schema.type === "picklist" || schema.type === "enum")
    return `one of ${(schema.options ?? []).map((option) => JSON.stringify(option)).join(", ")}`;
  if (schema.type === "union" || schema.type === "variant")
    return [...new Set((schema.options ?? []).map((option) => describeSchema(option as AnySchema)))].join(
      " or ",
    );
  if (schema.items) return `a list of ${schema.items.length} entries`;
  if (schema.type === "custom" && typeof schema.message === "string") return schema.message;
  return NOUNS[schema.type] ?? schema.expects ?? `a value of the kind "${schema.type}"`;
}

function wordsOf({ type, requirement }: Described, steps: readonly Described[]): string[] {
  const least = steps.find((step) => step.type === "min_value");
  const most = steps.find((step) => step.type === "max_value");
  if (least && most) {
    if (type === "min_value") return [`from ${requirement} to ${most.requirement}`];
    if (type === "max_value") return [];
  }
  const words = WORDS[type]?.(requirement) ?? null;
  return words === null ? [] : [words];
}
