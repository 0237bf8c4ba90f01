import { type DpoOptions, dpo } from "./dpo.js";
import { type ExpertIterationOptions, expertIteration } from "./expert-iteration.js";
import { type GrpoOptions, grpo } from "./grpo.js";
import { referenceAgent } from "./reference.js";
import { registerAgent } from "./registry.js";
import { type SftOptions, sft } from "./sft.js";

// Makes the shipped agents known by name. Imported once, by the index of this room.

registerAgent({
  name: "reference",
  description: "Hands in the task's own reference: the upper bound of a comparison.",
  open: ({ tasks }) => referenceAgent(tasks),
});

registerAgent({
  name: "sft",
  description: "Learns from reference pages by cross-entropy.",
  train: (env, { options, startingWeights, ...setting }) =>
    sft.train(env, { ...options, ...setting } as unknown as SftOptions),
});

registerAgent({
  name: "grpo",
  description: "Learns from rendered rewards by GRPO.",
  train: (env, { options, startingWeights, ...setting }) =>
    grpo.train(env, { ...options, ...setting, reference: startingWeights } as unknown as GrpoOptions),
});

registerAgent({
  name: "expert-iteration",
  description: "Learns by cross-entropy from the best of its own answers.",
  train: (env, { options, startingWeights, ...setting }) =>
    expertIteration.train(env, { ...options, ...setting } as unknown as ExpertIterationOptions),
});

registerAgent({
  name: "dpo",
  description: "Learns from pairs of its own answers, the better one preferred, by DPO.",
  train: (env, { options, startingWeights, ...setting }) =>
    dpo.train(env, { ...options, ...setting, reference: startingWeights } as unknown as DpoOptions),
});
