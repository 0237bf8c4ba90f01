import * as tf from "@tensorflow/tfjs-core";

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a job while no other of this thread that came this way is under way. TF.js has one active backend a thread, so
 * whatever sets it or counts on it must not be interleaved with others. A job must not wait for another one.
 */
export function exclusively<T>(job: () => Promise<T>): Promise<T> {
  const result = last.then(job);
  last = result.catch(() => {});
  return result;
}

/** Runs a job with the backend of this TF.js name active, whichever others were chosen since it was loaded. */
export function onBackend<T>(name: string, job: () => Promise<T>): Promise<T> {
  return exclusively(async () => {
    if (tf.getBackend() !== name) await tf.setBackend(name);
    return job();
  });
}
