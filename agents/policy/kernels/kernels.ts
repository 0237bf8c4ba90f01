import { readFile } from "node:fs/promises";
import { InfrastructureError } from "../../../infra/errors.js";

type Kernel = (...pointersAndSizes: number[]) => void;

/**
 * The exports of `assembly/index.ts`. Arguments are pointers into the shared memory in bytes, and sizes in elements;
 * the comments there say which and how much scratch each needs.
 */
export interface Kernels {
  readonly gemm: Kernel;
  readonly gemmTransposedA: Kernel;
  readonly gemmTransposedB: Kernel;
  readonly attention: Kernel;
  readonly attentionGradient: Kernel;
  readonly appendToCache: Kernel;
  readonly decodeAttention: Kernel;
  readonly gatherRows: Kernel;
  readonly scatterAddRows: Kernel;
  readonly idsBelow: (ids: number, count: number, limit: number) => number;
  readonly exponentials: Kernel;
  readonly headLogProbs: Kernel;
  readonly headGradient: Kernel;
  readonly rmsNorm: Kernel;
  readonly rmsNormGradient: Kernel;
  readonly rotary: Kernel;
  readonly swiglu: Kernel;
  readonly swigluGradient: Kernel;
  readonly adamW: Kernel;
  readonly sumSquares: (x: number, count: number) => number;
  readonly sampleTokens: Kernel;
}

/** Instantiates the SIMD kernels on a memory they share with its owner. They keep nothing of their own in it. */
export async function instantiateKernels(memory: WebAssembly.Memory): Promise<Kernels> {
  const file = new URL("./kernels.wasm", import.meta.url);
  let binary: Buffer;
  try {
    binary = await readFile(file);
  } catch {
    throw new InfrastructureError(
      `The kernels are missing at ${file.pathname}; build them with \`npm run build\`.`,
    );
  }
  const { instance } = await WebAssembly.instantiate(new Uint8Array(binary), {
    env: { memory, log: Math.log },
  });
  return instance.exports as unknown as Kernels;
}
