import { readFile } from "node:fs/promises";
import type { InferenceSession, Tensor } from "onnxruntime-web";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import { fileError } from "../../infra/files.js";

/** The packages that run ONNX models, the faster first. */
const RUNTIMES = ["onnxruntime-node", "onnxruntime-web"] as const;

/** Name of a package that runs ONNX models. */
export type OnnxRuntime = (typeof RUNTIMES)[number];

/** Numbers in row-major order. */
export interface OnnxTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** An ONNX model ready to run. */
export interface OnnxModel {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Runs after the run before it ended. Rejects with an InfrastructureError when the inputs do not fit the model. */
  run(inputs: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

/** The package that will run models: `onnxruntime-node` where it is installed, else `onnxruntime-web`. Throws a UsageError without either. */
export function onnxRuntime(): OnnxRuntime {
  const found = RUNTIMES.find(isInstalled);
  if (found) return found;
  throw new UsageError(
    'To run a model, ONNX Runtime must be installed, but is not. Run "npm install onnxruntime-node" (fast) or "npm install onnxruntime-web" (small).',
  );
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens the model of a file. Throws an InfrastructureError that names the file when it cannot be read or is no ONNX model.
 *
 * @param threads for one run, default 1
 */
export async function openModel(path: string, threads = 1): Promise<OnnxModel> {
  const name = onnxRuntime();
  const runtime = (await import(name)) as typeof import("onnxruntime-web");
  if (name === "onnxruntime-web") runtime.env.wasm.numThreads = threads;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError("read", path, error);
  });
  let session: InferenceSession;
  try {
    session = await runtime.InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw new InfrastructureError(`${path} could not be opened as an ONNX model: ${messageOf(error)}`);
  }
  const floats = (tensor: Tensor): OnnxTensor => {
    if (tensor.type !== "float32")
      throw new InfrastructureError(`${path} answers with ${tensor.type} numbers; float32 is expected.`);
    return { data: tensor.data as Float32Array, dims: tensor.dims };
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run(inputs) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([input, { data, dims }]) => [
          input,
          new runtime.Tensor("float32", data, [...dims]),
        ]),
      );
      const mine = last.then(async () => {
        try {
          const outputs = await session.run(feeds);
          return Object.fromEntries(
            Object.entries(outputs).map(([output, tensor]) => [output, floats(tensor as Tensor)]),
          );
        } catch (error) {
          if (error instanceof InfrastructureError) throw error;
          throw new InfrastructureError(`${path} could not be run: ${messageOf(error)}`);
        }
      });
      last = mine.catch(() => {});
      return mine;
    },
  };
}
