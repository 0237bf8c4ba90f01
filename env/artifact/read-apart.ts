import type { ArtifactOutcome, RefusalReason } from "../contract/artifact.js";
import type { ArtifactKind } from "../contract/task.js";
import { createSandbox, type Sandbox } from "../sandbox/index.js";
import { extractionsNamed, listExtractions, OWN_RULES } from "./extraction.js";
import type { ReadInput } from "./jobs.js";
import { type ReadOptions, readArtifact } from "./read.js";

/** Longest answer, in UTF-16 units, that our own rules read in this process: it takes them a few milliseconds at most. */
export const LONGEST_READ_HERE = 32_768;
/** Longest answer that is looked at, in UTF-16 units. */
export const LONGEST_ANSWER = 16_000_000;
/** Seconds of processor time that reading may take. */
const LIMIT = 2;

/**
 * Reads an answer as `readArtifact` does, without holding up the process: a long answer, and any that is read by a published
 * system's rules, is read in a worker process under a deadline. One that takes too long is refused as `too_complex`. Our own
 * rules go through a text once, so they read short answers, nearly all there are, where they are.
 *
 * Rejects with a UsageError where `readArtifact` throws one, and with an InfrastructureError when no worker can be had.
 *
 * @example
 * (await readApart("html", "<h1>Hello</h1>")).status; // "ok"
 */
export async function readApart(
  kind: ArtifactKind,
  text: string,
  options: ReadOptions = {},
): Promise<ArtifactOutcome> {
  const { extraction = OWN_RULES } = options;
  const rules = extractionsNamed(extraction).find((each) => each.kind === kind);
  if (text.length > LONGEST_ANSWER)
    return refused(
      kind,
      "too_large",
      `The answer has ${text.length} characters; at most ${LONGEST_ANSWER} are read.`,
    );
  if (rules ? rules.module === undefined : text.length <= LONGEST_READ_HERE)
    return readArtifact(kind, text, options);
  const outcome = await readers().run("read", { kind, text, options } satisfies ReadInput);
  if (outcome.status === "done") return outcome.value as ArtifactOutcome;
  const why = {
    deadline: `Reading the answer took more than ${LIMIT} s of processor time, so it was given up.`,
    memory: "Reading the answer needed more memory than it may have.",
    too_large: "What the answer holds is too large.",
    crash: "Reading the answer broke its process.",
    threw: `The answer cannot be read: ${outcome.message}`,
  }[outcome.reason];
  return refused(kind, outcome.reason === "too_large" ? "too_large" : "too_complex", why);
}

const pools = new Map<string, Sandbox>();

/** The worker processes that read, which know the rules registered by now. */
function readers(): Sandbox {
  const before = [...new Set(listExtractions().flatMap(({ module }) => module?.href ?? []))].sort();
  const known = pools.get(before.join("\n"));
  if (known) return known;
  const sandbox = createSandbox({
    module: new URL("./jobs.js", import.meta.url),
    before: before.map((href) => new URL(href)),
    limit: LIMIT * 1000,
    heapMegabytes: 256,
    memoryMegabytes: 1024,
  });
  pools.set(before.join("\n"), sandbox);
  return sandbox;
}

function refused(kind: ArtifactKind, reason: RefusalReason, message: string): ArtifactOutcome {
  return { status: "refused", kind, refusal: { reason, message } };
}
