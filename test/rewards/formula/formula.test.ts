import { expect } from "chai";
import fc from "fast-check";
import { evaluate as mathEvaluate } from "mathjs";
import { UsageError } from "../../../infra/errors.js";
import { evaluate, type NullPolicy, type Value } from "../../../rewards/formula/evaluate.js";
import { parseFormula } from "../../../rewards/formula/parse.js";
import { partsOf } from "../../../rewards/formula/term.js";

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

  it("has the operators and functions of mathjs, at their edges, too", () => {
    const formulas = [
      "a < b",
      "a <= b",
      "a > b",
      "a >= b",
      "a == b",
      "a != b",
      "a and b",
      "a or b",
      "not a",
      "+a - -b",
      "a - (b - c)",
      "a / (b + 2)",
      "a / 4 + b / -0.5",
      "a ^ 3",
      "pow(a, 3)",
      "exp(a)",
      "log(a + 2)",
      "sqrt(a + 1)",
      "abs(a)",
      "floor(3 * a)",
      "ceil(3 * a)",
      "round(3 * a + 10.2)",
      "min(a)",
      "max(a, b, c)",
      "min(a, b, c)",
      "mean(a, b, c)",
      "mean(a)",
      "a ? b : c",
      "(a < b ? a : b) * c",
    ];
    const edge = fc.constantFrom(-1, -0.25, 0, 0.25, 0.5, 1);
    for (const text of formulas)
      fc.assert(
        fc.property(edge, edge, edge, (a, b, c) => {
          expect(value(text, { a, b, c }), text).to.be.closeTo(
            Number(mathEvaluate(text, { a, b, c })),
            1e-12,
          );
        }),
        { numRuns: 60 },
      );
  });

  it("knows mean and clamp", () => {
    expect(value("clamp(a, 0.25, b)", { a: -1, b: 0.5 })).to.equal(0.25);
    expect(value("clamp(a, 0.25, b)", { a: 1, b: 0.5 })).to.equal(0.5);
    expect(value("clamp(a, 0.25, b)", { a: 0.3, b: 0.5 })).to.equal(0.3);
    expect(value("mean(a, b)", { a: 0.2, b: 0.6 })).to.be.closeTo(0.4, 1e-12);
    expect(value("clamp(2 * a, 0, 1)", { a: 0.8 })).to.equal(1);
  });

  const arities: [name: string, fewest: number, most: number][] = [
    ["min", 1, 64],
    ["max", 1, 64],
    ["mean", 1, 64],
    ["clamp", 3, 3],
    ["pow", 2, 2],
    ...["abs", "sqrt", "exp", "log", "floor", "ceil", "round"].map((name): [string, number, number] => [
      name,
      1,
      1,
    ]),
  ];
  for (const [name, fewest, most] of arities)
    it(`takes ${name} with ${fewest} to ${most} arguments`, () => {
      const call = (count: number) => `${name}(${Array.from({ length: count }, () => "a").join(", ")})`;
      for (const count of [fewest, most]) expect(() => parseFormula(call(count), PARTS)).not.to.throw();
      const wanted = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
      for (const count of [fewest - 1, most + 1])
        expect(() => parseFormula(call(count), PARTS)).to.throw(
          UsageError,
          `Formula "${call(count)}", position 1: ${name} takes ${wanted} argument${most === 1 ? "" : "s"}, not ${count}.`,
        );
    });

  const wrong: [formula: string, ...says: string[]][] = [
    ["rep * rendr", "position 7", '"rendr"', 'Did you mean "render"'],
    ["rep * (a + b", "position 13"],
    ["clmp(a, 0, 1)", 'no function is named "clmp"', 'Did you mean "clamp"'],
    ["a b", "write * between a and b"],
    ["render * rend", 'Formula "render * rend", position 10: no part is named "rend".'],
    ["   ", "The formula is empty"],
    ["sum(a)", 'no function is named "sum". Known: "min", "max", "mean", "clamp"'],
    ["men(a)", 'Did you mean "mean"'],
    ["a.b(1)", "a.b is no function"],
    ["a % 2", "the operator % is not allowed; use + - * / ^, comparisons and ?:."],
    ["2 a", "write * between 2 and a."],
    ["true", "true is not a finite number"],
    ["a < b < c", "not allowed"],
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

  it("is the weighted mean of what is there, whatever is missing", () => {
    const part = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant<Value>("failed"));
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        const total = value("0.6 * a + 0.3 * b + 0.1 * c", { a, b, c }, "renormalize");
        const present = (
          [
            [0.6, a],
            [0.3, b],
            [0.1, c],
          ] as const
        ).flatMap(([weight, part]) => (typeof part === "number" ? [[weight, part] as const] : []));
        const weights = present.reduce((sum, [weight]) => sum + weight, 0);
        const mean = present.reduce((sum, [weight, part]) => sum + weight * part, 0) / weights;
        if (present.length === 0) expect(total).to.equal("failed");
        else expect(total).to.be.closeTo(mean, 1e-12);
      }),
    );
  });

  it("counts every constant factor of a term as its weight", () => {
    const cases: [formula: string, total: number][] = [
      // The weights of a (present, 1) and of b (missing) decide: (weight of a + weight of b) / weight of a * value of a.
      ["a + b / 4", 1.25],
      ["a + b * 0.5 * 0.5", 1.25],
      ["a - -b", 2],
      ["a + max(b, 0)", 2],
      ["a + (0.25 * b + 0.25 * c)", 1.5],
      ["a + mean(b, c)", 2],
      ["a + (b < 1 ? 1 : 0)", 2],
      ["a + b / 0", 2],
      ["a + 3 + b", 5],
    ];
    for (const [formula, total] of cases)
      expect(value(formula, { a: 1, b: "skipped", c: "skipped" }, "renormalize"), formula).to.equal(total);
  });

  it("has failed where anything it depends on has", () => {
    expect(value("a * b", { a: "skipped", b: "failed" })).to.equal("failed");
    expect(value("a * b", { a: "skipped", b: 1 })).to.equal("skipped");
    expect(value("a + b", { a: "skipped", b: "skipped" })).to.equal("skipped");
    expect(value("a", {})).to.equal("failed");
    expect(value("-0 * a", { a: 2 })).to.equal(-0);
    expect(value("1 + 2", {})).to.equal(3);
  });

  it("treats the two kinds of null by their own policies", () => {
    const by = (values: Record<string, Value>, failed: NullPolicy, skipped: NullPolicy) =>
      evaluate(parseFormula("0.5 * a + 0.5 * b", PARTS), values, { failed, skipped });
    expect(by({ a: 1, b: "failed" }, "fail", "renormalize")).to.equal("failed");
    expect(by({ a: 1, b: "skipped" }, "fail", "renormalize")).to.equal(1);
    expect(by({ a: 1, b: "failed" }, "renormalize", "fail")).to.equal(1);
    expect(by({ a: 1, b: "skipped" }, "renormalize", "fail")).to.equal("skipped");
    expect(by({ a: "failed", b: "skipped" }, "renormalize", "renormalize")).to.equal("failed");
  });
});

describe("partsOf", () => {
  it("names every part that a formula looks at, wherever it stands", () => {
    const parts = (text: string) => [...partsOf(parseFormula(text, PARTS))].sort();
    expect(parts("a < 1 ? -b / 2 : max(c, rep) * render + a")).to.deep.equal(
      ["a", "b", "c", "rep", "render"].sort(),
    );
    expect(parts("2 * 3 + max(1, 2)")).to.deep.equal([]);
  });
});
