/** Milliseconds that a reward which asks a judge may take: retries and waiting for its turn count. */
export const JUDGE_DEADLINE = 600_000;
