import type { TaskSource } from "../env/contract/task.js";
import { UsageError } from "../infra/errors.js";
import type { Agent } from "./agent.js";

/** Hands in the reference of each task: the upper bound in a comparison. */
export function referenceAgent(tasks: TaskSource, name = "reference"): Agent {
  return {
    name,
    act: async (observations) =>
      observations.map(({ taskId }) => {
        const reference = tasks.byId(taskId)?.reference;
        const text = reference?.html ?? reference?.tsx;
        if (text === undefined) throw new UsageError(`Task ${taskId} has no reference to hand in.`);
        return { text, tokenCount: 0 };
      }),
  };
}
