import type { ArtifactKind } from "../task.js";
import type { ArtifactOutcome } from "./artifact.js";
import { type ReadHtmlOptions, readHtml } from "./html.js";
import { readSite } from "./site/index.js";
import { readTsx } from "./tsx.js";

export type { Artifact, ArtifactOutcome, Refusal, RefusalReason, SiteArtifact } from "./artifact.js";
export { type HtmlRules, MAX_HTML_BYTES, type ReadHtmlOptions, readHtml, wrapFragment } from "./html.js";
export {
  MAX_SITE_BYTES,
  type ReadSiteOptions,
  readSite,
  readSiteFolder,
  type SiteCommand,
  writeManifest,
} from "./site/index.js";
export { MAX_TSX_BYTES, type ReadTsxOptions, readTsx } from "./tsx.js";

/** How each kind of artifact is read. A kind without a reader is refused. */
const READERS: Partial<Record<ArtifactKind, (text: string, options: ReadHtmlOptions) => ArtifactOutcome>> = {
  html: readHtml,
  tsx: (text, { maxBytes }) => readTsx(text, maxBytes === undefined ? {} : { maxBytes }),
  site: (text, { maxBytes }) => readSite(text, maxBytes === undefined ? {} : { maxBytes }),
};

/**
 * Reads the artifact a task asks for out of what a model wrote. Total: every string gives an artifact or a refusal.
 *
 * @example
 * readArtifact("html", "<h1>Hello</h1>").status; // "ok"
 */
export function readArtifact(
  kind: ArtifactKind,
  text: string,
  options: ReadHtmlOptions = {},
): ArtifactOutcome {
  const reader = READERS[kind];
  if (reader) return reader(text, options);
  return {
    status: "refused",
    kind,
    refusal: {
      reason: "unsupported_kind",
      message: `Answers of kind "${kind}" cannot be rendered by this version; use a task of kind "html".`,
    },
  };
}
