import { expect } from "chai";
import { QUICKSTART } from "../../experiments/recipes/quickstart.js";
import { mergeRecipe } from "../../experiments/recipes/recipe.js";
import { getRecipe, listRecipes } from "../../experiments/recipes/registry.js";
import { UsageError } from "../../infra/errors.js";

describe("recipes", () => {
  it("change at any depth and leave the rest", () => {
    const recipe = mergeRecipe(QUICKSTART, {
      grpo: { steps: 3, sampling: { topP: 0.9 } },
      dataset: { levels: [1] },
    });
    expect(recipe.grpo).to.deep.equal({
      ...QUICKSTART.grpo,
      steps: 3,
      sampling: { temperature: 1, topP: 0.9 },
    });
    expect(recipe.dataset).to.deep.equal({ levels: [1] });
    expect(recipe.sft).to.deep.equal(QUICKSTART.sft);
  });

  it("refuse unknown keys and wrong types in a sentence", () => {
    expect(() => mergeRecipe(QUICKSTART, { grpo: { step: 3 } })).to.throw(
      '"grpo.step" of the recipe is not known. Did you mean "steps"?',
    );
    expect(() => mergeRecipe(QUICKSTART, { sft: { steps: "many" } })).to.throw(
      /"sft.steps" of the recipe should be a whole number from 1 to.*but is "many"/,
    );
    expect(() => mergeRecipe(QUICKSTART, 7)).to.throw(/The recipe should be an object, but is 7/);
  });

  const REFUSED: [string, object, RegExp][] = [
    ["no steps", { grpo: { steps: -3 } }, /"grpo.steps".*from 1 to.*but is -3/],
    ["endless steps", { sft: { steps: Number.POSITIVE_INFINITY } }, /"sft.steps".*but is Infinity/],
    ["steps that are no number", { grpo: { steps: Number.NaN } }, /"grpo.steps".*but is NaN/],
    ["half a step", { grpo: { steps: 2.5 } }, /"grpo.steps".*but is 2.5/],
    ["a group of one", { grpo: { groupSize: 1 } }, /"grpo.groupSize".*at least 2.*but is 1/],
    [
      "a negative rate",
      { sft: { learningRate: { peak: -1 } } },
      /"sft.learningRate.peak".*above 0.*but is -1/,
    ],
    [
      "an endless rate",
      { grpo: { learningRate: { peak: Number.POSITIVE_INFINITY } } },
      /"grpo.learningRate.peak"/,
    ],
    ["a scale there is not", { grpo: { scaleRewards: "all" } }, /"grpo.scaleRewards".*but is "all"/],
    [
      "a hot word",
      { compare: { sampling: { temperature: "hot" } } },
      /"compare.sampling.temperature".*but is "hot"/,
    ],
    ["a model that does not divide", { model: { heads: 5 } }, /"model".*even multiple of heads/],
    ["no stage", { stages: [] }, /"stages".*at least 1/],
  ];
  for (const [what, changes, sentence] of REFUSED)
    it(`refuse ${what}`, () => {
      expect(() => mergeRecipe(QUICKSTART, changes)).to.throw(UsageError, sentence);
    });

  it("of the published systems carry the figures of their scripts", () => {
    const grpo = (name: string) => {
      const { steps, tasksPerStep, groupSize, klCoefficient, epochs, learningRate } =
        getRecipe(name).recipe.grpo;
      return [steps, tasksPerStep, groupSize, klCoefficient, epochs, learningRate.peak];
    };
    expect(grpo("frontcoder")).to.deep.equal([150, 128, 4, 0.001, 1, 1e-6]);
    expect(grpo("webgen-r1")).to.deep.equal([400, 8, 16, 0.01, 1, 5e-6]);
    expect(grpo("vcoder")).to.deep.equal([500, 4, 8, 0, 1, 1e-5]);
    expect(grpo("widgetanchor")).to.deep.equal([1000, 4, 5, 0.05, 4, 1e-5]);
    for (const { name, notTaken } of listRecipes())
      if (name !== "quickstart") expect(notTaken, name).to.not.be.empty;
    expect(() => getRecipe("frontcode")).to.throw(
      'There is no recipe "frontcode". Did you mean "frontcoder"?',
    );
  });
});
