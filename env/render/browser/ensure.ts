import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InfrastructureError } from "../../../infra/errors.js";
import { CHROMIUM_VARIABLE, type FoundBrowser, findBrowser } from "./find.js";

/** Options of finding or installing a browser. */
export interface EnsureBrowserOptions {
  /** Told in a sentence what is being installed. Default: silent. */
  readonly log?: (message: string) => void;
  /** Milliseconds Playwright's installer may take without having downloaded anything, default 20,000. */
  readonly patience?: number;
}

/**
 * Finds a Chromium, and installs one where there is none: by Playwright's installer, else, as root on a Debian, as the
 * package `chromium-headless-shell`.
 * Throws an InfrastructureError with one sentence that says what to install where nothing works.
 */
export async function ensureBrowser({
  log = () => {},
  patience = 20_000,
}: EnsureBrowserOptions = {}): Promise<FoundBrowser> {
  const present = findBrowser();
  if (present) return present;
  log("No Chromium found; installing the one that belongs to Playwright.");
  await attempt(process.execPath, [playwrightCli(), "install", "chromium", "--only-shell"], patience);
  const downloaded = findBrowser();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0) {
    log("Playwright's Chromium cannot be downloaded; installing the Debian package chromium-headless-shell.");
    const install = ["install", "-y", "--no-install-recommends", "chromium-headless-shell"];
    if (!(await attempt("apt-get", install))) {
      await attempt("apt-get", ["update"]);
      await attempt("apt-get", install);
    }
    const packaged = findBrowser();
    if (packaged) return packaged;
  }
  throw new InfrastructureError(
    `No Chromium was found and none could be installed; run "npx playwright install chromium --only-shell" or "apt-get install chromium-headless-shell" as root, or set ${CHROMIUM_VARIABLE} to the path of one.`,
  );
}

/** Environment variable that, set to 0, leaves the machine as it is where there is no Chromium. */
export const INSTALL_VARIABLE = "WEBGEN_INSTALL_BROWSER";

/**
 * Finds a Chromium, and installs one as `ensureBrowser` does, telling of it on standard error, unless `WEBGEN_INSTALL_BROWSER`
 * is 0. Throws an InfrastructureError with one sentence that says what to do.
 */
export async function findOrInstall(): Promise<FoundBrowser> {
  const found = findBrowser();
  if (found) return found;
  if (process.env[INSTALL_VARIABLE] === "0")
    throw new InfrastructureError(
      `No Chromium was found, and ${INSTALL_VARIABLE}=0 forbids to install one; run "npx playwright install chromium --only-shell" or "apt-get install chromium-headless-shell" as root, or set ${CHROMIUM_VARIABLE} to the path of one.`,
    );
  return ensureBrowser({ log: (message) => process.stderr.write(`${message}\n`) });
}

function playwrightCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve("playwright/package.json")), "cli.js");
}

/** Runs a command without a terminal. Stops it when `patience` ms pass without a byte of output. True on success. */
function attempt(command: string, args: readonly string[], patience?: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    let stalled: NodeJS.Timeout | undefined;
    let progress = "";
    const wait = () => {
      clearTimeout(stalled);
      if (patience !== undefined) stalled = setTimeout(() => child.kill("SIGKILL"), patience);
    };
    const listen = (chunk: Buffer) => {
      progress = (progress + chunk.toString()).slice(-2000);
      if (/\d+%/.test(progress)) wait();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", () => {
      clearTimeout(stalled);
      resolve(false);
    });
    child.on("exit", (code) => {
      clearTimeout(stalled);
      resolve(code === 0);
    });
    wait();
  });
}
