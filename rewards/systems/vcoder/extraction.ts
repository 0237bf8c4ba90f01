import { registerExtraction } from "../../../env/artifact/extraction.js";
import type { Artifact } from "../../../env/contract/artifact.js";
import { cleanupResponse, extractHtml, extractOpenEnvHtml } from "./extract.js";

/** An empty text is no artifact. */
const page = (html: string | null): Artifact | null => (html ? { kind: "html", html } : null);

registerExtraction({
  name: "vcoder",
  kind: "html",
  module: new URL(import.meta.url),
  description: "VCoder's rewards: the first closed html fence, and nothing without one.",
  extract: (text) => page(extractHtml(text)),
});

registerExtraction({
  name: "vcoder-design2code",
  kind: "html",
  module: new URL(import.meta.url),
  description: "VCoder's Design2Code run: the fenced page, cut-off fences included, else the whole text.",
  extract: (text) => page(cleanupResponse(text)),
});

registerExtraction({
  name: "vcoder-openenv",
  kind: "html",
  module: new URL(import.meta.url),
  description: "VCoder's OpenEnv variant: the first fence after closed thoughts, else the whole text.",
  extract: (text) => page(extractOpenEnvHtml(text)),
});
