import { spawn } from "node:child_process";

/** The Python that baselines are measured in: `WEBGEN_PYTHON`, else `python3`. */
export function pythonPath(): string {
  return process.env.WEBGEN_PYTHON ?? "python3";
}

/** Runs Python with some arguments and gives the last line it printed; rejects with the last line it complained with. */
export function runPython(args: readonly string[], input = "", path = pythonPath()): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { stdio: ["pipe", "pipe", "pipe"] });
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
      else reject(new Error(problems.trim().split("\n").at(-1) || `It ended with status ${code}.`));
    });
    child.stdin.end(input);
  });
}
