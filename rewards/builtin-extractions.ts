import { type ExtractionRules, registerExtraction } from "../env/artifact/extraction.js";
import type { Artifact } from "../env/contract/artifact.js";
import { extractHtml as frontcoderHtml } from "./systems/frontcoder/extract.js";
import { cleanupResponse, extractHtml, extractOpenEnvHtml } from "./systems/vcoder/extract.js";
import { unpackAsReleased } from "./systems/webgen-r1/released/unpack.js";
import {
  extractCodeAtInference,
  extractCodeAtTraining,
  extractCodeForBenchmark,
} from "./systems/widgetanchor/released/extract-code.js";

// Makes the published systems' extraction rules known by name. Imported once, by the index of this room.

/** An empty text is no artifact. */
const html = (text: string | null): Artifact | null => (text ? { kind: "html", html: text } : null);
const tsx = (text: string | null): Artifact | null => (text ? { kind: "tsx", source: text } : null);

const RULES: readonly ExtractionRules[] = [
  {
    name: "frontcoder",
    kind: "html",
    description: "FrontCoder's reward: first fence, else first document, else first svg or body.",
    extract: (text) => html(frontcoderHtml(text)),
  },
  {
    name: "vcoder",
    kind: "html",
    description: "VCoder's rewards: the first closed html fence, and nothing without one.",
    extract: (text) => html(extractHtml(text)),
  },
  {
    name: "vcoder-design2code",
    kind: "html",
    description: "VCoder's Design2Code run: the fenced page, cut-off fences included, else the whole text.",
    extract: (text) => html(cleanupResponse(text)),
  },
  {
    name: "vcoder-openenv",
    kind: "html",
    description: "VCoder's OpenEnv variant: the first fence after closed thoughts, else the whole text.",
    extract: (text) => html(extractOpenEnvHtml(text)),
  },
  {
    name: "widgetanchor",
    kind: "tsx",
    description: "WidgetAnchor's inference: the first <code> block, closed or not, else the first fence.",
    extract: (text) => tsx(extractCodeAtInference(text)),
  },
  {
    name: "widgetanchor-training",
    kind: "tsx",
    description: "WidgetAnchor's training loop: the first closed <code> block.",
    extract: (text) => tsx(extractCodeAtTraining(text)),
  },
  {
    name: "widgetanchor-benchmark",
    kind: "tsx",
    description: "WidgetAnchor's benchmark run: the best block of any sort, with its imports mended.",
    extract: (text) => tsx(extractCodeForBenchmark(text)),
  },
  {
    name: "webgen-r1",
    kind: "site",
    description: "WebGen-R1's unpacking: looser than its own check of the same manifest.",
    extract(text) {
      const { found, files } = unpackAsReleased(text);
      return found ? { kind: "site", files: Object.fromEntries(files) } : null;
    },
  },
];

for (const rules of RULES) registerExtraction(rules);
