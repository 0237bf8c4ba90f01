import { parentPort } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { Replica } from "../../agents/policy/engine/replica.js";
import { initialWeights } from "../../agents/policy/model/parameters.js";
import { portableOps } from "../../agents/policy/ops/portable.js";
import { BENCH_MODEL, BENCH_STEP, benchLoss, STEP_TOKENS } from "./train-task.js";

/*
 * The baseline, in a thread of its own: the same model, loss and optimiser on plain tfjs-core operations with the
 * kernels that tfjs-wasm brings. Nothing of ours is registered in this thread. Each message asks for one step; the
 * answer is how long it took, in ms, and the loss.
 */
await tf.setBackend("wasm");
const loss = benchLoss();
const replica = new Replica({
  config: BENCH_MODEL,
  ops: portableOps,
  state: { weights: initialWeights(BENCH_MODEL, 1) },
});

parentPort?.on("message", async () => {
  const start = performance.now();
  const metrics = await replica.step(loss, STEP_TOKENS, BENCH_STEP);
  parentPort?.postMessage({ ms: performance.now() - start, loss: metrics.loss });
});
