import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { defineKernel } from "./register.js";

const rmsNormGradient = defineKernel<"x" | "gain" | "dy", { epsilon: number }>({
  name: "WebGenRmsNormGradient",
  forward(heap, { x, gain, dy }, { epsilon }) {
    const [n, width] = x.shape as [number, number];
    const dx = heap.output(x.shape);
    const dGain = heap.output(gain.shape);
    const pointers = [x, gain, dy, dx, dGain].map(heap.pointer);
    heap.kernels.rmsNormGradient(...pointers, n, width, epsilon);
    return [dx, dGain];
  },
});

const runRmsNorm = defineKernel<"x" | "gain", { epsilon: number }>({
  name: "WebGenRmsNorm",
  forward(heap, { x, gain }, { epsilon }) {
    const [n, width] = x.shape as [number, number];
    const y = heap.output(x.shape);
    heap.kernels.rmsNorm(heap.pointer(x), heap.pointer(gain), heap.pointer(y), n, width, epsilon);
    return y;
  },
  gradient: {
    saveInputs: ["x", "gain"],
    of([dy], [x, gain], settings) {
      const [dx, dGain] = rmsNormGradient({ x: x!, gain: gain!, dy: dy! }, settings);
      return { x: dx!, gain: dGain! };
    },
  },
});

export function rmsNorm(x: Tensor2D, gain: Tensor1D, epsilon: number): Tensor2D {
  return runRmsNorm({ x, gain }, { epsilon })[0] as Tensor2D;
}

const swigluGradient = defineKernel<"gate" | "up" | "dy">({
  name: "WebGenSwigluGradient",
  forward(heap, { gate, up, dy }) {
    const dGate = heap.output(gate.shape);
    const dUp = heap.output(up.shape);
    heap.kernels.swigluGradient(...[gate, up, dy, dGate, dUp].map(heap.pointer), elements(gate));
    return [dGate, dUp];
  },
});

const runSwiglu = defineKernel<"gate" | "up">({
  name: "WebGenSwiglu",
  forward(heap, { gate, up }) {
    const y = heap.output(gate.shape);
    heap.kernels.swiglu(...[gate, up, y].map(heap.pointer), elements(gate));
    return y;
  },
  gradient: {
    saveInputs: ["gate", "up"],
    of([dy], [gate, up]) {
      const [dGate, dUp] = swigluGradient({ gate: gate!, up: up!, dy: dy! });
      return { gate: dGate!, up: dUp! };
    },
  },
});

export function swiglu(gate: Tensor2D, up: Tensor2D): Tensor2D {
  return runSwiglu({ gate, up })[0] as Tensor2D;
}

function elements({ shape }: { readonly shape: readonly number[] }): number {
  return shape.reduce((a, b) => a * b, 1);
}
