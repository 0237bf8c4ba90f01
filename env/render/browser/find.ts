import { accessSync, constants, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "playwright";
import { UsageError } from "../../../infra/errors.js";

/** Environment variable that names the Chromium to use. */
export const CHROMIUM_VARIABLE = "WEBGEN_CHROMIUM";

/** System commands tried in this order. The headless shell first: its frames can be stepped and its pages open faster. */
export const SYSTEM_CHROMIUMS = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
] as const;

/** A Chromium on this machine, and how it was found. */
export interface FoundBrowser {
  readonly path: string;
  readonly source: "environment" | "playwright" | "system";
}

/**
 * Looks for a Chromium: `WEBGEN_CHROMIUM`, then Playwright's own (headless shell first), then a system one.
 * Returns undefined where there is none. Throws a UsageError when `WEBGEN_CHROMIUM` names something that cannot be run.
 *
 * @example
 * findBrowser()?.path; // "/usr/lib/chromium/chromium-headless-shell"
 */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): FoundBrowser | undefined {
  const named = environment[CHROMIUM_VARIABLE];
  if (named) {
    if (isExecutable(named)) return { path: unwrap(named), source: "environment" };
    throw new UsageError(
      `${CHROMIUM_VARIABLE} is set to "${named}", which is not a program that can be run; set it to the path of a Chromium, or unset it.`,
    );
  }
  for (const path of playwrightPaths()) if (isExecutable(path)) return { path, source: "playwright" };
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const name of SYSTEM_CHROMIUMS) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (isExecutable(path)) return { path: unwrap(path), source: "system" };
    }
  }
  return undefined;
}

/** Playwright knows where it would put its Chromium; its headless shell lies in a sibling folder of the same revision. */
function playwrightPaths(): string[] {
  const full = chromium.executablePath();
  if (!full) return [];
  const shell = full
    .replace(/([\\/])chromium-(\d+)([\\/])/, "$1chromium_headless_shell-$2$3")
    .replace(/([\\/])chrome-(linux|mac|win)/, "$1chrome-headless-shell-$2");
  const folder = dirname(shell);
  const names = ["chrome-headless-shell", "headless_shell", "chrome-headless-shell.exe"];
  return [...names.map((name) => join(folder, name)), full];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian starts its headless shell through a one-line shell script; the pipe to the browser wants the program itself. */
function unwrap(path: string): string {
  const real = realpathSync(path);
  const head = readFileSync(real).subarray(0, 400).toString("latin1");
  if (!head.startsWith("#!")) return real;
  const program = /^(\/\S*headless-shell) "\$@"\s*$/m.exec(head)?.[1];
  return program !== undefined && isExecutable(program) ? program : path;
}
