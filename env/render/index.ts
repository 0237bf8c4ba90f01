export type * from "../contract/rendered-page.js";
export type {
  ProbeState,
  SiteExpectation,
  SiteProbe,
  SiteProbeResult,
  SiteStep,
  Target,
} from "../contract/site-probe.js";
export type {
  ClickEffect,
  SiteControl,
  SiteFinding,
  SiteLink,
  SiteReport,
  SiteRoute,
} from "../contract/site-report.js";
export { type EnsureBrowserOptions, ensureBrowser } from "./browser/ensure.js";
export { CHROMIUM_VARIABLE, type FoundBrowser, findBrowser } from "./browser/find.js";
export { cachedRenderer, type RenderSettings } from "./cache/cached.js";
export { bundledFonts, FONT_PACKAGES, type FontSet } from "./fonts.js";
export { decodePng, hashPixels, pngSize } from "./pixels.js";
export { createRenderer, type RendererOptions } from "./pool/renderer.js";
export type { ProbePage } from "./probe-page.js";
export { SNAPSHOT_STYLES } from "./snapshot.js";
