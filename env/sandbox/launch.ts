import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Layer, SUPERVISING_SCRIPT, wrapping } from "./layers.js";

export interface LaunchOptions {
  /** Module of the worker's jobs; see `JobModule`. */
  readonly module: URL;
  /** Modules that are imported before it. */
  readonly before: readonly URL[];
  /** Most megabytes of JavaScript heap. */
  readonly heapMegabytes: number;
  /** Most megabytes of all writable memory of the worker, and of each process it starts. */
  readonly memoryMegabytes: number;
}

/** A worker's process with its ends of the pipes. */
export interface WorkerProcess {
  readonly pid: number;
  readonly requests: Writable;
  readonly replies: Readable;
  /** Resolves once its processes have gone, with what it complained of last. */
  readonly exited: Promise<string>;
  /** Takes the worker's file system away, and resolves to the layers that stand around it. */
  seal(): Promise<readonly Layer[]>;
  /** Kills it with all it started. Twice is fine. */
  kill(): void;
  /** Whether it keeps Node running. */
  keepAlive(yes: boolean): void;
}

const MAIN = fileURLToPath(new URL("./worker-main.js", import.meta.url));
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) killGroup(child);
});

/** Starts a worker's process, in namespaces of its own where the system allows it. It gets nothing of the environment. */
export async function launchWorker(options: LaunchOptions): Promise<WorkerProcess> {
  const { namespaces, capabilities } = await wrapping();
  const program = [
    process.execPath,
    `--max-old-space-size=${options.heapMegabytes}`,
    "--disallow-code-generation-from-strings",
    "--no-warnings",
    MAIN,
    options.module.href,
    ...options.before.map(({ href }) => href),
  ];
  const own = namespaces.length > 0;
  const kilobytes = String(options.memoryMegabytes * 1024);
  const script = ["sh", "-c", SUPERVISING_SCRIPT, "sh", kilobytes, tmpdir(), own ? "yes" : "no"];
  const [command, ...args] = [...namespaces, ...script, ...capabilities, ...program] as [string, ...string[]];
  const child = spawn(command, args, {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"],
    env: environment(),
  });
  running.add(child);
  const [control, said, complained, requests, replies] = child.stdio as unknown as [
    Writable,
    Readable,
    Readable,
    Writable,
    Readable,
  ];
  // A process that has gone makes writing to it fail; that it has gone is learnt from `exited`.
  for (const stream of [control, requests]) stream.on("error", () => {});
  let complaint = "";
  complained.on("data", (piece: Buffer) => {
    complaint = (complaint + piece.toString("latin1")).slice(-4000);
  });
  let words = "";
  let onReady = () => {};
  said.on("data", (piece: Buffer) => {
    words += piece.toString("latin1");
    if (words.endsWith("ready\n")) onReady();
    if (words.endsWith("over\n")) killGroup(child);
  });
  const exited = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", () => resolve(complaint));
  });
  void exited.then(() => running.delete(child));
  return {
    pid: child.pid ?? -1,
    requests,
    replies,
    exited,
    async seal() {
      const ready = new Promise<void>((resolve) => {
        onReady = resolve;
      });
      control.write("seal\n");
      await Promise.race([ready, exited]);
      const layers = words.trim().split("\n").slice(0, -1) as Layer[];
      return capabilities.length > 0 ? [...layers, "capabilities"] : layers;
    },
    kill: () => killGroup(child),
    keepAlive(yes) {
      const change = yes ? "ref" : "unref";
      child[change]();
      for (const stream of child.stdio) (stream as { ref?(): void; unref?(): void } | null)?.[change]?.();
    },
  };
}

function environment(): NodeJS.ProcessEnv {
  const { PATH, LD_LIBRARY_PATH, ESBUILD_BINARY_PATH } = process.env;
  return {
    PATH,
    LANG: "C",
    ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }),
    ...(ESBUILD_BINARY_PATH === undefined ? {} : { ESBUILD_BINARY_PATH }),
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
