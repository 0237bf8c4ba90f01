import { expect } from "chai";
import * as v from "valibot";
import { UsageError } from "../../../infra/errors.js";
import { checkConfig, faultsOf, keyPath, shown } from "../../../infra/schema/check.js";
import {
  between,
  count,
  finite,
  nonNegative,
  oneOf,
  positive,
  text,
  toggle,
  whole,
} from "../../../infra/schema/fields.js";
import { jsonSchemaOf } from "../../../infra/schema/json-schema.js";

const policy = oneOf(["fail", "renormalize"]);
const Config = v.strictObject({
  formula: text(),
  deadline: v.optional(positive("milliseconds")),
  onNull: v.optional(v.union([policy, v.strictObject({ failed: policy, skipped: policy })])),
  parts: v.optional(
    v.record(v.string(), v.union([text(), v.looseObject({ reward: text(), size: v.optional(finite()) })])),
  ),
  sizes: v.optional(v.array(v.strictObject({ width: whole(1, 4096) }))),
  share: v.optional(between(0, 1)),
  retries: v.optional(count("further attempts", 0)),
  penalty: v.optional(nonNegative()),
  quiet: v.optional(toggle()),
});

const owner = "the config";
const said = (value: object) => faultsOf(Config, value, owner);

describe("checkConfig", () => {
  it("returns what fits, with defaults", () => {
    const schema = v.strictObject({ steps: v.optional(count(), 7), name: text() });
    expect(checkConfig(schema, { name: "n" }, owner)).to.deep.equal({ steps: 7, name: "n" });
  });

  const cases: [what: string, value: object, sentences: string[]][] = [
    [
      "a text for a number, with the unit",
      { formula: "a", deadline: "5s" },
      ['"deadline" of the config should be a number above 0 (milliseconds), but is "5s".'],
    ],
    [
      "a number out of its bound",
      { formula: "a", deadline: -1 },
      ['"deadline" of the config should be a number above 0 (milliseconds), but is -1.'],
    ],
    [
      "zero where it must be above",
      { formula: "a", deadline: 0 },
      ['"deadline" of the config should be a number above 0 (milliseconds), but is 0.'],
    ],
    [
      "an endless number",
      { formula: "a", deadline: Number.POSITIVE_INFINITY },
      ['"deadline" of the config should be a number above 0 (milliseconds), but is Infinity.'],
    ],
    [
      "a key that is missing",
      { share: 1 },
      ['"formula" of the config should be a text that is not empty, but is missing.'],
    ],
    [
      "a key that is not known, with a suggestion",
      { formula: "a", dedline: 5 },
      ['"dedline" of the config is not known. Did you mean "deadline"?'],
    ],
    [
      "a key that is not known within a list, with the path",
      { formula: "a", sizes: [{ width: 1 }, { width: 2, hight: 3 }] },
      ['"sizes[1].hight" of the config is not known. Known: "width".'],
    ],
    [
      "a share above 1",
      { formula: "a", share: 1.5 },
      ['"share" of the config should be a number from 0 to 1, but is 1.5.'],
    ],
    [
      "a fraction for a count",
      { formula: "a", retries: 0.5 },
      ['"retries" of the config should be a whole number of at least 0 (further attempts), but is 0.5.'],
    ],
    [
      "a negative penalty",
      { formula: "a", penalty: -0.5 },
      ['"penalty" of the config should be a number of at least 0, but is -0.5.'],
    ],
    [
      "a word for true or false",
      { formula: "a", quiet: "yes" },
      ['"quiet" of the config should be true or false, but is "yes".'],
    ],
    [
      "a word that is none of a union's, with all its forms",
      { formula: "a", onNull: "ignore" },
      ['"onNull" of the config should be one of "fail", "renormalize" or an object, but is "ignore".'],
    ],
    [
      "a fault within the form of a union that was meant",
      { formula: "a", onNull: { failed: "fail", skipped: "x" } },
      ['"onNull.skipped" of the config should be one of "fail", "renormalize", but is "x".'],
    ],
    [
      "an unknown key within the form of a union that was meant",
      { formula: "a", onNull: { failed: "fail", skipped: "fail", skiped: "fail" } },
      ['"onNull.skiped" of the config is not known. Did you mean "skipped"?'],
    ],
    [
      "a fault below a name of the user's",
      { formula: "a", parts: { looks: { reward: "visual", size: "large" } } },
      ['"parts.looks.size" of the config should be a number, but is "large".'],
    ],
    [
      "a value of neither form",
      { formula: "a", parts: { looks: 7 } },
      ['"parts.looks" of the config should be a text that is not empty or an object, but is 7.'],
    ],
    [
      "several faults, each in a sentence",
      { formula: 7, share: -1 },
      [
        '"formula" of the config should be a text that is not empty, but is 7.',
        '"share" of the config should be a number from 0 to 1, but is -1.',
      ],
    ],
  ];
  for (const [what, value, sentences] of cases) {
    it(`tells ${what}`, () => {
      expect(said(value)).to.deep.equal(sentences);
      expect(() => checkConfig(Config, value, owner)).to.throw(UsageError, sentences.join(" "));
    });
  }

  it("tells when the whole is no object", () => {
    expect(faultsOf(Config, [1], owner)).to.deep.equal(["The config should be an object, but is [1]."]);
    expect(faultsOf(Config, { formula: "a", sizes: [[1]] }, owner)).to.deep.equal([
      '"sizes[0]" of the config should be an object, but is [1].',
    ]);
    expect(faultsOf(Config, null, owner)).to.deep.equal(["The config should be an object, but is null."]);
  });

  it("takes the words of a check of its own", () => {
    const even = v.pipe(
      v.number(),
      v.check((n) => n % 2 === 0, "an even number"),
    );
    expect(faultsOf(v.strictObject({ n: even }), { n: 3 }, owner)).to.deep.equal([
      '"n" of the config should be an even number, but is 3.',
    ]);
  });

  it("tells what is wrong with a list of a fixed length", () => {
    const share = between(0, 1);
    const betas = v.strictObject({ betas: v.strictTuple([share, share]) });
    const faults = (value: unknown) => faultsOf(betas, { betas: value }, owner);
    expect(faults([0.9, 0.999])).to.deep.equal([]);
    expect(faults(0.9)).to.deep.equal(['"betas" of the config should be a list of 2 entries, but is 0.9.']);
    expect(faults([0.9, 1.5])).to.deep.equal([
      '"betas[1]" of the config should be a number from 0 to 1, but is 1.5.',
    ]);
    expect(faults([0.9])).to.deep.equal([
      '"betas[1]" of the config should be a number from 0 to 1, but is undefined.',
    ]);
    expect(faults([0.9, 0.99, 0.999])).to.deep.equal([
      '"betas" of the config should be a list of 2 entries, but is [0.9,0.99,0.999].',
    ]);
  });

  it("takes the words of a schema of its own, alone and among others", () => {
    const free = v.custom((value) => typeof value === "object", "an object of any keys");
    const schema = v.strictObject({ data: free, reward: v.optional(v.union([text(), free])) });
    expect(faultsOf(schema, { data: 7, reward: 8 }, owner)).to.deep.equal([
      '"data" of the config should be an object of any keys, but is 7.',
      '"reward" of the config should be a text that is not empty or an object of any keys, but is 8.',
    ]);
  });

  it("looks up what is known in the form of a union that fits most keys", () => {
    const disc = v.strictObject({ kind: v.literal("disc"), radius: finite() });
    const box = v.strictObject({ kind: v.literal("box"), radii: v.optional(finite()), height: finite() });
    const schema = v.strictObject({ shape: v.variant("kind", [disc, box]) });
    expect(faultsOf(schema, { shape: { kind: "box", height: 1, hight: 2 } }, owner)).to.deep.equal([
      '"shape.hight" of the config is not known. Did you mean "height"?',
    ]);
    expect(faultsOf(schema, { shape: { kind: "disc", radius: 1, raduis: 2 } }, owner)).to.deep.equal([
      '"shape.raduis" of the config is not known. Did you mean "radius"?',
    ]);
    expect(faultsOf(schema, { shape: { kind: "box", height: "tall" } }, owner)).to.deep.equal([
      '"shape.height" of the config should be a number, but is "tall".',
    ]);
  });

  it("says of each form of a union what it wants of a key that both know", () => {
    const forms = v.union([v.strictObject({ size: finite() }), v.strictObject({ size: toggle() })]);
    expect(faultsOf(v.strictObject({ page: forms }), { page: { size: "wide" } }, owner)).to.deep.equal([
      '"page.size" of the config should be a number, but is "wide".',
      '"page.size" of the config should be true or false, but is "wide".',
    ]);
  });

  it("tells an object that is not there from one that is", () => {
    expect(faultsOf(Config, undefined, owner)).to.deep.equal([
      "The config should be an object, but is undefined.",
    ]);
    const nested = v.strictObject({ page: v.object({ width: finite() }) });
    expect(faultsOf(nested, { page: {} }, owner)).to.deep.equal([
      '"page.width" of the config should be a number, but is missing.',
    ]);
    expect(faultsOf(nested, {}, owner)).to.deep.equal([
      '"page" of the config should be an object, but is missing.',
    ]);
  });

  it("takes the words of a check on some keys of an object", () => {
    const range = v.pipe(
      v.strictObject({ from: finite(), to: finite(), note: v.optional(text()) }),
      v.partialCheck([["from"], ["to"]], ({ from, to }) => from < to, "a range whose end is above its start"),
    );
    expect(faultsOf(v.strictObject({ range }), { range: { from: 2, to: 1 } }, owner)).to.deep.equal([
      '"range" of the config should be a range whose end is above its start, but is {"from":2,"to":1}.',
    ]);
  });

  it("tells five faults at most at once", () => {
    const schema = v.strictObject(Object.fromEntries("abcdefg".split("").map((name) => [name, finite()])));
    expect(faultsOf(schema, {}, owner)).to.have.length(7);
    expect(() => checkConfig(schema, {}, owner)).to.throw(
      /^("[a-e]" of the config should be a number, but is missing\. ?){5}$/,
    );
  });
});

describe("what a message shows", () => {
  it("is cut, and names what JSON cannot write", () => {
    expect(shown("x".repeat(100))).to.equal(`"${"x".repeat(79)}...`);
    expect(shown("x".repeat(78))).to.equal(`"${"x".repeat(78)}"`);
    expect(shown(Number.NaN)).to.equal("NaN");
    expect(shown(12n)).to.equal("12");
    expect(shown(Symbol("mark"))).to.equal("Symbol(mark)");
    expect(shown(() => 1)).to.equal("a function");
  });

  it("is a path as in code", () => {
    expect(keyPath(["parts", "a", 2, "b"])).to.equal("parts.a[2].b");
    expect(keyPath([0, "b"])).to.equal("[0].b");
  });
});

describe("jsonSchemaOf", () => {
  it("writes a strict object as servers that constrain output want it", () => {
    const schema = v.strictObject({
      grade: whole(0, 10),
      better: v.picklist(["A", "B"]),
      items: v.pipe(v.array(v.strictObject({ points: between(0, 4.5) })), v.minLength(2), v.maxLength(2)),
    });
    expect(jsonSchemaOf(schema)).to.deep.equal({
      type: "object",
      properties: {
        grade: { type: "integer", minimum: 0, maximum: 10 },
        better: { type: "string", enum: ["A", "B"] },
        items: {
          type: "array",
          minItems: 2,
          maxItems: 2,
          items: {
            type: "object",
            properties: { points: { type: "number", minimum: 0, maximum: 4.5 } },
            required: ["points"],
            additionalProperties: false,
          },
        },
      },
      required: ["grade", "better", "items"],
      additionalProperties: false,
    });
  });
});
