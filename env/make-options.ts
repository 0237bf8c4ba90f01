import * as v from "valibot";
import { checkConfig } from "../infra/schema/check.js";
import { count, oneOf, text } from "../infra/schema/fields.js";
import type { Split } from "./contract/task.js";

/** The splits of a data set. */
const split = oneOf(["train", "validation", "test"] satisfies [Split, ...Split[]]);

/** An object with these methods, whatever else it holds. */
const having = (...methods: readonly string[]) =>
  v.looseObject(Object.fromEntries(methods.map((method) => [method, v.function()])));

const MAKE_OPTIONS = v.strictObject({
  maxTurns: v.optional(count("answers per episode")),
  split: v.optional(split),
  scorer: v.optional(having("score")),
  tasks: v.optional(having("size", "at", "byId")),
  extraction: v.optional(text()),
  renderer: v.optional(having("render", "close")),
  dataset: v.optional(v.looseObject({})),
});

const RESET_OPTIONS = v.strictObject({
  seed: v.optional(v.number()),
  taskId: v.optional(v.string()),
  options: v.optional(v.strictObject({ split: v.optional(split) })),
});

/** Checks what came as options of `make`. Throws a UsageError of whole sentences for what does not fit or is not known. */
export function checkMakeOptions(options: unknown): void {
  checkConfig(MAKE_OPTIONS, options, "the options of make");
}

/** The same of `reset`. */
export function checkResetOptions(options: unknown): void {
  checkConfig(RESET_OPTIONS, options, "the options of reset");
}
