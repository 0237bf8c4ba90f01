import { scored } from "../../../env/contract/scoring.js";
import { registerRewardFrom } from "../../../rewards/options.js";
import { defineReward } from "../../../rewards/reward.js";

// Rewards that a page may drive too far, for a worker of the tests.

registerRewardFrom({
  name: "test/endless",
  create: () =>
    defineReward({
      name: "test/endless",
      needs: [],
      heavy: true,
      score({ completion }) {
        while (completion.text.includes("endless"));
        return scored(1);
      },
    }),
});
registerRewardFrom({
  name: "test/hungry",
  create: () =>
    defineReward({
      name: "test/hungry",
      needs: [],
      heavy: true,
      score({ completion }) {
        const held: number[][] = [];
        while (completion.text.includes("hungry")) held.push(new Array<number>(1e6).fill(1.5));
        return scored(1);
      },
    }),
});
registerRewardFrom({
  name: "test/broken",
  create: () =>
    defineReward({
      name: "test/broken",
      needs: [],
      heavy: true,
      score({ completion }) {
        if (completion.text.includes("broken")) throw new TypeError("It is broken.");
        return scored(1);
      },
    }),
});
