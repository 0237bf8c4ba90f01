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

  /** Each key with a value just outside of what it takes, and what is said of it. */
  const REFUSED: [path: string, value: unknown, wanted: string][] = [
    ["env", "", "a text that is not empty (id of an environment)"],
    ["dataset", 7, "an object"],
    ["dataset", [1], "an object"],
    ["dataset", null, "an object"],
    ["tasks", "", "a text that is not empty (name of a data set)"],
    ["reward", 7, "a text that is not empty (name of a reward) or an object"],
    ["stages", "grpo", "a list of at least 1 entries"],
    ["stages", [], "a list of at least 1 entries"],
    ["from", "", "a text that is not empty (Hugging Face folder)"],
    ["vocabSize", 259, "a whole number of at least 260 (tokens of the vocabulary)"],
    ["model.hiddenSize", 0, "a whole number of at least 1"],
    ["model.maxPositions", 1, "a whole number of at least 2 (tokens of prompt and answer together)"],
    ["model.ropeTheta", 0, "a number above 0"],
    ["model.tieEmbeddings", 1, "true or false"],
    ["maxTokens", 0, "a whole number of at least 1 (tokens a completion may have)"],
    ["sft.demonstrations", 0, "a whole number of at least 1 (train tasks with their references)"],
    ["lora", { rank: 0, alpha: 1, targets: ["q_proj"] }, "a whole number of at least 1"],
    ["lora", { rank: 1, alpha: 0, targets: ["q_proj"] }, "a number above 0"],
    ["lora", { rank: 1, alpha: 1, targets: ["lm_head"] }, 'one of "q_proj", "k_proj"'],
    ["sft.steps", 0, "a whole number from 1 to 10000000"],
    ["sft.steps", 10_000_001, "a whole number from 1 to 10000000"],
    ["sft.steps", Number.POSITIVE_INFINITY, "a whole number from 1 to 10000000"],
    ["sft.batchSize", 0, "a whole number of at least 1 (demonstrations a step)"],
    ["sft.revisionShare", 1.1, "a number from 0 to 1"],
    ["sft.learningRate.peak", -1, "a number above 0 (highest learning rate)"],
    ["sft.learningRate.warmup", -1, "a whole number of at least 0 (steps of linear warm-up)"],
    ["sft.learningRate.floor", 1.1, "a number from 0 to 1 (rate at the last step, as a share of the peak)"],
    ["sft.optimizer", { betas: 0.9 }, "a list of 2 entries"],
    ["sft.optimizer", { betas: [0.9, 1] }, "a number of at least 0 below 1"],
    ["sft.optimizer", { weightDecay: -1 }, "a number of at least 0"],
    ["sft.optimizer", { epsilon: 0 }, "a number above 0"],
    ["sft.optimizer", { maxGradientNorm: 0 }, "a number above 0"],
    ["grpo.steps", Number.NaN, "a whole number from 1 to 10000000"],
    ["grpo.steps", 2.5, "a whole number from 1 to 10000000"],
    ["grpo.tasksPerStep", 0, "a whole number of at least 1"],
    ["grpo.groupSize", 1, "a whole number of at least 2 (answers to one task)"],
    ["grpo.scaleRewards", "all", 'one of "group", "batch", "none"'],
    ["grpo.epochs", 0, "a whole number of at least 1 (passes over each batch of rollouts)"],
    ["grpo.epsilon", 1.1, "a number from 0 to 1 (the ratio is kept above 1 - epsilon)"],
    ["grpo.epsilonHigh", -0.1, "a number of at least 0 (the ratio is kept below 1 + epsilonHigh)"],
    ["grpo.beta", -0.1, "a number of at least 0 (weight of the KL term)"],
    ["grpo.entropyCoef", Number.POSITIVE_INFINITY, "a number (weight of the entropy bonus)"],
    ["grpo.lossType", "ppo", 'one of "grpo", "dr_grpo", "bnpo", "dapo", "gspo", "cispo"'],
    ["grpo.importanceSamplingLevel", "word", 'one of "token", "sequence"'],
    ["grpo.aggregation", "mean", 'one of "token-mean", "token-sum", "seq-mean-token-sum"'],
    ["grpo.delta", 0, "a number above 0 (upper bound of the ratio where the advantage is negative)"],
    ["grpo.klEstimator", "k4", 'one of "k1", "k2", "k3"'],
    ["grpo.klIn", "both", 'one of "loss", "reward"'],
    ["grpo.useBiasCorrectionKl", 1, "true or false"],
    ["grpo.advantageEstimator", "gae", 'one of "grpo", "rloo"'],
    ["grpo.multiObjectiveAggregation", "sum", 'one of "sum_then_normalize", "normalize_then_sum"'],
    ["grpo.rewardWeights", { checklist: "much" }, "a number"],
    ["grpo.importanceSampling", { mode: "mask" }, 'one of "token_truncate", "token_mask"'],
    ["grpo.importanceSampling", { mode: "token_mask", clipMax: 0 }, "a number above 0"],
    ["grpo.importanceSampling", { mode: "token_mask", clipMin: -1 }, "a number of at least 0"],
    ["grpo.maskTruncatedCompletions", "yes", "true or false"],
    [
      "grpo.softOverlongPenalty",
      { cache: 0 },
      "a whole number of at least 1 (tokens over which the penalty grows)",
    ],
    ["grpo.softOverlongPenalty", { cache: 4, factor: -1 }, "a number of at least 0"],
    ["grpo.dynamicSampling", { maxBatches: 0 }, "a whole number of at least 1"],
    ["grpo.learningRate.shape", "step", 'one of "cosine", "linear"'],
    ["learners.dpo", { steps: 0 }, "a whole number from 1 to 10000000"],
    ["learners.dpo", { steps: 1, lossType: "kto" }, 'one of "sigmoid", "hinge", "ipo"'],
    ["learners.dpo", { steps: 1, beta: 0 }, "a number above 0"],
    ["learners.dpo", { steps: 1, labelSmoothing: 0.5 }, "a number from 0 to 0.499"],
    ["learners.dpo", { steps: 1, groupSize: 1 }, "a whole number of at least 2 (answers to one task)"],
    ["learners.expert-iteration", { steps: 1, keepPerGroup: 0 }, "a whole number of at least 1"],
    ["grpo.learningRate.peak", Number.POSITIVE_INFINITY, "a number above 0 (highest learning rate)"],
    ["grpo.sampling.topP", 0, "a number above 0 of at most 1"],
    ["grpo.sampling.topP", 1.1, "a number above 0 of at most 1"],
    ["grpo.sampling.topK", -1, "a whole number of at least 0 (likeliest tokens kept, 0 for all)"],
    ["compare.tasks", 0, "a whole number of at least 1 (held-out tasks)"],
    ["compare.polishTurns", 2, "a whole number of at least 3 (a draft, revisions and the hand-in)"],
    ["compare.sampling.temperature", "hot", "a number of at least 0 (0 is greedy)"],
    ["compare.gallery", -1, "a whole number of at least 0 (tasks shown in the report)"],
  ];
  for (const [path, value, wanted] of REFUSED)
    it(`refuse ${path} ${JSON.stringify(value)}`, () => {
      const changes = path.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      expect(() => mergeRecipe(QUICKSTART, changes))
        .to.throw(UsageError, `should be ${wanted}`)
        .with.property("message")
        .that.includes(", but is ");
      expect(() => mergeRecipe(QUICKSTART, changes)).to.throw(UsageError, `"${path}`);
    });

  it("refuse models whose sizes do not divide", () => {
    const sizes = { hiddenSize: 24, heads: 4, kvHeads: 2 };
    const change = (model: object) => () => mergeRecipe(QUICKSTART, { model: { ...sizes, ...model } });
    const sentence =
      /"model" of the recipe should be a model whose hiddenSize is an even multiple of heads, and heads one of kvHeads/;
    // Rotary positions turn pairs: a head of 5 or 7 numbers has one too many.
    for (const model of [{ hiddenSize: 20 }, { hiddenSize: 28 }, { heads: 5 }, { kvHeads: 3 }])
      expect(change(model), JSON.stringify(model)).to.throw(UsageError, sentence);
    for (const model of [{}, { hiddenSize: 32 }, { kvHeads: 4 }, { kvHeads: 1 }])
      expect(change(model), JSON.stringify(model)).not.to.throw();
  });

  it("take adapters, whose targets are replaced as a whole", () => {
    const lora = { rank: 4, alpha: 8, targets: ["q_proj"] };
    const first = mergeRecipe(QUICKSTART, { lora, from: "runs/mine" });
    expect(first.lora).to.deep.equal(lora);
    expect(mergeRecipe(first, { lora: { targets: ["v_proj"] } }).lora?.targets).to.deep.equal(["v_proj"]);
  });

  it("take what is at the bounds, and what the quickstart leaves out", () => {
    const changes = {
      tasks: "webgen/pages",
      reward: { formula: "tags" },
      from: "runs/mine",
      vocabSize: 260,
      sft: { optimizer: { weightDecay: 0, betas: [0, 0.999], epsilon: 1e-6, maxGradientNorm: 2 } },
      grpo: { optimizer: {}, epsilon: 1, entropyCoef: -0.01, sampling: { topP: 1, topK: 0 } },
      learners: { mine: { steps: 3, own: "option" } },
      compare: { gallery: 0, polishTurns: 3 },
    };
    const recipe = mergeRecipe(QUICKSTART, changes);
    expect(recipe).to.deep.include({ tasks: "webgen/pages", from: "runs/mine", learners: changes.learners });
    expect(recipe.sft.optimizer).to.deep.equal(changes.sft.optimizer);
    expect(() => mergeRecipe(QUICKSTART, { learners: { mine: { own: 1 } } })).to.throw(
      '"learners.mine.steps" of the recipe should be a whole number from 1 to 10000000, but is missing.',
    );
  });

  it("replace as a whole what belongs to another, and merge the rest", () => {
    const first = mergeRecipe(QUICKSTART, {
      dataset: { levels: [1], seed: 4 },
      reward: { formula: "a", parts: {} },
    });
    const second = mergeRecipe(first, { dataset: { seed: 5 }, reward: { formula: "b" }, stages: ["grpo"] });
    expect(second.dataset).to.deep.equal({ seed: 5 });
    expect(second.reward).to.deep.equal({ formula: "b" });
    expect(second.stages).to.deep.equal(["grpo"]);
    expect(mergeRecipe(QUICKSTART, { dataset: { toString: "no" } }).dataset).to.deep.equal({
      toString: "no",
    });
    expect(QUICKSTART.dataset).to.deep.equal({ levels: [1, 2] });
  });

  it("are known by name, each with a sentence of what it is", () => {
    const recipes = listRecipes();
    expect(recipes.map(({ name }) => name)).to.deep.equal([
      "quickstart",
      "frontcoder",
      "vcoder",
      "webgen-r1",
      "widgetanchor",
    ]);
    for (const { name, description, notTaken } of recipes) {
      expect(description, name).to.match(/^[A-Z].{30,120}\.$/);
      for (const sentence of notTaken) expect(sentence, name).to.match(/^[A-Z].{30,200}\.$/);
    }
    expect(getRecipe("quickstart")).to.deep.include({ recipe: QUICKSTART, notTaken: [] });
  });

  /** From the training scripts and configurations that these systems publish, and the defaults of the trainers they use. */
  const PUBLISHED = {
    frontcoder: {
      reward: "frontcoder/paper",
      sft: {
        demonstrations: 60_000,
        // 468 steps of 128 an epoch, a tenth of them warm-up
        ...{ steps: 936, batchSize: 128, revisionShare: 0 },
        learningRate: { peak: 5e-5, warmup: 94, floor: 0 },
        optimizer: { weightDecay: 0.01, betas: [0.9, 0.95], maxGradientNorm: 1 },
      },
      grpo: {
        // 10 steps of 128 prompts an epoch, 15 epochs; mini batches of 64 prompts
        ...{ steps: 150, tasksPerStep: 128, groupSize: 4, epochs: 1, updatesPerEpoch: 2 },
        ...{ epsilon: 0.2, epsilonHigh: 0.2, beta: 0.001, entropyCoef: 0 },
        // verl: vanilla loss, token-mean of a mini batch, clip_ratio_c 3, kl_loss_type low_var_kl
        ...{ lossType: "bnpo", delta: 3, klEstimator: "k3" },
        scaleRewards: "group",
        learningRate: { peak: 1e-6, floor: 1 },
        sampling: { temperature: 1, topP: 0.95 },
      },
    },
    vcoder: {
      reward: "vcoder/paper",
      sft: {
        ...{ demonstrations: 2000, steps: 250, batchSize: 8, revisionShare: 0 },
        learningRate: { peak: 2e-5, warmup: 13, floor: 0, shape: "linear" },
        optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 1 },
      },
      grpo: {
        ...{ steps: 500, tasksPerStep: 4, groupSize: 8, epochs: 1, updatesPerEpoch: 1 },
        ...{ epsilon: 0.2, epsilonHigh: 0.2, beta: 0, entropyCoef: 0 },
        // TRL 0.28: loss_type dapo, vllm_importance_sampling_mode sequence_mask, cap 3; a linear schedule
        ...{ lossType: "dapo", importanceSampling: { mode: "sequence_mask", clipMax: 3 } },
        scaleRewards: "group",
        learningRate: { peak: 1e-5, warmup: 50, floor: 0, shape: "linear" },
        optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 1 },
        sampling: { temperature: 1, topP: 1 },
      },
    },
    "webgen-r1": {
      sft: {
        ...{ demonstrations: 600, steps: 38, batchSize: 32, revisionShare: 0 },
        learningRate: { peak: 1e-5, warmup: 1, floor: 0.1 },
        optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 0.2 },
      },
      grpo: {
        ...{ steps: 400, tasksPerStep: 8, groupSize: 16, epochs: 1, updatesPerEpoch: 1 },
        ...{ epsilon: 0.2, epsilonHigh: 0.2, beta: 0.01, entropyCoef: 0 },
        lossType: "bnpo",
        scaleRewards: "group",
        learningRate: { peak: 5e-6, warmup: 12, floor: 0.1 },
        optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 1 },
        sampling: { temperature: 1, topP: 1 },
      },
    },
    widgetanchor: {
      sft: {
        ...{ steps: 125, batchSize: 4, revisionShare: 0 },
        learningRate: { peak: 1e-4, warmup: 100, floor: 0 },
        optimizer: { weightDecay: 0.01, betas: [0.9, 0.999], maxGradientNorm: 1 },
      },
      grpo: {
        ...{ steps: 1000, tasksPerStep: 4, groupSize: 5, epochs: 4, updatesPerEpoch: 1 },
        ...{ epsilon: 0.2, epsilonHigh: 0.2, beta: 0.05, entropyCoef: 0 },
        lossType: "grpo",
        scaleRewards: "group",
        learningRate: { peak: 1e-5, warmup: 25, floor: 0 },
        optimizer: { weightDecay: 0.01, betas: [0.9, 0.999], maxGradientNorm: 1 },
        sampling: { temperature: 0.7 },
      },
    },
  };

  it("of the published systems carry the figures of their scripts", () => {
    for (const [name, published] of Object.entries(PUBLISHED))
      expect(getRecipe(name).changes, name).to.deep.equal(published);
    for (const { name, notTaken } of listRecipes())
      if (name !== "quickstart") expect(notTaken, name).to.not.be.empty;
    expect(() => getRecipe("frontcode")).to.throw(
      'There is no recipe "frontcode". Did you mean "frontcoder"?',
    );
  });
});
