import * as v from "valibot";
import { didYouMean } from "../did-you-mean.js";
import { UsageError } from "../errors.js";
import { type AnySchema, describeSchema } from "./describe.js";

/** Faults that one error names at most. */
const MOST_FAULTS = 5;

/**
 * Value of a configuration, once it fits its schema, with the schema's defaults and transformations applied. Throws a UsageError of
 * whole sentences, one for each fault (the first five): the key path, what was expected, what came, and a suggestion for a
 * key that is not known.
 *
 * `owner` names the whole as a noun phrase in lower case: "the reward config", `preset "pages"`.
 *
 * @example
 * const Recipe = v.strictObject({ steps: count("steps of the optimiser") });
 * checkConfig(Recipe, { steps: -3 }, "the recipe");
 * // UsageError: "steps" of the recipe should be a whole number of at least 1 (steps of the optimiser), but is -3.
 */
export function checkConfig<const Schema extends AnySchema>(
  schema: Schema,
  value: unknown,
  owner: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new UsageError(sentences(schema, result.issues, owner).slice(0, MOST_FAULTS).join(" "));
}

/** Faults of a value as whole sentences, in the order of the schema; empty when the value fits. */
export function faultsOf(schema: AnySchema, value: unknown, owner: string): string[] {
  const result = v.safeParse(schema, value);
  return result.success ? [] : sentences(schema, result.issues, owner);
}

type Issue = v.BaseIssue<unknown>;

function sentences(schema: AnySchema, issues: readonly Issue[], owner: string): string[] {
  const found = issues
    .flatMap((issue) => innermost(issue, []))
    .map((fault) => sentence(schema, fault, owner));
  return [...new Set(found)];
}

interface Fault {
  readonly issue: Issue;
  /** Keys from the whole to the place. */
  readonly keys: readonly (string | number)[];
}

const keyOf = ({ key }: { readonly key: unknown }) => key as string | number;

/**
 * Faults that an issue stands for. Of a union it is those of the option that fits best: the one with the deepest fault; of a
 * list where an object should be, or with more entries than a tuple has, that alone.
 */
function innermost(issue: Issue, above: readonly (string | number)[]): Fault[] {
  const path = issue.path ?? [];
  const list = path.findIndex(({ type, input }) => type === "object" && Array.isArray(input));
  if (list >= 0) {
    const listIssue = { ...issue, type: "strict_object", expected: "Object", input: path[list]?.input };
    return [{ issue: listIssue, keys: [...above, ...path.slice(0, list).map(keyOf)] }];
  }
  const keys = [...above, ...path.map(keyOf)];
  if (issue.type === "strict_tuple" && issue.expected === "never")
    return [{ issue: { ...issue, expected: "Array", input: path.at(-1)?.input }, keys: keys.slice(0, -1) }];
  const inner =
    issue.issues?.map((each) => innermost(each, keys)).filter((faults) => faults.length > 0) ?? [];
  const deepest = Math.max(0, ...inner.flat().map((fault) => fault.keys.length));
  if (issue.type !== "union" || deepest <= keys.length) return [{ issue, keys }];
  return inner.flat().filter((fault) => fault.keys.length > keys.length);
}

function sentence(schema: AnySchema, { issue, keys }: Fault, owner: string): string {
  const last = issue.path?.at(-1);
  const place = keys.length === 0 ? capitalised(owner) : `"${keyPath(keys)}" of ${owner}`;
  if (isUnknownKey(issue)) {
    const known = Object.keys(entriesAt(schema, keys.slice(0, -1), last?.input) ?? {});
    return `${place} is not known.${didYouMean(String(last?.key), known)}`;
  }
  const at = schemaAt(schema, keys, issue);
  const custom = issue.kind === "validation" && (issue.type === "check" || issue.type === "partial_check");
  const expected = custom ? issue.message : at ? describeSchema(at) : `${issue.expected}`;
  const missing = isMissingKey(issue);
  return `${place} should be ${expected}, but ${missing ? "is missing" : `is ${shown(issue.input)}`}.`;
}

const isUnknownKey = ({ type, expected }: Issue): boolean => type === "strict_object" && expected === "never";

const isMissingKey = ({ type, expected, received }: Issue): boolean =>
  type.endsWith("object") && received === "undefined" && expected !== "Object";

/** Path of keys as it would be written in code: `parts.length.full`, `items[2].title`. */
export function keyPath(keys: readonly (string | number)[]): string {
  return keys.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("");
}

/** Value as a reader would write it, cut to 80 characters. */
export function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint" || value === undefined) return String(value);
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Nested {
  readonly type: string;
  readonly wrapped?: AnySchema;
  readonly entries?: Readonly<Record<string, AnySchema>>;
  readonly item?: AnySchema;
  readonly items?: readonly AnySchema[];
  readonly value?: AnySchema;
  readonly rest?: AnySchema;
  readonly options?: readonly AnySchema[];
  readonly pipe?: readonly AnySchema[];
}

/** Schemas that may stand at a schema's own place: itself without wrappers, or the options of a union. */
function formsOf(schema: AnySchema): Nested[] {
  const nested = schema as unknown as Nested;
  if (nested.wrapped) return formsOf(nested.wrapped);
  if (nested.type === "union" || nested.type === "variant") return (nested.options ?? []).flatMap(formsOf);
  return [nested];
}

function inside(form: Nested, key: string | number): AnySchema[] {
  const inner =
    form.entries && Object.hasOwn(form.entries, key)
      ? form.entries[key]
      : (form.item ??
        form.items?.[Number(key)] ??
        (form.type === "record" ? form.value : form.type === "object_with_rest" ? form.rest : undefined));
  return inner ? [inner] : [];
}

function schemasAt(schema: AnySchema, keys: readonly (string | number)[]): AnySchema[] {
  return keys.reduce<AnySchema[]>(
    (found, key) => found.flatMap(formsOf).flatMap((form) => inside(form, key)),
    [schema],
  );
}

/** The schema that an issue is about: that of its kind among those at its place. */
function schemaAt(
  schema: AnySchema,
  keys: readonly (string | number)[],
  { type }: Issue,
): AnySchema | undefined {
  const found = schemasAt(schema, keys);
  const ofKind = found.filter((each) => formsOf(each).some((form) => form.type === type));
  return found.length === 1 ? found[0] : (ofKind[0] ?? found[0]);
}

/** Entries of the object schema at a place; of several the one that knows most keys of the value. */
function entriesAt(
  schema: AnySchema,
  keys: readonly (string | number)[],
  value: unknown,
): Readonly<Record<string, AnySchema>> | undefined {
  const given = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return schemasAt(schema, keys)
    .flatMap(formsOf)
    .flatMap(({ entries }) => (entries ? [entries] : []))
    .map((entries) => ({ entries, known: given.filter((key) => Object.hasOwn(entries, key)).length }))
    .sort((a, b) => b.known - a.known)[0]?.entries;
}
