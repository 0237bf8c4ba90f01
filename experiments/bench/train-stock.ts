import { parentPort, workerData } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { Replica } from "../../agents/policy/engine/replica.js";
import { initialWeights } from "../../agents/policy/model/parameters.js";
import { registerGradients } from "../../agents/policy/ops/gradient-rules.js";
import { portableOps } from "../../agents/policy/ops/portable.js";
import { BENCH_MODEL, BENCH_STEP, benchLoss, type TrainBatch } from "./train-task.js";

/*
 * The baseline, in a thread of its own: the same model, loss and optimiser on plain tfjs-core operations with the
 * kernels that tfjs-wasm brings. Of ours there are only the gradient rules, since tfjs-core comes without; they are made
 * of its own operations. Each message asks for one step; the answer is how long it took, in ms, and the loss.
 */
await tf.setBackend("wasm");
registerGradients();
const batch = workerData as TrainBatch;
const loss = benchLoss(batch);
const replica = new Replica({
  config: BENCH_MODEL,
  ops: portableOps,
  state: { weights: initialWeights(BENCH_MODEL, 1) },
});

parentPort?.on("message", async () => {
  const start = performance.now();
  const tokens = batch.sequences * batch.tokens;
  const counts = { completionTokens: tokens, tokens, sequences: batch.sequences };
  const metrics = await replica.step(loss, counts, BENCH_STEP);
  parentPort?.postMessage({ ms: performance.now() - start, loss: metrics.loss });
});
