import { expect } from "chai";
import * as v from "valibot";
import { describeSchema } from "../../../infra/schema/describe.js";
import { between, count, oneOf, text, toggle, whole } from "../../../infra/schema/fields.js";

describe("the description of a schema", () => {
  const cases: readonly [schema: Parameters<typeof describeSchema>[0], words: string][] = [
    [v.string(), "a text"],
    [v.number(), "a number"],
    [v.boolean(), "true or false"],
    [v.array(v.number()), "a list"],
    [v.tuple([v.number(), v.string()]), "a list of 2 entries"],
    [v.strictTuple([v.number(), v.number(), v.number()]), "a list of 3 entries"],
    [v.object({}), "an object"],
    [v.strictObject({}), "an object"],
    [v.looseObject({}), "an object"],
    [v.record(v.string(), v.number()), "an object"],
    [v.null(), "null"],
    [v.function(), "a function"],
    [v.literal("sft"), '"sft"'],
    [v.literal(3), "3"],
    [v.enum({ Low: 1, High: "high" }), 'one of 1, "high"'],
    [v.picklist(["a", "b"]), 'one of "a", "b"'],
    [v.optional(v.string()), "a text"],
    [v.nullable(v.pipe(v.number(), v.integer())), "a whole number"],
    [v.union([v.string(), v.array(v.string())]), "a text or a list"],
    [v.union([v.pipe(v.string(), v.trim()), v.string()]), "a text"],
    [v.variant("kind", [v.object({ kind: v.literal("a") })]), "an object"],
    [v.date(), "Date"],
    [v.any(), "any"],
    [v.custom(Number.isSafeInteger, "a page number"), "a page number"],
    [v.union([v.string(), v.custom(Array.isArray, "a list of pages")]), "a text or a list of pages"],
    [v.custom(Number.isSafeInteger), "unknown"],
    [v.pipe(v.number(), v.minValue(2)), "a number of at least 2"],
    [v.pipe(v.number(), v.maxValue(9)), "a number of at most 9"],
    [v.pipe(v.number(), v.minValue(2), v.maxValue(9)), "a number from 2 to 9"],
    [v.pipe(v.number(), v.maxValue(9), v.minValue(2)), "a number from 2 to 9"],
    [v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), "a number above 0 of at most 1"],
    [v.pipe(v.number(), v.minValue(0), v.ltValue(1)), "a number of at least 0 below 1"],
    [v.pipe(v.number(), v.multipleOf(4)), "a number that is a multiple of 4"],
    [
      v.pipe(v.number(), v.integer(), v.minValue(8), v.multipleOf(8), v.maxValue(64)),
      "a whole number from 8 to 64 that is a multiple of 8",
    ],
    [v.pipe(v.string(), v.nonEmpty()), "a text that is not empty"],
    [v.pipe(v.string(), v.regex(/^a+$/)), "a text that matches /^a+$/"],
    [v.pipe(v.array(v.number()), v.minLength(2)), "a list of at least 2 entries"],
    [v.pipe(v.array(v.number()), v.maxLength(3)), "a list of at most 3 entries"],
    [v.pipe(v.array(v.number()), v.length(4)), "a list of 4 entries"],
    [v.pipe(v.record(v.string(), v.number()), v.minEntries(1)), "an object with at least 1 entry"],
    [v.pipe(v.record(v.string(), v.number()), v.minEntries(2)), "an object with at least 2 entries"],
    [v.pipe(v.string(), v.trim()), "a text"],
    [v.pipe(v.number(), v.description("seconds"), v.gtValue(0)), "a number above 0 (seconds)"],
    [v.pipe(v.number(), v.metadata({ unit: "s" }), v.description("seconds")), "a number (seconds)"],
    [count("pages"), "a whole number of at least 1 (pages)"],
    [between(0, 1, "share"), "a number from 0 to 1 (share)"],
    [whole(1, 8, "levels"), "a whole number from 1 to 8 (levels)"],
    [text("name"), "a text that is not empty (name)"],
    [toggle("quiet"), "true or false (quiet)"],
    [oneOf(["a", "b"], "side"), 'one of "a", "b" (side)'],
    [oneOf(["a", "b"]), 'one of "a", "b"'],
    [toggle(), "true or false"],
  ];
  it("says in words what is taken, with bounds and note", () => {
    for (const [schema, words] of cases) expect(describeSchema(schema)).to.equal(words);
  });

  it("names the kind of a schema that it has no word for", () => {
    const odd = { type: "teapot", expects: null } as unknown as Parameters<typeof describeSchema>[0];
    expect(describeSchema(odd)).to.equal('a value of the kind "teapot"');
  });
});
