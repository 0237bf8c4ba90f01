import type { GradFunc, Tensor } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";

/*
 * Gradients of the tfjs-core operations that models and losses here are made of. The Node build of tfjs-core brings none;
 * they come with the whole of `@tensorflow/tfjs`, where those of `minimum` and `maximum` fail on broadcast inputs. None of
 * those below needs a kernel that tfjs-wasm lacks. An operation that is not below says so when it is differentiated.
 */

type Thunks = Record<string, () => Tensor> | (() => Tensor)[];

interface Rule {
  /** Inputs to save; they come first in `saved`, the output last. */
  readonly inputs?: readonly string[];
  readonly output?: boolean;
  /** For operations on a list of tensors. */
  readonly allInputs?: boolean;
  of(dy: Tensor, saved: [Tensor, Tensor, Tensor], attributes: Attributes): Thunks;
}

/** The attributes of all the kernels below together. */
interface Attributes {
  readonly axis: number & (number | number[]) & number[];
  readonly perm: number[];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly clipValueMin: number;
  readonly clipValueMax: number;
  readonly begin: number[];
  readonly reps: number[];
}

const { getReductionAxes } = tf.broadcast_util;

/** Undoes broadcasting: sums a gradient down to the shape of the input. */
function sumTo(gradient: Tensor, shape: number[]): Tensor {
  const axes = getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, shape);
}

/** A gradient of a reduction, spread over the input again. */
function spread(dy: Tensor, x: Tensor, axis: number | number[]): Tensor {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape));
}

function elementwise(slope: (x: Tensor) => Tensor): Rule {
  return { inputs: ["x"], of: (dy, [x]) => ({ x: () => tf.mul(dy, slope(x)) }) };
}

/** Operations whose slope is easiest told from what came out. */
function fromOutput(slope: (y: Tensor) => Tensor): Rule {
  return { output: true, of: (dy, [y]) => ({ x: () => tf.mul(dy, slope(y)) }) };
}

/** Where both are equal, the first input takes the gradient. */
function chosen(firstWins: (a: Tensor, b: Tensor) => Tensor): Rule {
  return {
    inputs: ["a", "b"],
    of(dy, [a, b]) {
      const first = () => tf.cast(firstWins(a, b), "float32");
      return {
        a: () => sumTo(tf.mul(dy, first()), a.shape),
        b: () => sumTo(tf.mul(dy, tf.sub(1, first())), b.shape),
      };
    },
  };
}

const reshaped: Rule = { inputs: ["x"], of: (dy, [x]) => ({ x: () => tf.reshape(dy, x.shape) }) };
const reshapedInput: Rule = {
  inputs: ["input"],
  of: (dy, [x]) => ({ input: () => tf.reshape(dy, x.shape) }),
};
const passed: Rule = { of: (dy) => ({ x: () => tf.cast(dy, "float32") }) };

const rules: Readonly<Record<string, Rule>> = {
  Identity: passed,
  Cast: passed,
  Reshape: reshaped,
  ExpandDims: reshapedInput,
  Neg: { of: (dy) => ({ x: () => tf.neg(dy) }) },
  Abs: elementwise(tf.sign),
  Square: elementwise((x) => tf.mul(x, 2)),
  Log: elementwise(tf.reciprocal),
  Exp: fromOutput((y) => y),
  Sqrt: fromOutput((y) => tf.div(0.5, y)),
  Rsqrt: fromOutput((y) => tf.mul(tf.mul(y, tf.square(y)), -0.5)),
  Softplus: elementwise(tf.sigmoid),
  Sigmoid: fromOutput((y) => tf.mul(y, tf.sub(1, y))),
  Tanh: fromOutput((y) => tf.sub(1, tf.square(y))),
  Minimum: chosen(tf.lessEqual),
  Maximum: chosen(tf.greaterEqual),
  Add: {
    inputs: ["a", "b"],
    of: (dy, [a, b]) => ({ a: () => sumTo(dy, a.shape), b: () => sumTo(dy, b.shape) }),
  },
  Sub: {
    inputs: ["a", "b"],
    of: (dy, [a, b]) => ({ a: () => sumTo(dy, a.shape), b: () => sumTo(tf.neg(dy), b.shape) }),
  },
  Multiply: {
    inputs: ["a", "b"],
    of: (dy, [a, b]) => ({
      a: () => sumTo(tf.mul(dy, b), a.shape),
      b: () => sumTo(tf.mul(dy, a), b.shape),
    }),
  },
  RealDiv: {
    inputs: ["a", "b"],
    of: (dy, [a, b]) => ({
      a: () => sumTo(tf.div(dy, b), a.shape),
      b: () => sumTo(tf.neg(tf.div(tf.mul(dy, a), tf.square(b))), b.shape),
    }),
  },
  ClipByValue: {
    inputs: ["x"],
    of: (dy, [x], { clipValueMin, clipValueMax }) => ({
      x: () => {
        const inside = tf.logicalAnd(tf.greaterEqual(x, clipValueMin), tf.lessEqual(x, clipValueMax));
        return tf.mul(dy, tf.cast(inside, "float32"));
      },
    }),
  },
  Select: {
    inputs: ["condition"],
    of: (dy, [condition]) => ({
      t: () => tf.mul(dy, tf.cast(condition, "float32")),
      e: () => tf.mul(dy, tf.cast(tf.logicalNot(condition), "float32")),
    }),
  },
  Sum: { inputs: ["x"], of: (dy, [x], { axis }) => ({ x: () => spread(dy, x, axis) }) },
  Mean: {
    inputs: ["x"],
    of: (dy, [x], { axis }) => ({ x: () => spread(tf.mul(dy, dy.size / x.size), x, axis) }),
  },
  Softmax: {
    output: true,
    of: (dy, [y]) => ({
      logits: () => {
        const weighted = tf.mul(dy, y);
        return tf.sub(weighted, tf.mul(tf.sum(weighted, -1, true), y));
      },
    }),
  },
  Transpose: {
    of: (dy, _, { perm }) => ({
      x: () =>
        tf.transpose(
          dy,
          perm.map((_, axis) => perm.indexOf(axis)),
        ),
    }),
  },
  Slice: {
    inputs: ["x"],
    of: (dy, [x], { begin }) => ({
      x: () =>
        tf.pad(
          dy,
          begin.map((start, i) => [start, (x.shape[i] as number) - start - (dy.shape[i] as number)]),
        ),
    }),
  },
  Concat: {
    allInputs: true,
    of: (dy, saved, { axis }) => {
      const [along] = tf.util.parseAxisParam(axis, dy.shape) as [number];
      const sizes = saved.map((part) => part.shape[along] as number);
      return tf.split(dy, sizes, along).map((part) => () => part);
    },
  },
  SplitV: {
    of: (dy, _, { axis }) => ({ x: () => tf.concat(dy as unknown as Tensor[], axis) }),
  },
  BatchMatMul: {
    inputs: ["a", "b"],
    of: (dy, [a, b], { transposeA, transposeB }) => ({
      a: () => (transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB)),
      b: () => (transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false)),
    }),
  },
};

/** Registers the gradients in tfjs, in place of those that are there already. */
export function registerGradients(): void {
  for (const [kernelName, rule] of Object.entries(rules))
    tf.registerGradient({
      kernelName,
      inputsToSave: [...(rule.inputs ?? [])],
      outputsToSave: rule.output ? [true] : [],
      saveAllInputs: rule.allInputs === true,
      gradFunc: rule.of as unknown as GradFunc,
    });
}
