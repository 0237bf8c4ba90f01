import type { JsonObject, JsonValue } from "../../infra/json.js";

/** What a judge's answer must be, in the part of JSON Schema that servers which constrain output share. */
export type Shape =
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, Shape>>;
      /** Every property is required and no other is allowed, as strict servers want it; {@link objectShape} says so. */
      readonly required: readonly string[];
      readonly additionalProperties: false;
      readonly description?: string;
    }
  | {
      readonly type: "array";
      readonly items: Shape;
      readonly minItems?: number;
      readonly maxItems?: number;
      readonly description?: string;
    }
  | {
      readonly type: "number" | "integer";
      readonly minimum?: number;
      readonly maximum?: number;
      readonly description?: string;
    }
  | { readonly type: "string"; readonly enum?: readonly string[]; readonly description?: string }
  | { readonly type: "boolean"; readonly description?: string };

/** An object with exactly these properties. */
export function objectShape(properties: Readonly<Record<string, Shape>>): Shape & { type: "object" } {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** Why a value is not of a shape, as half a sentence about the first place that is wrong; null when it is. */
export function misfit(shape: Shape, value: JsonValue | undefined, place = "the answer"): string | null {
  const wrong = (expected: string) => `${place} should be ${expected}, but is ${show(value)}`;
  switch (shape.type) {
    case "object":
      return isObject(value) ? objectMisfit(shape, value, place) : wrong("an object");
    case "array":
      return Array.isArray(value) ? arrayMisfit(shape, value, place) : wrong("a list");
    case "string":
      if (typeof value !== "string") return wrong("a text");
      return shape.enum && !shape.enum.includes(value) ? wrong(`one of ${shape.enum.join(", ")}`) : null;
    case "boolean":
      return typeof value === "boolean" ? null : wrong("true or false");
    default: {
      const { type, minimum = -Infinity, maximum = Infinity } = shape;
      const fits = type === "integer" ? Number.isInteger(value) : Number.isFinite(value);
      if (!fits) return wrong(type === "integer" ? "a whole number" : "a number");
      const number = value as number;
      return number < minimum || number > maximum ? wrong(`from ${minimum} to ${maximum}`) : null;
    }
  }
}

function objectMisfit(shape: Shape & { type: "object" }, value: JsonObject, place: string): string | null {
  const extra = Object.keys(value).find((key) => !Object.hasOwn(shape.properties, key));
  if (extra !== undefined) return `${place} should not have "${extra}"`;
  for (const [key, property] of Object.entries(shape.properties)) {
    if (!Object.hasOwn(value, key)) return `${place} lacks "${key}"`;
    const inside = misfit(property, value[key], `"${key}"`);
    if (inside !== null) return inside;
  }
  return null;
}

function arrayMisfit(
  { items, minItems = 0, maxItems = Infinity }: Shape & { type: "array" },
  value: readonly JsonValue[],
  place: string,
): string | null {
  if (value.length < minItems || value.length > maxItems)
    return `${place} should have ${minItems === maxItems ? minItems : `${minItems} to ${maxItems}`} entries, but has ${value.length}`;
  for (const [i, item] of value.entries()) {
    const inside = misfit(items, item, `entry ${i + 1} of ${place}`);
    if (inside !== null) return inside;
  }
  return null;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
