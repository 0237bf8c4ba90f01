import { expect } from "chai";
import fc from "fast-check";
import { fillRect, solidImage } from "../../../rewards/metrics/image/index.js";
import {
  type ElementText,
  positionReward,
  textBlockReward,
} from "../../../rewards/systems/vcoder/openenv-blocks.js";
import { compositeReward, OPENENV_WEIGHTS } from "../../../rewards/systems/vcoder/openenv-composite.js";
import {
  colorReward,
  contentFactor,
  pixelLikeness,
  rescaledClip,
  ssimReward,
} from "../../../rewards/systems/vcoder/openenv-images.js";
import { makeVariants } from "../../../rewards/systems/vcoder/openenv-variants.js";
import {
  groupAdvantages,
  resizeDims,
  rolloutAdvantages,
  smoothSteps,
} from "../../../rewards/systems/vcoder/training-formulas.js";
import { visualFidelity } from "../../../rewards/systems/vcoder/visual-fidelity.js";
import { anyImage } from "../image/support.js";

const at = (text: string, x: number, y: number): ElementText => ({ text, x, y, width: 100, height: 20 });
const number = fc.double({ min: -100, max: 1000, noNaN: true });
const anyText = fc.record({ text: fc.string(), x: number, y: number, width: number, height: number });

describe("OpenEnv's block rewards", () => {
  const page = [at("one", 0, 0), at("two", 0, 100)];

  it("give 1 to the same blocks and follow their rules for empty sides", () => {
    for (const reward of [textBlockReward, positionReward]) {
      expect(reward(page, page)).to.equal(1);
      expect(reward([], [])).to.equal(1);
      expect(reward(page, [])).to.equal(0.5);
      expect(reward([], page)).to.equal(0);
    }
  });

  it("count overlap, words and distance", () => {
    expect(textBlockReward([at("one", 0, 0)], page)).to.equal(0.5);
    expect(textBlockReward([at("xyz", 0, 0)], page)).to.equal(0.25);
    expect(positionReward([at("one", 0, 80)], [at("one", 0, 0)])).to.be.closeTo(0.9, 1e-12);
    expect(positionReward([at("one", 0, 0)], page)).to.equal(0.5);
  });

  it("stay in range", () => {
    const texts = fc.array(anyText, { maxLength: 6 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(textBlockReward(a, b)).to.be.within(0, 1);
        expect(positionReward(a, b)).to.be.within(0, 1);
      }),
    );
  });
});

describe("OpenEnv's picture rewards", () => {
  it("give 1 to the same picture and stay in range, whatever the sizes", () => {
    fc.assert(
      fc.property(anyImage(40), anyImage(40), (a, b) => {
        expect(colorReward(a, a)).to.equal(1);
        expect(ssimReward(a, a)).to.be.closeTo(1, 1e-9);
        expect(visualFidelity(a, a).score).to.be.closeTo(1, 1e-9);
        expect(pixelLikeness(a, a)).to.equal(1);
        for (const value of [colorReward(a, b), ssimReward(a, b), pixelLikeness(a, b), contentFactor(a, b)]) {
          expect(value).to.be.within(0, 1);
        }
        expect(visualFidelity(a, b).score).to.be.within(-0.5, 1);
      }),
      { numRuns: 8 },
    );
  });

  it("take reward away from an empty picture of a full page", () => {
    const white = solidImage(640, 480, [255, 255, 255]);
    const page = solidImage(640, 480, [255, 255, 255]);
    fillRect(page, 0, 0, 640, 100, [20, 20, 60]);
    expect(contentFactor(white, page)).to.equal(0);
    expect(contentFactor(page, page)).to.equal(1);
    expect(contentFactor(white, white)).to.equal(1);
  });

  it("stretch CLIP", () => {
    expect([0.2, 0.65, 1, 1.2].map(rescaledClip)).to.deep.equal([0, 0, 1, 1]);
    expect(rescaledClip(0.825)).to.be.closeTo(0.5, 1e-12);
  });
});

describe("OpenEnv's composite", () => {
  it("is a weighted mean with weights that sum to 11", () => {
    for (const weights of Object.values(OPENENV_WEIGHTS)) {
      expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).to.be.closeTo(11, 1e-12);
      const ones = Object.fromEntries(Object.keys(weights).map((part) => [part, 1]));
      expect(compositeReward(ones, weights)).to.be.closeTo(1, 1e-12);
    }
    expect(compositeReward({})).to.equal(0);
  });

  it("comes with seven versions of a page", () => {
    const { bad_colors, half_styled, no_style, minor_diff } = makeVariants(
      '<p style="color:#ff0000;font-size:9px;top:1px">x</p>',
    );
    expect(bad_colors).to.contain("#00ffff");
    expect(half_styled).to.contain('style="color:#ff0000; top:1px"');
    expect(no_style).to.equal("<p>x</p>");
    expect(minor_diff).to.contain("font-size:8px");
  });
});

describe("VCoder's training formulas", () => {
  it("keep screenshots small and aligned", () => {
    const side = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(side, side, fc.option(fc.integer({ min: 32, max: 2000 })), (width, height, maxWidth) => {
        const [w, h] = resizeDims(width, height, maxWidth);
        if (w !== width || h !== height) expect([w % 32, h % 32]).to.deep.equal([0, 0]);
        if (maxWidth === null) expect(w * h).to.be.at.most(Math.max(100_352, 32 * Math.max(w, h)));
      }),
    );
  });

  it("normalise groups", () => {
    const advantages = groupAdvantages([1, 2, 3, 5, 5, 5], 3);
    expect(advantages[0]).to.be.closeTo(-1 / 1.0001, 1e-9);
    expect(advantages.slice(3)).to.deep.equal([0, 0, 0]);
    expect(rolloutAdvantages([[1], [1, 1]])).to.deep.equal([[0], [0, 0]]);
    expect(rolloutAdvantages([])).to.deep.equal([]);
  });

  it("smooth with the window's middle as its step", () => {
    expect(smoothSteps([1, 2, 3, 4], [0, 2, 4, 6], 2)).to.deep.equal({ steps: [2, 3, 4], values: [1, 3, 5] });
  });
});
