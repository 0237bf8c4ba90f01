import { didYouMean } from "../../infra/did-you-mean.js";
import { UsageError } from "../../infra/errors.js";
import type { Artifact, ArtifactOutcome, RefusalReason } from "../contract/artifact.js";
import type { ArtifactKind } from "../contract/task.js";

/** The name of our own rules, which need no registration: `readHtml`, `readTsx`, `readSite`. */
export const OWN_RULES = "webgen";

/** A published system's way to take the artifact out of what a model wrote. */
export interface ExtractionRules {
  readonly name: string;
  readonly kind: ArtifactKind;
  /** One sentence. */
  readonly description: string;
  /** Null when the text holds no artifact. Total: it never throws. */
  readonly extract: (text: string) => Artifact | null;
  /**
   * A module that registers the rules when it is imported, `new URL(import.meta.url)`. Answers are then read in a worker
   * process, under a deadline. Rules without it run in this process, and one answer on which they take long stalls all others.
   */
  readonly module?: URL;
}

const NOTHING: Readonly<Record<ArtifactKind, { readonly reason: RefusalReason; readonly what: string }>> = {
  html: { reason: "no_html", what: "page" },
  tsx: { reason: "no_component", what: "component" },
  site: { reason: "no_manifest", what: "site" },
};

const known: ExtractionRules[] = [];

/** Makes rules known by name to `readArtifact` and `make`. Throws a UsageError when the name is taken for this kind. */
export function registerExtraction(rules: ExtractionRules): void {
  const { name, kind } = rules;
  if (name === OWN_RULES || known.some((each) => each.name === name && each.kind === kind))
    throw new UsageError(`Extraction rules named "${name}" for ${kind} are already registered.`);
  known.push(rules);
}

/** All registered rules but our own, by name. */
export function listExtractions(): ExtractionRules[] {
  return known.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The rules of a name, for whatever kinds of artifact; none for our own. Throws a UsageError for an unknown name. */
export function extractionsNamed(name: string): ExtractionRules[] {
  const named = known.filter((each) => each.name === name);
  if (named.length === 0 && name !== OWN_RULES) {
    const names = [OWN_RULES, ...known.map((each) => each.name)];
    const hint =
      known.length === 0
        ? ' Import "webgen-gym" to register those of published systems.'
        : didYouMean(name, names);
    throw new UsageError(`There are no extraction rules named "${name}".${hint}`);
  }
  return named;
}

/** Reads a text by other rules than ours. */
export function readBy(rules: ExtractionRules, text: string, maxBytes: number): ArtifactOutcome {
  const { kind, name } = rules;
  const refuse = (reason: RefusalReason, message: string): ArtifactOutcome => ({
    status: "refused",
    kind,
    refusal: { reason, message },
  });
  const { reason, what } = NOTHING[kind];
  if (text.trim() === "") return refuse("empty", `The answer is empty; a ${what} was expected.`);
  const artifact = rules.extract(text);
  if (artifact === null) return refuse(reason, `The ${name} rules find no ${what} in the answer.`);
  const bytes = bytesOf(artifact);
  if (bytes > maxBytes)
    return refuse("too_large", `The ${what} has ${bytes} bytes; at most ${maxBytes} are accepted.`);
  return { status: "ok", artifact };
}

function bytesOf(artifact: Artifact): number {
  switch (artifact.kind) {
    case "html":
      return Buffer.byteLength(artifact.html);
    case "tsx":
      return Buffer.byteLength(artifact.source);
    case "site":
      return Object.values(artifact.files).reduce((sum, file) => sum + Buffer.byteLength(file), 0);
  }
}
