import { checkDpo, type DpoOptions } from "../agents/dpo.js";
import { checkExpertIteration, type ExpertIterationOptions } from "../agents/expert-iteration.js";
import { checkAlgorithm } from "../agents/grpo-options.js";
import type { TaskSource } from "../env/contract/task.js";
import { referenceAnswer } from "../env/reference.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import type { Recipe } from "./recipes/recipe.js";

/** Name of a stage as the progress bar shows it. */
export const shownName = (stage: string): string =>
  ["sft", "grpo", "dpo"].includes(stage) ? stage.toUpperCase() : stage;

/** Whether a stage samples answers, in episodes of one turn. */
export const samplesAnswers = (stage: string): boolean => stage !== "sft" && stage in OWN_STAGES;

/** Train tasks that are looked at for a reference before SFT starts, at most. */
const LOOKED_AT = 64;

type Section = { readonly steps: number } & { readonly [option: string]: unknown };

/** How a recipe's sections become the options of the learners they are for. */
const OWN_STAGES: Readonly<Record<string, (recipe: Recipe, tasks: TaskSource) => Section>> = {
  sft: ({ sft: section }, tasks) => {
    const looked = Math.min(section.demonstrations, tasks.size("train"), LOOKED_AT);
    const written = Array.from({ length: looked }, (_, i) => referenceAnswer(tasks.at("train", i)));
    if (written.every((answer) => answer === undefined))
      throw new UsageError(
        `SFT learns from references, and none of the first ${looked} train tasks of ${tasks.name} has one that can be written; leave SFT out: --agent grpo.`,
      );
    return { ...section };
  },
  grpo: (recipe, tasks) => {
    checkAlgorithm(recipe.grpo, recipe.maxTokens);
    return { ...recipe.grpo, ...sampled("GRPO", "grpo", recipe.grpo, recipe, tasks) };
  },
  dpo: (recipe, tasks) => {
    const section = learnerSection(recipe, "dpo");
    checkDpo(section as Section & DpoOptions);
    return { ...section, ...sampled("DPO", "learners.dpo", section, recipe, tasks) };
  },
  "expert-iteration": (recipe, tasks) => {
    const section = learnerSection(recipe, "expert-iteration");
    checkExpertIteration(section as Section & ExpertIterationOptions);
    return {
      ...section,
      ...sampled("Expert iteration", "learners.expert-iteration", section, recipe, tasks),
    };
  },
};

type Batches = Pick<Recipe["grpo"], "tasksPerStep" | "sampling">;

/** What the section of GRPO says of batches, with that of another learner over it. Throws a UsageError where there is none. */
function learnerSection({ grpo, learners }: Recipe, name: string): Section & Batches {
  const { tasksPerStep, groupSize, tasksPerChunk, epochs, updatesPerEpoch, learningRate, sampling } = grpo;
  const batches = { tasksPerStep, groupSize, tasksPerChunk, epochs, updatesPerEpoch, learningRate, sampling };
  const optimizer = grpo.optimizer ? { optimizer: grpo.optimizer } : {};
  return { ...batches, ...optimizer, ...mentioned(learners[name], name) };
}

/** Where a learner that samples draws its tasks from, and how many tokens an answer may have. */
function sampled(
  learner: string,
  path: string,
  { tasksPerStep, sampling }: Batches,
  { maxTokens, stages, sft: { demonstrations } }: Recipe,
  tasks: TaskSource,
): { sampling: object; firstTask: number } {
  const size = tasks.size("train");
  if (size < tasksPerStep)
    throw new UsageError(
      `${learner} draws ${tasksPerStep} tasks a step, but ${tasks.name} has ${size} train tasks; set ${path}.tasksPerStep.`,
    );
  // Where the demonstrations leave too few tasks, it draws from all of them.
  const others = stages.includes("sft") && size - demonstrations >= tasksPerStep;
  return { sampling: { ...sampling, maxTokens }, firstTask: others ? demonstrations : 0 };
}

function mentioned(section: Section | undefined, stage: string): Section {
  if (section) return section;
  throw new UsageError(
    `The recipe says nothing of "${stage}": give its steps, e.g. {"learners": {"${stage}": {"steps": 60}}}.`,
  );
}

/** Steps and options of one stage. Throws a UsageError for a learner that the recipe has no section for. */
export function sectionOf(
  recipe: Recipe,
  stage: string,
  tasks: TaskSource,
): { steps: number; options: JsonObject } {
  const section = OWN_STAGES[stage]?.(recipe, tasks) ?? mentioned(recipe.learners[stage], stage);
  const { steps, ...options } = section;
  return { steps, options: options as JsonObject };
}
