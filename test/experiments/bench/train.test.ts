import { expect } from "chai";
import { benchTrain, QUICK_TRAIN } from "../../../experiments/bench/train.js";

describe("the training bench", function () {
  this.timeout(120_000);

  it("has every contender take the same steps and names a rate for each, against the baseline", async () => {
    const figures = await benchTrain({ ...QUICK_TRAIN, workers: 2 });
    expect(figures.map(({ name }) => name)).to.deep.equal([
      "train step, one thread, against stock tfjs-wasm",
      "train step, 2 workers, against stock tfjs-wasm",
    ]);
    for (const { value, baseline, ratio, unit } of figures) {
      expect(unit).to.equal("tokens/s");
      expect(value).to.be.above(0);
      expect(baseline).to.be.above(0);
      expect(ratio).to.be.closeTo(value / (baseline as number), 1e-9);
    }
  });
});
