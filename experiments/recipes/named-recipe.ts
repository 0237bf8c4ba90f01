import type { JsonObject } from "../../infra/json.js";

/** A recipe that can be named, as data. */
export interface NamedRecipe {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** In which keys it differs from the quickstart's. */
  readonly changes: JsonObject;
  /** What its source says and this program's policy cannot take, one sentence each. */
  readonly notTaken: readonly string[];
}
