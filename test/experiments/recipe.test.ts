import { expect } from "chai";
import { mergeRecipe, QUICKSTART } from "../../experiments/recipe.js";

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
      'A recipe has no grpo.step. Did you mean "steps"?',
    );
    expect(() => mergeRecipe(QUICKSTART, { sft: { steps: "many" } })).to.throw(
      /sft.steps is like \d+, but "many" came/,
    );
    expect(() => mergeRecipe(QUICKSTART, 7)).to.throw(/A recipe is an object, but 7 came/);
  });
});
