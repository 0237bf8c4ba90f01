// SFT and GRPO from code: a new policy learns reference pages, then a reward of one's own improves it. Tiny, so that it ends in a
// minute; more steps and a larger model are all that a real run adds.
import { createPolicy, grpo, makeVector, rewardFromConfig, sft } from "webgen-gym";

const env = await makeVector("webgen/Pages-v0", {
  dataset: { levels: [1] },
  scorer: rewardFromConfig({
    formula: "render * (0.8 * checklist + 0.2 * similarity)",
    parts: { render: "render", checklist: "checklist", similarity: "similarity" },
  }),
});
const { tasks } = env.options;
const demonstrations = 64;
const texts = Array.from({ length: demonstrations }, (_, i) => tasks.at("train", i)).flatMap((task) => [
  task.prompt,
  task.reference.html,
]);
const policy = await createPolicy({
  texts,
  vocabSize: 700,
  model: {
    hiddenSize: 32,
    intermediateSize: 64,
    layers: 1,
    heads: 2,
    kvHeads: 1,
    maxPositions: 256,
    ropeTheta: 10_000,
    normEpsilon: 1e-5,
    tieEmbeddings: true,
  },
  seed: 1,
});

/** Waits for the last event of a training, telling of each. */
const follow = (training) =>
  new Promise((resolve, reject) => {
    let last;
    training.subscribe({
      next: (event) => {
        last = event;
        console.error(event.phase, event.step, event.metrics.reward ?? event.metrics.loss);
      },
      error: reject,
      complete: () => resolve(last),
    });
  });

const shared = { policy, seed: 1, learningRate: { peak: 4e-3, warmup: 2 } };
const learnt = await follow(sft.train(env, { ...shared, steps: 12, batchSize: 8, demonstrations }));
const improved = await follow(
  grpo.train(env, {
    ...shared,
    steps: 2,
    tasksPerStep: 2,
    groupSize: 4,
    sampling: { temperature: 1, maxTokens: 64 },
    firstTask: demonstrations,
  }),
);
await policy.close();
await env.close();
console.log(JSON.stringify({ loss: learnt.metrics.loss, reward: improved.metrics.reward }));
