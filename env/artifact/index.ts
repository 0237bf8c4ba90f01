export type {
  Artifact,
  ArtifactOutcome,
  Refusal,
  RefusalReason,
  SiteArtifact,
  SiteCommand,
} from "../contract/artifact.js";
export { type ExtractionRules, listExtractions, OWN_RULES, registerExtraction } from "./extraction.js";
export { MAX_HTML_BYTES, type ReadHtmlOptions, readHtml, wrapFragment } from "./html.js";
export { type ReadOptions, readArtifact } from "./read.js";
export { readApart } from "./read-apart.js";
export {
  MAX_SITE_BYTES,
  type ReadSiteOptions,
  readSite,
  readSiteFolder,
  writeManifest,
} from "./site/index.js";
export { MAX_TSX_BYTES, type ReadTsxOptions, readTsx } from "./tsx.js";
