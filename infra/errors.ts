/**
 * Errors are typed by the boundary they came from, so a caller can tell what to do next:
 * mend the call (`UsageError`), mend the machine (`InfrastructureError`), or mend a plugin (`PluginError`).
 * Bad model output is none of these: it is data (a refusal, a failed render, a low score).
 */
export class WebGenError extends Error {
  override readonly name: string = "WebGenError";
}

/** The caller asked for something that cannot be: an unknown id, a malformed formula, a step before reset. */
export class UsageError extends WebGenError {
  override readonly name = "UsageError";
}

/** The machine let us down: no browser, a full disk, a server that does not answer. The answer under test is not at fault. */
export class InfrastructureError extends WebGenError {
  override readonly name = "InfrastructureError";
}

/** A plugin (a reward, a task source, a policy) broke its contract: it threw, hung, or returned a wrong shape. */
export class PluginError extends WebGenError {
  override readonly name = "PluginError";
}

/** The message of anything thrown, as one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? "";
}
