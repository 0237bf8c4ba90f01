import { registerExtraction } from "../../../env/artifact/extraction.js";
import { unpackAsReleased } from "./released/unpack.js";

registerExtraction({
  name: "webgen-r1",
  kind: "site",
  module: new URL(import.meta.url),
  description: "WebGen-R1's unpacking: looser than its own check of the same manifest.",
  extract(text) {
    const { found, files } = unpackAsReleased(text);
    return found ? { kind: "site", files: Object.fromEntries(files) } : null;
  },
});
