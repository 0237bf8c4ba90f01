import { InfrastructureError, UsageError } from "../../../infra/errors.js";
import { registerGradients } from "../ops/gradient-rules.js";
import type { Ops } from "../ops/ops.js";
import { portableOps } from "../ops/portable.js";
import { openWasmOps } from "../ops/wasm.js";
import { exclusively } from "./active.js";
import { loadCpu, loadTensorflow, loadWasm, loadWebgpu } from "./load.js";
import type { BackendName } from "./name.js";

export interface BackendChoice {
  readonly name: BackendName;
  /** For people and run records, e.g. `wasm (own SIMD kernels)`. */
  readonly description: string;
  readonly ops: Ops;
  /** Why each backend that would have come first is not in use; one sentence each. */
  readonly passedOver: readonly string[];
}

export interface BackendOptions {
  /** Use this one or fail. `cpu`, which is only for tests, is never chosen otherwise. */
  readonly prefer?: BackendName;
}

/** Loads a backend into tfjs and says what it is, or throws with the reason. `asked` when no other will do. */
export type BackendLoader = (options: { readonly asked: boolean }) => Promise<string>;

const loaders: Record<BackendName, BackendLoader> = {
  tensorflow: loadTensorflow,
  webgpu: loadWebgpu,
  wasm: loadWasm,
  cpu: loadCpu,
};

const ORDER: readonly BackendName[] = ["tensorflow", "webgpu", "wasm"];

/**
 * Sets the TF.js backend of this thread, registers the gradients of its operations and picks the ops that suit it:
 * `tensorflow` where `@tensorflow/tfjs-node-gpu` or `@tensorflow/tfjs-node` is installed, `webgpu` where the packages
 * `webgpu` and `@tensorflow/tfjs-backend-webgpu` are and find an adapter, else `wasm`. Prints nothing. Engines that were
 * opened before stay on the backends that they were opened on.
 *
 * @throws UsageError for a name that is none of the four.
 * @throws InfrastructureError when no backend, or not the preferred one, can be loaded.
 * @example
 * const { ops, description } = await chooseBackend();
 */
export async function chooseBackend({ prefer }: BackendOptions = {}): Promise<BackendChoice> {
  if (prefer !== undefined && !Object.hasOwn(loaders, prefer)) {
    const known = Object.keys(loaders).join(", ");
    throw new UsageError(`There is no backend "${prefer}"; expected one of ${known}.`);
  }
  return exclusively(() => loadFirst(prefer));
}

async function loadFirst(prefer: BackendName | undefined): Promise<BackendChoice> {
  const passedOver: string[] = [];
  for (const name of prefer ? [prefer] : ORDER) {
    try {
      const description = await loaders[name]({ asked: prefer !== undefined });
      // What was loaded may have brought gradients of its own.
      registerGradients();
      return { name, description, ops: await opsOf(name), passedOver };
    } catch (error) {
      passedOver.push(`The backend ${name} is not in use: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new InfrastructureError(
    `No TF.js backend could be loaded. ${passedOver.join(" ")} Reinstall with \`npm ci\`, or ask for another backend.`,
  );
}

async function opsOf(name: BackendName): Promise<Ops> {
  return name === "wasm" ? openWasmOps() : portableOps;
}
