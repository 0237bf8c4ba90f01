import { createSandbox, type Sandbox } from "../sandbox/index.js";

/** What building may cost one answer. */
const LIMITS = {
  limit: 5000,
  heapMegabytes: 512,
  memoryMegabytes: 1536,
} as const;

let sandbox: Sandbox | undefined;

/** The worker processes in which answers are bundled and styled, one pool for all. */
export function builders(): Sandbox {
  sandbox ??= createSandbox({ module: new URL("./jobs.js", import.meta.url), ...LIMITS });
  return sandbox;
}

/** A build that came to nothing. */
export interface FailedBuild {
  readonly status: "failed";
  readonly message: string;
}

const WHY = {
  deadline: `The build took more than ${LIMITS.limit / 1000} s of processor time, so it was stopped.`,
  memory: "The build needed more memory than it may have, so it was stopped.",
  too_large: "What the build makes is too large.",
  crash: "The build broke the compiler's process.",
} as const;

/** Does a job of `jobs.ts` in a worker process. A job that overruns its limits is a build that failed. */
export async function build<Input, Result>(job: string, input: Input): Promise<Result | FailedBuild> {
  const outcome = await builders().run(job, input);
  if (outcome.status === "done") return outcome.value as Result;
  return { status: "failed", message: outcome.reason === "threw" ? outcome.message : WHY[outcome.reason] };
}
