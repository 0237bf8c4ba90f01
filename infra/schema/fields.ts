import * as v from "valibot";
import type { AnySchema } from "./describe.js";

// Schemas of the values that configurations are made of. `note` says in a few words what a value is, for messages and help.

/** A schema with a note, when there is one. */
const noted = <Schema extends AnySchema>(schema: Schema, note: string): Schema =>
  note === "" ? schema : (v.pipe(schema, v.description(note)) as unknown as Schema);

/** Schema of a finite number, e.g. a weight. */
export const finite = (note = "") => noted(v.pipe(v.number(), v.finite()), note);

/** Schema of a finite number within bounds, both inclusive. */
export const between = (least: number, most: number, note = "") =>
  noted(v.pipe(v.number(), v.minValue(least), v.maxValue(most)), note);

/** Schema of a finite number above 0, e.g. a time in milliseconds. */
export const positive = (note = "") => noted(v.pipe(v.number(), v.finite(), v.gtValue(0)), note);

/** Schema of a finite number of at least 0, e.g. a penalty. */
export const nonNegative = (note = "") => noted(v.pipe(v.number(), v.finite(), v.minValue(0)), note);

/** Schema of a whole number of at least `least`, by default 1: how many of something. */
export const count = (note = "", least = 1) =>
  noted(v.pipe(v.number(), v.integer(), v.minValue(least)), note);

/** Schema of a whole number within bounds, both inclusive. */
export const whole = (least: number, most: number, note = "") =>
  noted(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)), note);

/** Schema of a text that is not empty. */
export const text = (note = "") => noted(v.pipe(v.string(), v.nonEmpty()), note);

/** Schema of true or false. */
export const toggle = (note = "") => noted(v.boolean(), note);

/** Schema of one of some words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words, note = "") =>
  noted(v.picklist(words), note);
