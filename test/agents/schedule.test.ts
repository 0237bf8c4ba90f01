import { expect } from "chai";
import { learningRateAt } from "../../agents/schedule.js";
import { fixture } from "./fixtures/trl.js";
import { originals } from "./losses/originals.js";

describe("the learning rate", () => {
  fixture.schedules.forEach(({ peak, floor, warmup, steps, rates }) => {
    it(`warms up for ${warmup} of ${steps} steps and falls to ${floor} of its peak, as in transformers`, () => {
      // transformers counts from 0; here the first step is 1.
      rates.forEach((rate, step) => {
        if (step > 0)
          expect(learningRateAt({ peak, floor, warmup }, step, steps), `step ${step}`).to.be.closeTo(
            rate,
            1e-8 * peak,
          );
      });
    });
  });

  originals.linearSchedules.forEach(({ peak, floor, warmup, steps, rates }) => {
    it(`falls along a line from ${peak} to ${floor} of it, as in transformers`, () => {
      rates.forEach((rate, step) => {
        if (step > 0)
          expect(
            learningRateAt({ peak, floor, warmup, shape: "linear" }, step, steps),
            `step ${step}`,
          ).to.be.closeTo(rate, 1e-8 * peak);
      });
    });
  });

  it("begins at once and ends at a tenth when nothing else is said", () => {
    const rates = [1, 2, 3, 4].map((step) => learningRateAt({ peak: 2 }, step, 4));
    expect(rates.at(-1)).to.be.closeTo(0.2, 1e-12);
    expect(rates).to.deep.equal([...rates].sort((a, b) => b - a));
    expect(rates[0]).to.be.above(1.7).and.below(2);
  });

  it("stays at the floor after the last step, also of a phase that is all warm-up", () => {
    expect(learningRateAt({ peak: 2 }, 9, 4)).to.be.closeTo(0.2, 1e-12);
    expect(learningRateAt({ peak: 2, warmup: 4 }, 4, 4)).to.equal(2);
    expect(learningRateAt({ peak: 2, warmup: 4 }, 5, 4)).to.be.closeTo(0.2, 1e-12);
  });
});
