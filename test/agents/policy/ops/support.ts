import type { Tensor } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { portableOps } from "../../../../agents/policy/ops/portable.js";
import { createRandom } from "../../../../infra/random.js";

/** Both implementations on one backend, so that tensors can be handed from one to the other. */
export async function bothOps(): Promise<{ portable: Ops; wasm: Ops }> {
  const { ops } = await chooseBackend({ prefer: "wasm" });
  return { portable: portableOps, wasm: ops };
}

/** Normal numbers from a named stream. */
export function normal<T extends Tensor>(shape: number[], name: string | number, scale = 1): T {
  const random = createRandom(11).stream(name);
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal() * scale),
    shape,
  ) as T;
}

export function ids(count: number, limit: number, name: string | number): tf.Tensor1D {
  const random = createRandom(13).stream(name);
  return tf.tensor1d(
    Int32Array.from({ length: count }, () => random.integer(0, limit)),
    "int32",
  );
}

export function expectClose(actual: Tensor, expected: Tensor, what: string, tolerance = 1e-4): void {
  expect(actual.shape, `${what}: shape`).to.deep.equal(expected.shape);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  let worst = 0;
  let size = 0;
  a.forEach((value, i) => {
    worst = Number.isNaN(value)
      ? Number.POSITIVE_INFINITY
      : Math.max(worst, Math.abs(value - (b[i] as number)));
    size = Math.max(size, Math.abs(b[i] as number));
  });
  expect(worst, `${what}: largest difference where the largest value is ${size}`).to.be.at.most(
    tolerance * (1 + size),
  );
}

/** Checks that values and gradients with respect to every input agree. */
export function expectAgreement(
  what: string,
  inputs: Tensor[],
  apply: (ops: Ops, inputs: Tensor[]) => Tensor[],
  { portable, wasm }: { portable: Ops; wasm: Ops },
  tolerance?: number,
): void {
  tf.tidy(() => {
    const measure = (ops: Ops) => {
      const loss = (...given: Tensor[]) => {
        const weighted = apply(ops, given).map((out, i) =>
          tf.sum(tf.mul(out, normal(out.shape, `weight ${i}`))),
        );
        return weighted.reduce((a, b) => tf.add(a, b)) as tf.Scalar;
      };
      return { outputs: apply(ops, inputs), gradients: tf.grads(loss)(inputs) };
    };
    const [actual, expected] = [measure(wasm), measure(portable)];
    actual.outputs.forEach((out, i) => {
      expectClose(out, expected.outputs[i] as Tensor, `${what}, output ${i}`, tolerance);
    });
    actual.gradients.forEach((gradient, i) => {
      expectClose(gradient, expected.gradients[i] as Tensor, `${what}, gradient ${i}`, tolerance);
    });
  });
}
