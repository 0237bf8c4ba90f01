import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import type { JobModule } from "../../../env/sandbox/index.js";
import { LeaveWorker } from "../../../env/sandbox/index.js";

/** What went wrong, as a word. */
const tried = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
};

const left: Buffer[] = [];

/** Jobs that misbehave, or look around. */
export const jobs: JobModule["jobs"] = {
  echo: (input: unknown) => input,
  spin: () => {
    for (;;);
  },
  wait: () => new Promise(() => {}),
  fillHeap: () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(1000).fill({}));
  },
  fillMemory: () => {
    const kept: Buffer[] = [];
    for (;;) kept.push(Buffer.alloc(16 * 2 ** 20, 1));
  },
  keep: (megabytes: number) => {
    left.push(Buffer.alloc(megabytes * 2 ** 20, 1));
    return process.pid;
  },
  exit: () => process.exit(7),
  signal: () => process.kill(process.pid, "SIGKILL"),
  throwIt: () => {
    throw new RangeError("too deep");
  },
  leave: () => {
    throw new LeaveWorker("of no more use");
  },
  answerLong: () => Array.from({ length: 2000 }, () => "x".repeat(1000)),
  answerMany: () => Array.from({ length: 200_000 }, () => "some"),
  read: (path: string) => tried(() => readFileSync(path, "utf8")),
  list: (path: string) => tried(() => readdirSync(path).join(" ")),
  write: (path: string) => tried(() => writeFileSync(path, "x")),
  environment: () => Object.keys(process.env),
  evaluate: (code: string) => tried(() => new Function(code)()),
  start: (program: string) =>
    new Promise((resolve) => {
      const child = spawn(program, []);
      child.on("error", (error) => resolve((error as NodeJS.ErrnoException).code));
      child.on("spawn", () => resolve("started"));
    }),
  dial: (port: number) =>
    new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("connect", () => resolve("connected"));
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    }),
  becomeAnother: () => tried(() => process.setuid?.(65_534)),
};
