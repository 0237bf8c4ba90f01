import { InfrastructureError, messageOf } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import type { JudgeQuestion, VisionJudge } from "./judge.js";

/** Temperature of repeated questions; at 0 every repeat would be the same. */
export const REPEAT_TEMPERATURE = 0.7;

/** Answers to a question that was asked several times. */
export interface Repeated {
  readonly answers: readonly JsonObject[];
  /** Why the other repeats gave none. */
  readonly failures: readonly string[];
}

/**
 * Asks the same question `repeats` times, independently. Rejects when half of them or more give no answer, with the first
 * reason; and with the signal's reason.
 */
export async function askRepeatedly(
  judge: VisionJudge,
  question: JudgeQuestion,
  { repeats = 1, signal }: { readonly repeats?: number; readonly signal: AbortSignal },
): Promise<Repeated> {
  const temperature = question.temperature ?? (repeats > 1 ? REPEAT_TEMPERATURE : 0);
  const outcomes = await Promise.allSettled(
    Array.from({ length: repeats }, (_, repeat) =>
      judge.answer({ ...question, temperature }, { signal, repeat }),
    ),
  );
  signal.throwIfAborted();
  const answers = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  const failures = reasons.map(messageOf);
  if (answers.length * 2 > repeats) return { answers, failures };
  if (repeats === 1) throw reasons[0];
  throw new InfrastructureError(
    `Only ${answers.length} of ${repeats} judgements could be had: ${failures[0] ?? ""}`,
  );
}

/** The middle value; the mean of the two middle ones when their number is even. Throws a RangeError for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("There is no median of no values.");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** The largest difference of two values. */
export function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
