import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { applyMutant, type Mutant } from "./mutants.js";
import { compiledPath, transpile } from "./transpile.js";

/** How a run of tests ended, and the wall time it took in s. `timeout`: it was stopped. */
export interface TestRun {
  readonly end: "passed" | "failed" | "timeout";
  readonly seconds: number;
  /** The last lines it wrote. */
  readonly output: string;
}

/** A copy of the built project in which sources can be changed. */
export interface Workshop {
  /** Runs test sources in their order up to the first failure. */
  run(tests: readonly string[], timeout: number): Promise<TestRun>;
  /** Runs tests with a mutant in place; undefined when the mutant is not TypeScript. The source is as before afterwards. */
  tryMutant(mutant: Mutant, tests: readonly string[], timeout: number): Promise<TestRun | undefined>;
}

/** Left out of the copy: the packages are linked, the rest is not needed. */
const LEFT_OUT = new Set(["node_modules", ".git", ".cache", ".ci", "runs"]);

/** Makes the copy in a folder, anew. The project must be built. */
export function openWorkshop(root: string, folder: string): Workshop {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root))
    if (!LEFT_OUT.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  const run = (tests: readonly string[], timeout: number) => runTests(folder, tests, timeout);
  return {
    run,
    async tryMutant(mutant, tests, timeout) {
      const text = readFileSync(join(root, mutant.file), "utf8");
      try {
        transpile(folder, mutant.file, applyMutant(text, mutant));
      } catch {
        return undefined;
      }
      try {
        return await run(tests, timeout);
      } finally {
        cpSync(join(root, compiledPath(mutant.file)), join(folder, compiledPath(mutant.file)));
      }
    },
  };
}

/** @param timeout s */
function runTests(folder: string, tests: readonly string[], timeout: number): Promise<TestRun> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ["node_modules/mocha/bin/mocha.js", "--bail", ...tests.map(compiledPath)],
      { cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output = (output + chunk).slice(-2000);
      });
    let stopped = false;
    const timer = setTimeout(() => {
      stopped = true;
      process.kill(-(child.pid as number), "SIGKILL");
    }, timeout * 1000);
    child.on("close", (code) => {
      clearTimeout(timer);
      const end = stopped ? "timeout" : code === 0 ? "passed" : "failed";
      resolve({ end, seconds: (performance.now() - started) / 1000, output });
    });
  });
}
