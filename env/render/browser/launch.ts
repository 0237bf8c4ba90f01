import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { InfrastructureError, messageOf } from "../../../infra/errors.js";
import { type Confinement, confinementOf } from "./confinement.js";
import { Connection } from "./connection.js";
import { browserFlags } from "./flags.js";
import { collectProfiles, makeProfile } from "./folders.js";

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
  readonly confinement: Confinement;
  /** Kills the browser with all its processes, and removes its files. Twice is fine. */
  kill(): Promise<void>;
}

const START_LIMIT = 20_000;
/** Megabytes a process may use besides the heap of a page's scripts: pictures, layout, buffers that scripts allocate. */
const BESIDE_HEAP = 2560;
const running = new Set<{ child: ChildProcess; directory: string }>();
process.on("exit", () => {
  for (const { child, directory } of running) {
    killGroup(child);
    rmSync(directory, { recursive: true, force: true, maxRetries: 2 });
  }
});

/** Starts a browser. Throws an InfrastructureError when it does not answer. */
export async function launchBrowser(options: LaunchOptions): Promise<BrowserProcess> {
  await collected();
  const { path, fontconfig, heapMegabytes } = options;
  const processBytes = (heapMegabytes + BESIDE_HEAP) * 2 ** 20;
  const confinement = await confinementOf({ path, processBytes, ...(fontconfig ? { fontconfig } : {}) });
  const { prefix, user, sandbox, warning } = confinement;
  if (warning !== undefined) warnOnce(warning);
  const directory = await makeProfile().catch((error: unknown) => {
    throw new InfrastructureError(`There is no room for the browser's files: ${messageOf(error)}`);
  });
  if (user !== undefined) chownSync(directory, user, user);
  const flags = browserFlags({ ...options, userDataDirectory: directory, sandbox });
  const [program, ...args] = [...prefix, path, ...flags] as [string, ...string[]];
  const child = spawn(program, args, {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    detached: true,
    env: environment(directory, fontconfig),
  });
  const entry = { child, directory };
  running.add(entry);
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4000);
  });
  const exited = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      complaint = messageOf(error);
      resolve();
    });
    child.on("exit", () => resolve());
  });
  const [output, input] = [
    child.stdio?.[3] as Writable | undefined,
    child.stdio?.[4] as Readable | undefined,
  ];
  // A process that could not be made has no pipes, e.g. when too many files are open.
  const connection = output && input ? new Connection(output, input) : undefined;
  void exited.then(() => connection?.end("its process ended"));
  const kill = async () => {
    killGroup(child);
    await exited;
    connection?.end("it was stopped");
    running.delete(entry);
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  };
  try {
    if (connection === undefined) {
      await exited;
      throw new Error(complaint);
    }
    const { product } = await withLimit(connection.browser.send("Browser.getVersion"), START_LIMIT);
    return { pid: child.pid ?? -1, product, connection, exited, confinement, kill };
  } catch (error) {
    await kill();
    const reason = complaint.trim().split("\n").at(-1) ?? messageOf(error);
    throw new InfrastructureError(
      `The browser ${options.path} does not start: ${reason || messageOf(error)}; check that it runs by itself with --version, or set WEBGEN_CHROMIUM to another.`,
    );
  }
}

let collection: Promise<unknown> | undefined;

/** Once for this process, what browsers left behind whose owners were killed is removed. */
function collected(): Promise<unknown> {
  collection ??= collectProfiles().catch(() => {});
  return collection;
}

/** Milliseconds before another attempt at starting a browser, by attempt. */
const PAUSES = [100, 500, 2000];

/** A browser may be killed while it starts, and a machine may be short of something for a moment. */
export async function launchPatiently(options: LaunchOptions): Promise<BrowserProcess> {
  for (const pause of PAUSES) {
    try {
      return await launchBrowser(options);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return launchBrowser(options);
}

const said = new Set<string>();

function warnOnce(warning: string): void {
  if (said.has(warning)) return;
  said.add(warning);
  process.emitWarning(warning, { type: "SandboxWarning", code: "WEBGEN_NO_SANDBOX" });
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
