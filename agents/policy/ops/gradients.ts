import * as tf from "@tensorflow/tfjs-core";

/*
 * The Node bundle of tfjs-core registers no gradients; importing this file registers those of the kernels that
 * `portable` and the losses run. Formulas as in tfjs-core, src/gradients. Importing twice is fine.
 */

type Gradients = (
  dy: tf.Tensor,
  saved: tf.Tensor[],
  attributes: Attributes,
) => Record<string, () => tf.Tensor>;

interface Attributes {
  readonly [name: string]: unknown;
}

interface Definition {
  readonly inputs?: readonly string[];
  /** The kernel's output is saved, after its inputs. */
  readonly output?: boolean;
  readonly allInputs?: boolean;
  readonly gradients: Gradients;
}

const definitions: Record<string, Definition> = {
  Identity: { gradients: (dy) => ({ x: () => dy }) },
  Cast: { gradients: (dy) => ({ x: () => dy }) },
  Neg: { gradients: (dy) => ({ x: () => tf.neg(dy) }) },
  Reshape: { inputs: ["x"], gradients: (dy, [x]) => ({ x: () => tf.reshape(dy, shapeOf(x)) }) },
  Transpose: {
    gradients: (dy, _, { perm }) => {
      const forward = perm as number[];
      const back = forward.map((_, axis) => forward.indexOf(axis));
      return { x: () => tf.transpose(dy, back) };
    },
  },
  Add: {
    inputs: ["a", "b"],
    gradients: (dy, [a, b]) => ({ a: () => reduceTo(dy, a), b: () => reduceTo(dy, b) }),
  },
  Sub: {
    inputs: ["a", "b"],
    gradients: (dy, [a, b]) => ({ a: () => reduceTo(dy, a), b: () => reduceTo(tf.neg(dy), b) }),
  },
  Multiply: {
    inputs: ["a", "b"],
    gradients: (dy, [a, b]) => ({
      a: () => reduceTo(tf.mul(dy, b as tf.Tensor), a),
      b: () => reduceTo(tf.mul(dy, a as tf.Tensor), b),
    }),
  },
  Minimum: {
    inputs: ["a", "b"],
    gradients: (dy, [a, b]) => {
      const first = () => tf.cast(tf.lessEqual(a as tf.Tensor, b as tf.Tensor), "float32");
      return {
        a: () => reduceTo(tf.mul(dy, first()), a),
        b: () => reduceTo(tf.mul(dy, tf.sub(1, first())), b),
      };
    },
  },
  ClipByValue: {
    inputs: ["x"],
    gradients: (dy, [x], { clipValueMin, clipValueMax }) => ({
      x: () => {
        const values = x as tf.Tensor;
        const inside = tf.logicalAnd(
          tf.greaterEqual(values, clipValueMin as number),
          tf.lessEqual(values, clipValueMax as number),
        );
        return tf.mul(dy, tf.cast(inside, "float32"));
      },
    }),
  },
  Exp: { output: true, gradients: (dy, [y]) => ({ x: () => tf.mul(dy, y as tf.Tensor) }) },
  Square: {
    inputs: ["x"],
    gradients: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(x as tf.Tensor, 2)) }),
  },
  Rsqrt: {
    output: true,
    gradients: (dy, [y]) => ({
      x: () => tf.mul(dy, tf.mul(tf.mul(tf.square(y as tf.Tensor), y as tf.Tensor), -0.5)),
    }),
  },
  Sigmoid: {
    output: true,
    gradients: (dy, [y]) => ({ x: () => tf.mul(dy, tf.mul(y as tf.Tensor, tf.sub(1, y as tf.Tensor))) }),
  },
  Softmax: {
    output: true,
    gradients: (dy, [y], { dim }) => ({
      logits: () => {
        const weighted = tf.mul(dy, y as tf.Tensor);
        return tf.sub(weighted, tf.mul(tf.sum(weighted, dim as number, true), y as tf.Tensor));
      },
    }),
  },
  LogSoftmax: {
    output: true,
    gradients: (dy, [y], { axis }) => ({
      logits: () => tf.sub(dy, tf.mul(tf.sum(dy, axis as number, true), tf.exp(y as tf.Tensor))),
    }),
  },
  Sum: { inputs: ["x"], gradients: (dy, [x], { axis }) => ({ x: () => spread(dy, x, axis) }) },
  Mean: {
    inputs: ["x"],
    gradients: (dy, [x], { axis }) => ({
      x: () => tf.mul(spread(dy, x, axis), dy.size / (x as tf.Tensor).size),
    }),
  },
  SplitV: { gradients: (dy, _, { axis }) => ({ x: () => tf.concat(listOf(dy), axis as number) }) },
  Concat: {
    allInputs: true,
    gradients: (dy, saved, { axis }) => {
      const at = axis as number;
      const sizes = saved.map(({ shape }) => shape[at] as number);
      return Object.fromEntries(tf.split(dy, sizes, at).map((part, i) => [String(i), () => part]));
    },
  },
  BatchMatMul: {
    inputs: ["a", "b"],
    gradients: (dy, [first, second], { transposeA, transposeB }) => {
      const a = first as tf.Tensor;
      const b = second as tf.Tensor;
      return {
        a: () =>
          transposeA ? tf.matMul(b, dy, transposeB as boolean, true) : tf.matMul(dy, b, false, !transposeB),
        b: () =>
          transposeB ? tf.matMul(dy, a, true, transposeA as boolean) : tf.matMul(a, dy, !transposeA, false),
      };
    },
  },
};

for (const [kernelName, { inputs = [], output = false, allInputs = false, gradients }] of Object.entries(
  definitions,
)) {
  if (tf.getGradient(kernelName)) continue;
  tf.registerGradient({
    kernelName,
    inputsToSave: [...inputs],
    outputsToSave: [output],
    saveAllInputs: allInputs,
    gradFunc: (dy, saved, attributes) => gradients(dy as tf.Tensor, saved, attributes as Attributes),
  });
}

/** Undoes broadcasting: sums `dy` down to the shape of `input`. */
function reduceTo(dy: tf.Tensor, input: tf.Tensor | undefined): tf.Tensor {
  const shape = shapeOf(input);
  const axes = tf.broadcast_util.getReductionAxes(shape, dy.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, shape);
}

/** Undoes a sum over `axis`: repeats `dy` to the shape of `input`. */
function spread(dy: tf.Tensor, input: tf.Tensor | undefined, axis: unknown): tf.Tensor {
  const shape = shapeOf(input);
  const summed = new Set(tf.util.parseAxisParam(axis as number | number[], shape));
  const kept = shape.map((extent, i) => (summed.has(i) ? 1 : extent));
  return tf.mul(tf.reshape(dy, kept), tf.ones(shape));
}

function shapeOf(tensor: tf.Tensor | undefined): number[] {
  return (tensor as tf.Tensor).shape;
}

/** `split` has several outputs, so its `dy` is a list. */
function listOf(dy: tf.Tensor): tf.Tensor[] {
  return dy as unknown as tf.Tensor[];
}
