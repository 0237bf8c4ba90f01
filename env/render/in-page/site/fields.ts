/* Runs inside the page; see `survey.ts`. */

import type { Query } from "../../../contract/probe.js";
import { openScene } from "../probes/open-scene.js";
import { find } from "../probes/query.js";
import { plain } from "../probes/scene.js";
import { setField } from "./survey.js";

/** The first element that one of the queries finds, in the order of the queries. */
export function firstOf(queries: readonly Query[]): Element | null {
  const scene = openScene();
  for (const query of queries) {
    const element = find(scene, query)[0];
    if (element !== undefined) return element;
  }
  return null;
}

/** The first of the queries that finds anything, or null. */
export function firstQuery(queries: readonly Query[]): Query | null {
  const scene = openScene();
  return queries.find((query) => find(scene, query).length > 0) ?? null;
}

/** Chooses an option by its text or value. False when there is no such list or option. */
export function choose(queries: readonly Query[], option: string): boolean {
  const element = firstOf(queries);
  if (!(element instanceof HTMLSelectElement)) return false;
  const wanted = plain(option);
  const found = Array.from(element.options).find(
    ({ text, value }) => plain(text) === wanted || plain(value) === wanted,
  );
  if (found === undefined) return false;
  setField(element, found.value);
  return true;
}

/**
 * Makes a text field ready to be typed into: focused, its content selected. A field that is not typed into (a date, a
 * range, a colour) is given the text at once. `typed` then says so; null when there is no field.
 */
export function enterField(queries: readonly Query[], text: string): "type" | "done" | null {
  const element = firstOf(queries);
  const field =
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
  if (field === null || field.disabled || field.readOnly) return null;
  if (
    field instanceof HTMLInputElement &&
    /^(date|time|month|week|datetime-local|range|color)$/.test(field.type)
  ) {
    setField(field, text);
    return "done";
  }
  field.focus();
  field.select();
  return "type";
}

/** Gives a file field one text file. Its label may stand for it. */
export function giveFile(queries: readonly Query[], name: string, text: string): boolean {
  const element = firstOf(queries);
  const labelled = element instanceof HTMLLabelElement ? element.control : element;
  const fields = Array.from(document.querySelectorAll<HTMLInputElement>("input[type=file]"));
  const field = fields.find((each) => each === labelled) ?? (fields.length === 1 ? fields[0] : undefined);
  if (field === undefined) return false;
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "text/plain" }));
  field.files = transfer.files;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/** What stands in a field, or null when there is none. */
export function fieldValue(queries: readonly Query[]): string | null {
  const element = firstOf(queries) as HTMLInputElement | null;
  if (element === null || !("value" in element)) return null;
  return /^(checkbox|radio)$/.test(element.type) ? String(element.checked) : String(element.value);
}

/** An attribute of the first match, "" for an absent one; null when nothing matches. */
export function attributeOf(queries: readonly Query[], name: string): string | null {
  const element = firstOf(queries);
  return element === null ? null : (Element.prototype.getAttribute.call(element, name) ?? "");
}
