export { readSiteFolder } from "./folder.js";
export { normalizePath } from "./paths.js";
export {
  MAX_SITE_BYTES,
  MAX_SITE_FILES,
  type ReadSiteOptions,
  readSite,
  writeManifest,
} from "./read-site.js";
export { type ManifestToken, manifestTokens } from "./tokens.js";
