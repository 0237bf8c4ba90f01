import { InfrastructureError } from "../../../infra/errors.js";
import type { Reducer } from "./replica.js";

/** Memory that all replicas of an engine share: one slot of `size` floats for each, their sum, and a barrier. */
export interface ReducerMemory {
  readonly replicas: number;
  readonly size: number;
  readonly slots: SharedArrayBuffer;
  readonly result: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
}

const WAITING = 0;
const GENERATION = 1;
const FAILED_ROUND = 2;

/** Message of the error that replicas throw because another one failed. */
export const PEER_FAILED = "Another replica of the model failed in this step.";

export function createReducerMemory(replicas: number, size: number): ReducerMemory {
  const bytes = Float32Array.BYTES_PER_ELEMENT;
  return {
    replicas,
    size,
    slots: new SharedArrayBuffer(replicas * size * bytes),
    result: new SharedArrayBuffer(size * bytes),
    control: new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT),
  };
}

/**
 * Adds up over worker threads, each thread one part of the sum and always in the order of ranks, so that the result is
 * the same in every replica and in every run. Blocks the thread; every replica must call it equally often.
 */
export function createSharedReducer(memory: ReducerMemory, rank: number): Reducer {
  const { replicas, size } = memory;
  const slots = Array.from(
    { length: replicas },
    (_, i) => new Float32Array(memory.slots, i * size * Float32Array.BYTES_PER_ELEMENT, size),
  );
  const result = new Float32Array(memory.result);
  const control = new Int32Array(memory.control);
  const share = Math.ceil(size / replicas);
  const first = Math.min(size, rank * share);
  const end = Math.min(size, first + share);
  let round = 0;

  function barrier(): void {
    const generation = Atomics.load(control, GENERATION);
    if (Atomics.add(control, WAITING, 1) + 1 === replicas) {
      Atomics.store(control, WAITING, 0);
      Atomics.add(control, GENERATION, 1);
      Atomics.notify(control, GENERATION);
      return;
    }
    while (Atomics.load(control, GENERATION) === generation) Atomics.wait(control, GENERATION, generation);
  }

  return {
    sum(values) {
      round++;
      if (values === undefined) Atomics.store(control, FAILED_ROUND, round);
      else (slots[rank] as Float32Array).set(values);
      barrier();
      if (Atomics.load(control, FAILED_ROUND) === round) throw new InfrastructureError(PEER_FAILED);
      result.set((slots[0] as Float32Array).subarray(first, end), first);
      for (const slot of slots.slice(1)) {
        for (let i = first; i < end; i++) result[i] = (result[i] as number) + (slot[i] as number);
      }
      barrier();
      return result;
    },
  };
}
