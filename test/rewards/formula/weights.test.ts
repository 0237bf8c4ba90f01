import { expect } from "chai";
import { UsageError } from "../../../infra/errors.js";
import { withWeights } from "../../../rewards/formula/weights.js";

describe("withWeights", () => {
  const cases: [formula: string, weights: Record<string, number>, result: string][] = [
    ["a + 3 * b", { a: 2, b: 1 }, "2 * a + 1 * b"],
    ["gate * (0.5 * a + b * 0.5) / 2", { b: 0.1 }, "gate * (0.5 * a + b * 0.1) / 2"],
    ["0.3 * (render * a) - b", { a: 0.2, b: 0.4 }, "0.2 * (render * a) - 0.4 * b"],
    ["x > 1 ? (looks + 0.1 * f) : 0", { looks: -1 }, "(x > 1) ? ((-1) * looks + 0.1 * f) : 0"],
    ["a", { a: 0.5 }, "0.5 * a"],
    ["max(a, 2 * b)", { b: 3, a: 0 }, "max(0 * a, 3 * b)"],
    ["render * similarity + b", { similarity: 0.3 }, "render * 0.3 * similarity + b"],
    ["0.5 * (a)", { a: 0.25 }, "0.25 * (a)"],
    ["a + b", {}, "a + b"],
  ];
  for (const [formula, weights, result] of cases)
    it(`${formula} with ${JSON.stringify(weights)}`, () => {
      expect(withWeights(formula, weights)).to.equal(result);
    });

  const wrong: [formula: string, weights: Record<string, number>, says: string][] = [
    [
      "render * looks",
      { c: 1 },
      '"c" has no weight to set: the formula "render * looks" names it nowhere. Known: "render", "looks".',
    ],
    ["check + look", { chck: 1 }, 'names it nowhere. Did you mean "check"?'],
    ["a + b * a", { a: 1 }, 'the formula "a + b * a" names it 2 times; write a formula instead.'],
    ["gate * (a + b)", { gate: 1 }, 'in the formula "gate * (a + b)" it is not one term of a sum.'],
    ["gate * (a - b)", { gate: 1 }, "it is not one term of a sum. Write a formula instead."],
    ["gate * max(a, b - a) + c", { gate: 1 }, "it is not one term of a sum"],
    ["2 * a * 3 + b", { a: 1 }, "it is not one term of a sum"],
    ["a + b", { a: Number.NaN }, 'The weight of "a" should be a finite number, but is NaN.'],
    ["a + b", { a: Number.POSITIVE_INFINITY }, "should be a finite number, but is Infinity"],
  ];
  for (const [formula, weights, says] of wrong)
    it(`refuses ${formula} with ${Object.keys(weights)}: ${says.slice(0, 40)}`, () => {
      expect(() => withWeights(formula, weights)).to.throw(UsageError, says);
    });
});
