import * as tf from "@tensorflow/tfjs-core";
import { InfrastructureError, messageOf } from "../../../infra/errors.js";

const TENSORFLOW_PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"];

/** Native TensorFlow; the first of the two packages that is installed and loads. */
export async function loadTensorflow(): Promise<string> {
  const reasons: string[] = [];
  for (const name of TENSORFLOW_PACKAGES) {
    try {
      process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
      await silently(() => import(name));
      await activate("tensorflow", name);
      return `tensorflow (${name.replace("@tensorflow/", "")})`;
    } catch (error) {
      reasons.push(absentOr(name, error));
    }
  }
  throw new InfrastructureError(reasons.join(" "));
}

/** Dawn in Node. An adapter that computes on the CPU is slower than wasm and taken only when `asked` for. */
export async function loadWebgpu({ asked }: { readonly asked: boolean }): Promise<string> {
  const dawn = "webgpu";
  const backend = "@tensorflow/tfjs-backend-webgpu";
  try {
    const { create, globals } = (await import(dawn)) as DawnModule;
    const gpu = create([]);
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) throw new InfrastructureError("No WebGPU adapter was found.");
    const label = adapter.info.description || adapter.info.vendor || "unnamed adapter";
    if (adapter.info.isFallbackAdapter && !asked)
      throw new InfrastructureError(`The only WebGPU adapter is software (${label}).`);
    Object.assign(globalThis, globals);
    Object.defineProperty(navigatorOf(), "gpu", { value: gpu, configurable: true });
    await silently(() => import(backend));
    await activate("webgpu", backend);
    return `webgpu (${label})`;
  } catch (error) {
    throw new InfrastructureError(absentOr(`${dawn} or ${backend}`, error));
  }
}

export async function loadWasm(): Promise<string> {
  await silently(() => import("@tensorflow/tfjs-backend-wasm"));
  await activate("wasm", "@tensorflow/tfjs-backend-wasm");
  return "wasm (own SIMD kernels)";
}

/** Plain JavaScript, which comes along with the wasm package. */
export async function loadCpu(): Promise<string> {
  const name = "@tensorflow/tfjs-backend-cpu";
  await silently(() => import(name));
  await activate("cpu", name);
  // The first tensor brings an advertisement.
  await silently(async () => tf.scalar(0).dispose());
  return "cpu (plain JavaScript, slow)";
}

interface DawnModule {
  readonly create: (flags: readonly string[]) => {
    requestAdapter(options: object): Promise<Adapter | null>;
  };
  readonly globals: object;
}

interface Adapter {
  readonly info: {
    readonly description?: string;
    readonly vendor?: string;
    readonly isFallbackAdapter?: boolean;
  };
}

/** Node 20 has no `navigator`. */
function navigatorOf(): object {
  if (!("navigator" in globalThis))
    Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  return (globalThis as unknown as { navigator: object }).navigator;
}

/** A package that brings a tfjs-core of its own registers its backend there and not with ours. */
async function activate(backend: string, packageName: string): Promise<void> {
  if (!tf.engine().registryFactory[backend]) {
    throw new InfrastructureError(
      `${packageName} came with another copy of @tensorflow/tfjs-core; run \`npm dedupe\`.`,
    );
  }
  const active = await silently(() => tf.setBackend(backend));
  if (!active) throw new InfrastructureError(`${packageName} is installed but its backend did not start.`);
  await tf.ready();
}

function absentOr(name: string, error: unknown): string {
  if (error instanceof InfrastructureError) return error.message;
  const code = (error as { code?: string }).code;
  if (code === "ERR_MODULE_NOT_FOUND") return `${name} is not installed.`;
  return `${name} did not load: ${messageOf(error)}`;
}

/** tfjs packages greet, advise and warn on the console while they load. */
async function silently<T>(action: () => Promise<T>): Promise<T> {
  const { log, info, warn, error } = console;
  const nothing = () => {};
  Object.assign(console, { log: nothing, info: nothing, warn: nothing, error: nothing });
  try {
    return await action();
  } finally {
    Object.assign(console, { log, info, warn, error });
  }
}
