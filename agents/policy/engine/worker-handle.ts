import { Worker } from "node:worker_threads";
import { InfrastructureError, messageOf } from "../../../infra/errors.js";
import {
  revive,
  type WorkerCalls,
  type WorkerMethod,
  type WorkerReply,
  type WorkerRequest,
  type WorkerStart,
} from "./worker-protocol.js";

/** One worker thread with a replica. It keeps the process alive only while a call is under way. */
export interface WorkerHandle {
  call<M extends WorkerMethod>(
    method: M,
    ...values: Parameters<WorkerCalls[M]>
  ): Promise<ReturnType<WorkerCalls[M]>>;
  terminate(): Promise<void>;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Starts a worker. `onDeath` runs once when the thread ends before `terminate`. */
export function startWorker(start: WorkerStart, onDeath: (error: Error) => void): WorkerHandle {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: start });
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let ended: Error | undefined;
  let expected = false;

  function end(error: Error): void {
    if (ended) return;
    ended = error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    if (!expected) onDeath(error);
  }

  worker.on("message", (reply: WorkerReply) => {
    const call = pending.get(reply.id);
    pending.delete(reply.id);
    if (pending.size === 0) worker.unref();
    if ("error" in reply) call?.reject(revive(reply.error));
    else call?.resolve(reply.value);
  });
  worker.on("error", (error) =>
    end(new InfrastructureError(`A model worker thread failed: ${messageOf(error)}`)),
  );
  worker.on("exit", (code) => end(new InfrastructureError(`A model worker thread ended with code ${code}.`)));
  worker.unref();

  return {
    call(method, ...values) {
      return new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const request: WorkerRequest = { id: ++lastId, method, arguments: values };
        pending.set(request.id, { resolve: resolve as (value: unknown) => void, reject });
        worker.ref();
        worker.postMessage(request);
      });
    },
    async terminate() {
      expected = true;
      await worker.terminate();
    },
  };
}
