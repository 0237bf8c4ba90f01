/** Why a policy stopped writing. */
export type FinishReason = "stop" | "length";

/** What a policy wrote. An action given to `step` is a completion, or its text alone. */
export interface Completion {
  readonly text: string;
  /** Number of tokens the policy produced, when it knows. */
  readonly tokenCount?: number;
  readonly finishReason?: FinishReason;
  /**
   * Why there is no answer, in one sentence: a server refused the request, a task has no reference to hand in. The
   * episode ends there and is not measured: its reward is null, never 0.
   */
  readonly failure?: string;
}
