import type { JsonObject, JsonValue } from "../../../../infra/json.js";

/** What a JSON text holds, or why there is nothing. */
export type PythonJson =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly message: string };

/**
 * Reads JSON as Python's `json.loads` does: as the standard has it, and with `NaN`, `Infinity` and `-Infinity` as numbers
 * (which come back as null here). Never throws.
 */
export function readPythonJson(text: string): PythonJson {
  try {
    return { ok: true, value: JSON.parse(withoutConstants(text)) as JsonValue };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

const STRING_OR_CONSTANT = /"(?:[^"\\]|\\.)*"?|-?Infinity|NaN/gsu;

function withoutConstants(text: string): string {
  return text.replace(STRING_OR_CONSTANT, (found) => (found.startsWith('"') ? found : "null"));
}

/** True for an object, false for a list, null and everything else. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
