export { type BuiltSite, buildSite, type SiteBuild } from "./build.js";
export { SITE_LIBRARIES, SITE_PACKAGES } from "./packages.js";
export type { Resource } from "./resources.js";
export type { SourceRoutes } from "./routes.js";
export { FROZEN_FILES } from "./scaffold.js";
