import { registerExtraction } from "../../../env/artifact/extraction.js";
import type { Artifact } from "../../../env/contract/artifact.js";
import {
  extractCodeAtInference,
  extractCodeAtTraining,
  extractCodeForBenchmark,
} from "./released/extract-code.js";

/** An empty text is no artifact. */
const component = (source: string | null): Artifact | null => (source ? { kind: "tsx", source } : null);

registerExtraction({
  name: "widgetanchor",
  kind: "tsx",
  module: new URL(import.meta.url),
  description: "WidgetAnchor's inference: the first <code> block, closed or not, else the first fence.",
  extract: (text) => component(extractCodeAtInference(text)),
});

registerExtraction({
  name: "widgetanchor-training",
  kind: "tsx",
  module: new URL(import.meta.url),
  description: "WidgetAnchor's training loop: the first closed <code> block.",
  extract: (text) => component(extractCodeAtTraining(text)),
});

registerExtraction({
  name: "widgetanchor-benchmark",
  kind: "tsx",
  module: new URL(import.meta.url),
  description: "WidgetAnchor's benchmark run: the best block of any sort, with its imports mended.",
  extract: (text) => component(extractCodeForBenchmark(text)),
});
