import { expect } from "chai";
import { QUICKSTART } from "../../experiments/recipes/quickstart.js";
import { mergeRecipe } from "../../experiments/recipes/recipe.js";
import { samplesAnswers, sectionOf, shownName } from "../../experiments/stages.js";
import { UsageError } from "../../infra/errors.js";
import { headingTasks } from "../support/headings.js";

/** A recipe for the hundred tasks there are. */
const recipe = (changes: object = {}) =>
  mergeRecipe(mergeRecipe(QUICKSTART, { maxTokens: 32, sft: { demonstrations: 40 } }), changes);
const options = (stage: string, changes: object = {}) => sectionOf(recipe(changes), stage, headingTasks);

describe("the stages of a recipe", () => {
  it("have the names and the kinds that are shown and run", () => {
    expect(["sft", "grpo", "dpo", "expert-iteration", "mine"].map(shownName)).to.deep.equal([
      ...["SFT", "GRPO", "DPO", "expert-iteration", "mine"],
    ]);
    expect(["sft", "grpo", "dpo", "expert-iteration", "mine"].map(samplesAnswers)).to.deep.equal([
      ...[false, true, true, true, false],
    ]);
  });

  it("hand a learner its own section, and where it samples, the token limit and the tasks of its own", () => {
    const { steps: _, ...own } = QUICKSTART.grpo;
    expect(options("grpo")).to.deep.equal({
      steps: 90,
      options: { ...own, sampling: { temperature: 1, maxTokens: 32 }, firstTask: 40 },
    });
    const { firstTask } = options("grpo", { stages: ["grpo"] }).options;
    expect(firstTask).to.equal(0);
    // Where the demonstrations leave too few tasks, all are drawn from.
    expect(options("grpo", { sft: { demonstrations: 93 } }).options.firstTask).to.equal(0);
    expect(options("grpo", { sft: { demonstrations: 92 } }).options.firstTask).to.equal(92);
  });

  it("take of batches what GRPO's section says, unless they say otherwise", () => {
    const learners = {
      dpo: { steps: 7, beta: 0.3, groupSize: 4, learningRate: { peak: 1e-3 } },
      "expert-iteration": { steps: 5, minReward: 0.4, sampling: { temperature: 0.5 } },
    };
    const grpo = { optimizer: { weightDecay: 0 }, lossType: "gspo" };
    const { tasksPerStep, groupSize, tasksPerChunk, epochs, updatesPerEpoch, learningRate } = QUICKSTART.grpo;
    const batches = { tasksPerStep, groupSize, tasksPerChunk, epochs, updatesPerEpoch, learningRate };
    expect(options("dpo", { learners, grpo })).to.deep.equal({
      steps: 7,
      options: {
        ...{
          ...batches,
          optimizer: { weightDecay: 0 },
          beta: 0.3,
          groupSize: 4,
          learningRate: { peak: 1e-3 },
        },
        ...{ sampling: { temperature: 1, maxTokens: 32 }, firstTask: 40 },
      },
    });
    expect(options("expert-iteration", { learners })).to.deep.equal({
      steps: 5,
      options: {
        ...{ ...batches, minReward: 0.4 },
        ...{ sampling: { temperature: 0.5, maxTokens: 32 }, firstTask: 40 },
      },
    });
    expect(options("mine", { learners: { mine: { steps: 2, own: true } } })).to.deep.equal({
      steps: 2,
      options: { own: true },
    });
  });

  const refused: [string, object, RegExp][] = [
    [
      "grpo",
      { grpo: { tasksPerStep: 101 } },
      /^GRPO draws 101 tasks a step, but .* has 100 .*set grpo\.tasksPerStep/,
    ],
    ["grpo", { grpo: { lossType: "cispo" } }, /epsilonHigh bounds the ratio itself/],
    ["grpo", { grpo: { softOverlongPenalty: { cache: 33 } } }, /sampling\.maxTokens = 32/],
    [
      "dpo",
      { learners: { dpo: { steps: 1, tasksPerStep: 101 } } },
      /^DPO draws 101 .*set learners\.dpo\.tasksPerStep/,
    ],
    ["dpo", { learners: { dpo: { steps: 1, pairsPerGroup: 5 } } }, /half the groupSize of 8/],
    ["dpo", { learners: { dpo: { steps: 1, labelSmoothing: 0.1 } } }, /lossType robust/],
    [
      "expert-iteration",
      { learners: { "expert-iteration": { steps: 1, tasksPerStep: 101 } } },
      /^Expert iteration draws 101 .*set learners\.expert-iteration\.tasksPerStep/,
    ],
    [
      "expert-iteration",
      { learners: { "expert-iteration": { steps: 1, keepPerGroup: 9 } } },
      /groupSize of 8/,
    ],
    [
      "dpo",
      {},
      /^The recipe says nothing of "dpo": give its steps, e\.g\. \{"learners": \{"dpo": \{"steps": 60\}\}\}/,
    ],
    ["mine", {}, /^The recipe says nothing of "mine"/],
  ];
  for (const [stage, changes, sentence] of refused)
    it(`refuse ${stage} with ${JSON.stringify(changes)}`, () => {
      expect(() => options(stage, changes)).to.throw(UsageError, sentence);
    });
});
