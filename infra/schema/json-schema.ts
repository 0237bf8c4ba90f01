import { toJsonSchema } from "@valibot/to-json-schema";
import type { JsonObject } from "../json.js";
import type { AnySchema } from "./describe.js";

/** JSON Schema (draft 7) of what a schema takes, without the `$schema` line, as servers that constrain output want it. */
export function jsonSchemaOf(schema: AnySchema): JsonObject {
  const { $schema: _, ...rest } = toJsonSchema(schema);
  return rest as JsonObject;
}
