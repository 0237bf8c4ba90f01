import { spawn } from "node:child_process";
import { messageOf } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { PYTHON_SCRIPT } from "./metrics-python-script.js";

/** The Python that the metrics are measured against; null where there is none. */
export interface Python {
  /** What the script says to a request. Null, after a line on standard error, when a package is missing. */
  ask<Answer>(request: JsonObject): Promise<Answer | null>;
}

/**
 * Python as a baseline: the interpreter named by `WEBGEN_PYTHON`, else `python3`. It needs scikit-image for SSIM, and
 * beautifulsoup4, opencv-python-headless, scipy, colormath, pillow and playwright for Design2Code.
 */
export function openPython(path = process.env.WEBGEN_PYTHON ?? "python3"): Python {
  return {
    async ask<Answer>(request: JsonObject) {
      try {
        return JSON.parse(await run(path, JSON.stringify(request))) as Answer;
      } catch (error) {
        console.error(`No baseline from ${path} for ${request.what}: ${messageOf(error)}`);
        return null;
      }
    },
  };
}

/** Runs the script; rejects with the last line it complained with. */
function run(path: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, ["-c", PYTHON_SCRIPT], { stdio: ["pipe", "pipe", "pipe"] });
    let [output, problems] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      problems += text;
    });
    child.on("error", reject);
    child.stdin.on("error", () => {});
    child.on("close", (code) => {
      if (code === 0) resolve(output.trim().split("\n").at(-1) ?? "");
      else reject(new Error(problems.trim().split("\n").at(-1) || `It ended with ${code}.`));
    });
    child.stdin.end(input);
  });
}
