import { UsageError } from "../../infra/errors.js";
import type { ArtifactOutcome } from "../contract/artifact.js";
import type { ArtifactKind } from "../contract/task.js";
import { extractionsNamed, OWN_RULES, readBy } from "./extraction.js";
import { MAX_HTML_BYTES, readHtml } from "./html.js";
import { MAX_SITE_BYTES, readSite } from "./site/index.js";
import { MAX_TSX_BYTES, readTsx } from "./tsx.js";

/** Options of reading an answer. */
export interface ReadOptions {
  /** Name of the extraction rules, default `webgen`, our own. A published system's apply to the kind of answer it asks for. */
  readonly extraction?: string;
  /** Most UTF-8 bytes of the artifact; defaults: `MAX_HTML_BYTES`, `MAX_TSX_BYTES`, `MAX_SITE_BYTES`. */
  readonly maxBytes?: number;
}

interface Reader {
  readonly maxBytes: number;
  readonly read: (text: string, options: { readonly maxBytes: number }) => ArtifactOutcome;
}

const READERS: Readonly<Record<ArtifactKind, Reader>> = {
  html: { maxBytes: MAX_HTML_BYTES, read: readHtml },
  tsx: { maxBytes: MAX_TSX_BYTES, read: readTsx },
  site: { maxBytes: MAX_SITE_BYTES, read: readSite },
};

/**
 * Reads the artifact a task asks for out of what a model wrote. Total: every string gives an artifact or a refusal.
 * It reads in this process, and keeps it for as long as that takes; see `readApart`.
 *
 * Throws a UsageError for a kind that there is not, and for extraction rules that are not registered.
 *
 * @example
 * readArtifact("html", "<h1>Hello</h1>").status; // "ok"
 * readArtifact("html", "<h1>Hello</h1>", { extraction: "vcoder" }).status; // "refused": its page must be in a fence
 */
export function readArtifact(kind: ArtifactKind, text: string, options: ReadOptions = {}): ArtifactOutcome {
  if (!Object.hasOwn(READERS, kind))
    throw new UsageError(`There is no kind of artifact "${kind}"; use "html", "tsx" or "site".`);
  const { extraction = OWN_RULES, maxBytes = READERS[kind].maxBytes } = options;
  const rules = extractionsNamed(extraction).find((each) => each.kind === kind);
  return rules ? readBy(rules, text, maxBytes) : READERS[kind].read(text, { maxBytes });
}
