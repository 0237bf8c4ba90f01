import { expect } from "chai";
import fc from "fast-check";
import { evaluate as mathEvaluate } from "mathjs";
import { UsageError } from "../../infra/errors.js";
import { evaluate, type NullPolicy, type Value } from "../../rewards/formula/evaluate.js";
import { parseFormula } from "../../rewards/formula/parse.js";

const PARTS = ["rep", "render", "a", "b", "c"];

function value(formula: string, values: Record<string, Value>, onNull: NullPolicy = "fail"): Value {
  return evaluate(parseFormula(formula, PARTS), values, { failed: onNull, skipped: onNull });
}

describe("parseFormula", () => {
  it("computes what mathjs computes, for any values", () => {
    const formulas = [
      "rep * render * (0.6 * a + 0.3 * b + 0.1 * c)",
      "a - b - c + 2 * (a - b)",
      "a ^ 2 / (1 + b) - -c / 3",
      "max(a, b) * min(b, c, 0.5) + sqrt(abs(a - b))",
      "(a + b + c) / 3",
      "a < 0.5 and b >= 0.2 ? a * b : c",
    ];
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...formulas),
        fc.tuple(share, share, share, share, share),
        (text, numbers) => {
          const values = Object.fromEntries(PARTS.map((part, i) => [part, numbers[i]!]));
          expect(value(text, values)).to.equal(Number(mathEvaluate(text, { ...values })));
        },
      ),
    );
  });

  it("knows mean and clamp", () => {
    expect(value("mean(a, b)", { a: 0.2, b: 0.6 })).to.be.closeTo(0.4, 1e-12);
    expect(value("clamp(2 * a, 0, 1)", { a: 0.8 })).to.equal(1);
  });

  const wrong: [formula: string, ...says: string[]][] = [
    ["rep * rendr", "position 7", '"rendr"', 'Did you mean "render"'],
    ["rep * (a + b", "position 13"],
    ["clmp(a, 0, 1)", 'no function is named "clmp"', 'Did you mean "clamp"'],
    ["a b", "write * between a and b"],
    ["min()", "takes 1 or more arguments"],
    ["import(a)", 'no function is named "import"'],
    ["a.constructor", "not allowed"],
    ["a = 3", "not allowed"],
    ["f(x) = x", "not allowed"],
    ["a; b", "not allowed"],
    ['"text"', "not a finite number"],
    ["a!", "operator ! is not allowed"],
    ["[a, b]", "not allowed"],
    ["1e999 * a", "not a finite number"],
    ["", "empty"],
  ];
  for (const [formula, ...says] of wrong) {
    it(`refuses ${formula || "nothing"} with a sentence`, () => {
      expect(() => parseFormula(formula, PARTS)).to.throw(UsageError, says[0]!);
      for (const part of says) expect(() => parseFormula(formula, PARTS)).to.throw(part);
    });
  }
});

describe("null in formulas", () => {
  it("makes a sum null under fail", () => {
    expect(value("0.6 * a + 0.4 * b", { a: 1, b: "failed" })).to.equal("failed");
    expect(value("0.6 * a + 0.4 * b", { a: 1, b: "skipped" })).to.equal("skipped");
    expect(value("a + b", { a: "skipped", b: "failed" })).to.equal("failed");
  });

  it("rescales what is left under renormalize, by constant factors", () => {
    const values: Record<string, Value> = { a: 1, b: "failed", c: 0.5, rep: 1, render: 1 };
    expect(value("0.6 * a + 0.3 * b + 0.1 * c", values, "renormalize")).to.be.closeTo(0.65 / 0.7, 1e-12);
    expect(value("rep * render * (0.6*a + 0.3*b + 0.1*c)", values, "renormalize")).to.be.closeTo(
      0.65 / 0.7,
      1e-12,
    );
    expect(value("(a + b + c) / 3", values, "renormalize")).to.be.closeTo(0.75, 1e-12);
    expect(value("mean(a, b, c)", values, "renormalize")).to.be.closeTo(0.75, 1e-12);
    expect(value("0.5 * rep * b + 0.5 * rep * a", values, "renormalize")).to.equal(1);
  });

  it("renormalises an inner sum by itself, and drops it when nothing of it is left", () => {
    const formula = "0.5 * a + 0.5 * (0.9 * b + 0.1 * c)";
    expect(value(formula, { a: 0, b: "skipped", c: 1 }, "renormalize")).to.be.closeTo(0.5, 1e-12);
    expect(value(formula, { a: 0.4, b: "skipped", c: "skipped" }, "renormalize")).to.be.closeTo(0.4, 1e-12);
  });

  it("neither charges nor rescales for a penalty that could not be taken", () => {
    expect(value("a - 0.2 * b", { a: 0.8, b: "failed" }, "renormalize")).to.be.closeTo(0.8, 1e-12);
    expect(value("0.5 * a + 0.5 * c - 0.2 * b", { a: "failed", b: 1, c: 1 }, "renormalize")).to.be.closeTo(
      0.8,
      1e-12,
    );
    expect(value("0.1 + 0.5 * a + 0.4 * c", { a: "failed", c: 1 }, "renormalize")).to.be.closeTo(1, 1e-12);
  });

  it("is null when every measured term is null", () => {
    expect(value("0.1 + a + b", { a: "failed", b: "skipped" }, "renormalize")).to.equal("failed");
  });

  it("lets a shut gate decide, and an unknown gate not", () => {
    for (const policy of ["fail", "renormalize"] as const) {
      expect(value("rep * (a + b)", { rep: 0, a: "failed", b: "failed" }, policy)).to.equal(0);
      expect(value("rep * a", { rep: "failed", a: 1 }, policy)).to.equal("failed");
      expect(value("max(a, b)", { a: 1, b: "failed" }, policy)).to.equal("failed");
    }
  });

  it("looks only at the branch that is taken", () => {
    expect(value("rep < 1 ? 0 : a", { rep: 0, a: "failed" })).to.equal(0);
    expect(value("rep < 1 ? 0 : a", { rep: 1, a: "failed" })).to.equal("failed");
    expect(value("rep < 1 ? 0 : a", { rep: "skipped", a: 1 })).to.equal("skipped");
  });

  it("stays within 0..1 for convex weights, whatever is missing", () => {
    const part = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant<Value>("failed"));
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        const total = value("0.6 * a + 0.3 * b + 0.1 * c", { a, b, c }, "renormalize");
        if (typeof total === "number") expect(total).to.be.within(0, 1 + 1e-12);
        else expect([a, b, c]).to.deep.equal(["failed", "failed", "failed"]);
      }),
    );
  });
});
