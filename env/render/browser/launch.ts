import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { InfrastructureError, messageOf } from "../../../infra/errors.js";
import { Connection } from "./connection.js";
import { browserFlags } from "./flags.js";
import { networkNamespace } from "./namespace.js";

export interface LaunchOptions {
  readonly path: string;
  readonly stepped: boolean;
  readonly heapMegabytes: number;
  /** A fontconfig file, where the fonts are ours. */
  readonly fontconfig?: string;
}

/** A running browser. */
export interface BrowserProcess {
  readonly pid: number;
  /** E.g. `HeadlessChrome/156.0.8078.79`. */
  readonly product: string;
  readonly connection: Connection;
  readonly exited: Promise<void>;
  /** Kills the browser with all its processes, and removes its files. Twice is fine. */
  kill(): Promise<void>;
}

const START_LIMIT = 20_000;
const running = new Set<{ child: ChildProcess; directory: string }>();
process.on("exit", () => {
  for (const { child, directory } of running) {
    killGroup(child);
    rmSync(directory, { recursive: true, force: true, maxRetries: 2 });
  }
});

/** Starts a browser. Throws an InfrastructureError when it does not answer. */
export async function launchBrowser(options: LaunchOptions): Promise<BrowserProcess> {
  const directory = await mkdtemp(join(tmpdir(), "webgen-chromium-"));
  const sandbox = process.getuid?.() !== 0;
  if (!sandbox) sayThatSandboxIsOff();
  const flags = browserFlags({ ...options, userDataDirectory: directory, sandbox });
  const [program, ...args] = [...(await networkNamespace()), options.path, ...flags] as [string, ...string[]];
  const child = spawn(program, args, {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    detached: true,
    env: environment(directory, options.fontconfig),
  });
  const entry = { child, directory };
  running.add(entry);
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4000);
  });
  const connection = new Connection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const exited = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      complaint = messageOf(error);
      resolve();
    });
    child.on("exit", () => resolve());
  });
  void exited.then(() => connection.end("its process ended"));
  const kill = async () => {
    killGroup(child);
    await exited;
    connection.end("it was stopped");
    running.delete(entry);
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  };
  try {
    const { product } = await withLimit(connection.browser.send("Browser.getVersion"), START_LIMIT);
    return { pid: child.pid ?? -1, product, connection, exited, kill };
  } catch (error) {
    await kill();
    const reason = complaint.trim().split("\n").at(-1) ?? messageOf(error);
    throw new InfrastructureError(
      `The browser ${options.path} does not start: ${reason || messageOf(error)}; check that it runs by itself with --version, or set WEBGEN_CHROMIUM to another.`,
    );
  }
}

/** A browser may be killed while it starts, too. */
export async function launchPatiently(options: LaunchOptions, attempts = 3): Promise<BrowserProcess> {
  try {
    return await launchBrowser(options);
  } catch (error) {
    if (attempts <= 1) throw error;
    return launchPatiently(options, attempts - 1);
  }
}

let said = false;

/** Chromium refuses to start its sandbox as root. */
function sayThatSandboxIsOff(): void {
  if (said) return;
  said = true;
  process.emitWarning(
    "This runs as root, so Chromium's own sandbox is off: a page that breaks out of Chromium would be root, too. Run as another user to have the sandbox on.",
    { type: "SandboxWarning", code: "WEBGEN_NO_SANDBOX" },
  );
}

function environment(home: string, fontconfig: string | undefined): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH,
    HOME: home,
    TMPDIR: home,
    TZ: "UTC",
    LANG: "en_US.UTF-8",
    ...(fontconfig === undefined ? {} : { FONTCONFIG_FILE: fontconfig }),
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

function withLimit<T>(promise: Promise<T>, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${limit / 1000} s`)), limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
