import type {
  KernelFunc,
  NamedAttrMap,
  NamedTensorInfoMap,
  NamedTensorMap,
  Tensor,
  TensorInfo,
} from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { type Heap, openHeap } from "../../kernels/heap.js";

type Inputs<Name extends string> = Record<Name, TensorInfo>;
type Attributes = Readonly<Record<string, number | boolean | object>>;

interface KernelDefinition<Name extends string, Settings extends Attributes> {
  readonly name: string;
  forward(heap: Heap, inputs: Inputs<Name>, settings: Settings): TensorInfo | TensorInfo[];
  /** Leave out for what is never differentiated. */
  readonly gradient?: {
    readonly saveInputs: readonly Name[];
    /** How many outputs there are, to have them saved as well. */
    readonly saveOutputs?: number;
    /**
     * Gradients by input, from those of the outputs and what was saved (inputs, then outputs). A function is only called
     * when that input's gradient is needed.
     */
    of(dy: Tensor[], saved: Tensor[], settings: Settings): Partial<Record<Name, Tensor | (() => Tensor)>>;
  };
}

/** The heap of the backend that is running; kernels are synchronous and are only reached after `openWasmOps`. */
let heap: Heap | undefined;

export async function attachHeap(): Promise<void> {
  heap = await openHeap();
}

export function attachedHeap(): Heap {
  if (!heap) throw new Error("The wasm ops were used before they were opened.");
  return heap;
}

/** Registers a kernel and its gradient with tfjs and returns a function that runs it. */
export function defineKernel<Name extends string, Settings extends Attributes = Record<string, never>>(
  definition: KernelDefinition<Name, Settings>,
): (inputs: Record<Name, Tensor>, settings?: Settings) => Tensor[] {
  const { name, forward, gradient } = definition;
  tf.registerKernel({
    kernelName: name,
    backendName: "wasm",
    kernelFunc: (({ inputs, attrs }: { inputs: NamedTensorInfoMap; attrs?: NamedAttrMap }) =>
      forward(attachedHeap(), inputs as Inputs<Name>, attrs as unknown as Settings)) as KernelFunc,
  });
  if (gradient) {
    tf.registerGradient({
      kernelName: name,
      inputsToSave: [...gradient.saveInputs],
      outputsToSave: Array.from({ length: gradient.saveOutputs ?? 0 }, () => true),
      // Computed at once: what one input's function makes inside its own tidy would be gone for the next.
      gradFunc: (dy, saved, attrs) => {
        const gradients = gradient.of([dy].flat(), saved, attrs as unknown as Settings);
        const entries = Object.entries(gradients) as [string, Tensor | (() => Tensor)][];
        return Object.fromEntries(
          entries.map(([input, value]) => [input, typeof value === "function" ? value : () => value]),
        );
      },
    });
  }
  return (inputs, settings) => {
    const named = inputs as unknown as NamedTensorMap;
    const result = tf.engine().runKernel<Tensor | Tensor[]>(name, named, settings as unknown as NamedAttrMap);
    return [result].flat();
  };
}
