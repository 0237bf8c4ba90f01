import { registerExtraction } from "../../../env/artifact/extraction.js";
import { extractHtml } from "./extract.js";

registerExtraction({
  name: "frontcoder",
  kind: "html",
  module: new URL(import.meta.url),
  description: "FrontCoder's reward: first fence, else first document, else first svg or body.",
  extract(text) {
    const html = extractHtml(text);
    return html === "" ? null : { kind: "html", html };
  },
});
