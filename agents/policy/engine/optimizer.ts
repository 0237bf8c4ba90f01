import type * as tf from "@tensorflow/tfjs-core";
import { trainedParameters } from "../model/parameters.js";
import type { Ops } from "../ops/ops.js";
import type { EngineState, ModelConfig, StepOptions, Weights } from "./engine.js";
import { disposeAll, toVariables, toWeights, zeroVariables } from "./tensors.js";

/** AdamW on variables of the backend: the moments of each weight and the count of updates. */
export class Optimizer {
  private step = 0;
  private readonly firstMoment: Map<string, tf.Variable>;
  private readonly secondMoment: Map<string, tf.Variable>;

  constructor(config: ModelConfig, state?: EngineState["optimizer"]) {
    this.step = state?.step ?? 0;
    const moments = (given: Weights | undefined) =>
      given ? toVariables(config, given, false, trainedParameters(config)) : zeroVariables(config);
    this.firstMoment = moments(state?.firstMoment);
    this.secondMoment = moments(state?.secondMoment);
  }

  /** Updates the weights in place. `gradients` are in the order of the weights and have the global norm `gradientNorm`. */
  update(
    ops: Ops,
    weights: ReadonlyMap<string, tf.Variable>,
    gradients: readonly tf.Tensor[],
    gradientNorm: number,
    options: StepOptions,
  ): void {
    const {
      learningRate,
      weightDecay = 0.1,
      betas = [0.9, 0.95],
      epsilon = 1e-8,
      maxGradientNorm = 1,
    } = options;
    const gradientScale = Math.min(1, maxGradientNorm / (gradientNorm + 1e-6));
    this.step++;
    [...weights].forEach(([name, weight], i) => {
      const [first, second] = [this.firstMoment.get(name), this.secondMoment.get(name)];
      ops.adamW(weight, gradients[i] as tf.Tensor, first as tf.Variable, second as tf.Variable, {
        learningRate,
        beta1: betas[0],
        beta2: betas[1],
        epsilon,
        weightDecay: weight.rank > 1 ? weightDecay : 0,
        step: this.step,
        gradientScale,
      });
    });
  }

  async export(): Promise<NonNullable<EngineState["optimizer"]>> {
    return {
      step: this.step,
      firstMoment: await toWeights(this.firstMoment),
      secondMoment: await toWeights(this.secondMoment),
    };
  }

  dispose(): void {
    disposeAll(this.firstMoment.values());
    disposeAll(this.secondMoment.values());
  }
}
