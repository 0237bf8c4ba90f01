import type { JsonObject, JsonValue } from "../../infra/json.js";
import { faultsOf } from "../../infra/schema/check.js";
import type { AnySchema } from "../../infra/schema/describe.js";

/** A reply read by the schema that was asked for, or why it cannot be. */
export type ReadReply =
  | { readonly answer: JsonObject; readonly fault?: undefined }
  | { readonly answer?: undefined; readonly fault: string };

const THOUGHTS = /^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/i;
const FENCED = /^```(?:json)?[ \t]*\n([\s\S]*?)\n?```$/i;

/**
 * Reads a judge's reply strictly: one JSON object of the given schema, alone, or in one code fence, thoughts before it aside. JSON
 * somewhere within prose is not looked for: it may be the page's own words that the judge quotes.
 */
export function readReply(text: string, schema: AnySchema): ReadReply {
  const bare = text.replace(THOUGHTS, "").trim();
  const source = (FENCED.exec(bare)?.[1] ?? bare).trim();
  if (source === "") return { fault: "the answer is empty" };
  let value: JsonValue;
  try {
    value = JSON.parse(source) as JsonValue;
  } catch {
    return { fault: `the answer is not one JSON object: ${JSON.stringify(source.slice(0, 60))}` };
  }
  const [fault] = faultsOf(schema, value, "the answer");
  return fault === undefined ? { answer: value as JsonObject } : { fault: fault.replace(/\.$/, "") };
}
