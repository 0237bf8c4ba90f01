import { parentPort, workerData } from "node:worker_threads";
import { chooseBackend } from "../backend/choose.js";
import { Replica } from "./replica.js";
import { createSharedReducer } from "./shared-reducer.js";
import { answer, type WorkerHandlers, type WorkerRequest, type WorkerStart } from "./worker-protocol.js";

/* One replica in a thread of its own. The engine on the other side sends one request at a time. */

const { config, backend, state, rank, memory } = workerData as WorkerStart;
const { ops, description } = await chooseBackend({ prefer: backend });
const replica = new Replica({ config, ops, state, reducer: createSharedReducer(memory, rank) });

const handlers: WorkerHandlers = {
  start: () => description,
  generate: (requests, options) => replica.generate(requests, options),
  logProbs: (sequences, weights) => replica.logProbs(sequences, weights),
  step: (loss, counts, options) => replica.step(loss, counts, options),
  keepReference: (weights) => replica.keepReference(weights),
  exportState: () => replica.exportState(),
  importState: (imported) => replica.importState(imported),
};

parentPort?.on("message", async (request: WorkerRequest) => {
  parentPort?.postMessage(await answer(handlers, request));
});
