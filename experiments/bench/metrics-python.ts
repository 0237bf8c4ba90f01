import { messageOf } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { skipped } from "./figure.js";
import { PYTHON_SCRIPT } from "./metrics-python-script.js";
import { pythonPath, runPython } from "./python.js";

/** The Python that the metrics are measured against. */
export interface Python {
  /** What the script says to a request. Null, after a line on standard error, when Python or a package is missing. */
  ask<Answer>(request: JsonObject & { readonly what: string }): Promise<Answer | null>;
}

/**
 * Python as a baseline, see `pythonPath`. It needs scikit-image for SSIM, and beautifulsoup4, opencv-python-headless, scipy,
 * colormath, pillow and playwright for Design2Code.
 */
export function openPython(path = pythonPath()): Python {
  return {
    async ask<Answer>(request: JsonObject & { readonly what: string }) {
      try {
        return JSON.parse(await runPython(["-c", PYTHON_SCRIPT], JSON.stringify(request), path)) as Answer;
      } catch (error) {
        skipped(`the Python baseline of ${request.what}`, `${path} says: ${messageOf(error)}`);
        return null;
      }
    },
  };
}
