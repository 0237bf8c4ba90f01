import type { TaskSource } from "../env/contract/task.js";
import { referenceAnswer } from "../env/reference.js";
import type { AgentAction } from "../env/web-gen-env.js";
import type { Agent } from "./agent.js";

/**
 * Hands in the reference of each task: the upper bound in a comparison. A task without one that can be written gets no
 * answer, which leaves its reward null.
 */
export function referenceAgent(tasks: TaskSource, name = "reference"): Agent {
  return {
    name,
    act: async (observations) =>
      observations.map(({ taskId }): AgentAction => {
        const task = tasks.byId(taskId);
        const text = task && referenceAnswer(task);
        if (text !== undefined) return { text, tokenCount: 0 };
        return { text: "", tokenCount: 0, failure: `Task ${taskId} has no reference to hand in.` };
      }),
  };
}
