import { Socket } from "node:net";
import { messageOf } from "../../infra/errors.js";
import { BadFrame, encodeFrame, FrameReader } from "./frames.js";
import { type JobModule, LeaveWorker } from "./jobs.js";

/** Largest request; the supervisor sends what it has checked. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * What runs inside a worker process: loads a module of jobs, lets it get ready while there is a file system, says so, and
 * then does one job after another. It ends when the supervisor does.
 */
async function main([href = "", ...before]: readonly string[]): Promise<void> {
  const requests = new Socket({ fd: 3, readable: true, writable: false });
  const replies = new Socket({ fd: 4, readable: false, writable: true });
  const send = (value: unknown) =>
    new Promise<void>((resolve) => replies.write(encodeFrame(value), () => resolve()));
  for (const each of before) await import(each);
  const { jobs, prepare } = (await import(href)) as JobModule;
  await prepare?.();
  const frames = new FrameReader(MOST_BYTES);
  requests.on("data", async (piece: Buffer) => {
    for (const value of frames.push(piece))
      await work(value as { readonly job: string; readonly input: unknown });
  });
  requests.on("end", () => process.exit(0));

  async function work({ job, input }: { readonly job: string; readonly input: unknown }): Promise<void> {
    try {
      await send({ done: await jobs[job]?.(input as never) });
    } catch (error) {
      await send({ [error instanceof BadFrame ? "tooLarge" : "threw"]: messageOf(error).slice(0, 500) });
      if (error instanceof LeaveWorker) process.exit(0);
    }
  }
  await send({ ready: true });
}

await main(process.argv.slice(2));
