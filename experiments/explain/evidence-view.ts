import type { Scorecard } from "../../index.js";
import type { JsonValue } from "../../infra/json.js";
import { html, type Markup } from "../report/html.js";

/** What every part found, folded away, as it would stand in JSON. */
export function evidenceView({ parts }: Scorecard): Markup | undefined {
  const known = Object.entries(parts).filter(([, { evidence }]) => evidence !== undefined);
  if (known.length === 0) return undefined;
  return html`${known.map(
    ([name, { evidence }]) =>
      html`<details class="evidence"><summary>${name}</summary><pre>${JSON.stringify(rounded(evidence as JsonValue), null, 2)}</pre></details>`,
  )}`;
}

/** Numbers with four digits after the point. */
export function rounded(value: JsonValue): JsonValue {
  if (typeof value === "number") return Number(value.toFixed(4));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner as JsonValue)]));
}
