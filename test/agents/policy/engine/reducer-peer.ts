import { parentPort, workerData } from "node:worker_threads";
import { createSharedReducer, type ReducerMemory } from "../../../../agents/policy/engine/shared-reducer.js";

/* Another replica for tests of the reducer: adds its values in each round, and says what came of it. */

/** What a peer is started with: what it adds in each round, null for a round in which it fails. */
export interface Peer {
  readonly memory: ReducerMemory;
  readonly rank: number;
  readonly rounds: readonly (readonly number[] | null)[];
}

/** What a replica got in a round: the sum, or the message of its error. */
export type Outcome = readonly number[] | string;

/** Takes part in all rounds, one after the other. */
export function takePart({ memory, rank, rounds }: Peer): Outcome[] {
  const reducer = createSharedReducer(memory, rank);
  return rounds.map((values) => {
    try {
      return [...reducer.sum(values === null ? undefined : Float32Array.from(values))];
    } catch (error) {
      return String(error);
    }
  });
}

parentPort?.on("message", () => parentPort?.postMessage(takePart(workerData as Peer)));
parentPort?.postMessage("ready");
