import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { InfrastructureError } from "../../../infra/errors.js";
import { instantiateKernels, type Kernels } from "./kernels.js";

/** What of the tfjs-wasm backend is used; see its `backend_wasm.ts`. */
interface WasmBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };
  getMemoryOffset(dataId: object): number;
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  refCount(dataId: object): number;
}

/** The heap of tfjs-wasm as the kernels see it. */
export interface Heap {
  readonly kernels: Kernels;
  /** Where the elements of a tensor lie. Holds until the tensor is disposed; memory growth does not move it. */
  pointer(tensor: TensorInfo): number;
  /** A new tensor that the engine has not counted yet; the result of a registered kernel. Not zeroed. */
  output(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** Room for the duration of one kernel; the next call may hand out the same. */
  scratch(bytes: number): number;
  /** Room that is kept. */
  reserve(bytes: number): number;
  release(pointer: number): void;
  /** Views go stale when memory grows: ask again after every allocation. */
  bytes(): Uint8Array;
  floats(): Float32Array;
  integers(): Int32Array;
  /** True when other tensors share the elements of this one. */
  isShared(tensor: TensorInfo): boolean;
}

let opened: { readonly backend: object; readonly heap: Promise<Heap> } | undefined;

/**
 * Opens the heap of the active tfjs-wasm backend, once for each backend instance.
 * @throws InfrastructureError when the active backend is another one.
 */
export function openHeap(): Promise<Heap> {
  if (tf.getBackend() !== "wasm") {
    throw new InfrastructureError(
      `The wasm kernels need the TF.js backend "wasm", but "${tf.getBackend()}" is active; call chooseBackend first.`,
    );
  }
  const backend = tf.backend();
  if (opened?.backend !== backend) opened = { backend, heap: createHeap(backend as unknown as WasmBackend) };
  return opened.heap;
}

async function createHeap(backend: WasmBackend): Promise<Heap> {
  const { wasm } = backend;
  const { memory } = wasm.asm;
  const kernels = await instantiateKernels(memory);
  let scratch = 0;
  let scratchBytes = 0;
  const reserve = (bytes: number) => {
    const pointer = wasm._malloc(bytes) >>> 0;
    if (pointer === 0) throw new InfrastructureError(`The wasm heap has no room for another ${bytes} bytes.`);
    return pointer;
  };
  return {
    kernels,
    reserve,
    release: (pointer) => wasm._free(pointer),
    // A pointer above 2 GiB comes as a negative number.
    pointer: (tensor) => backend.getMemoryOffset(tensor.dataId) >>> 0,
    output: (shape, dtype = "float32") => backend.makeOutput(shape, dtype),
    scratch(bytes) {
      if (bytes > scratchBytes) {
        if (scratchBytes > 0) wasm._free(scratch);
        scratch = reserve(bytes);
        scratchBytes = bytes;
      }
      return scratch;
    },
    bytes: () => new Uint8Array(memory.buffer),
    floats: () => new Float32Array(memory.buffer),
    integers: () => new Int32Array(memory.buffer),
    isShared: (tensor) => backend.refCount(tensor.dataId) > 1,
  };
}
