import { expect } from "chai";
import { figure, median } from "../../../experiments/bench/figure.js";

describe("bench figures", () => {
  it("are ratios to a baseline where there is one", () => {
    expect(figure("steps", 12, "1/s", 4)).to.deep.equal({
      name: "steps",
      value: 12,
      unit: "1/s",
      baseline: 4,
      ratio: 3,
    });
    expect(figure("steps", 12, "1/s").ratio).to.equal(null);
  });

  it("take the middle, which one slow run does not move", () => {
    expect(median([3, 1, 900])).to.equal(3);
    expect(median([4, 1, 2, 100])).to.equal(3);
    expect(() => median([])).to.throw(RangeError);
  });
});
