/** What each command does, in one sentence. */
export const SUMMARIES = {
  quickstart:
    "Train a small policy on rendered rewards and compare agents, in about ten minutes on two cores.",
  train: "Train a policy: SFT on reference pages, then GRPO on rendered rewards, or a learner of yours.",
  compare: "Let agents answer the same held-out tasks, and compare them with paired intervals.",
  render: "Render an answer and say what the browser saw.",
  score: "Score answers to a task, part by part, with what each part found.",
  check: "Test an environment by Gymnasium's rules, and a reward by what it pays.",
  attack: "Search a reward for pages that are paid for what nobody can read.",
  list: "List what can be named: environments, rewards, agents, data sets, recipes and more.",
  watch: "Show a run in the browser while it goes on, or after: curves, phases, messages.",
  bench: "Measure rendering, training and metrics, each against its baseline in the same run.",
} as const;

/** Name of a command. */
export type CommandName = keyof typeof SUMMARIES;
