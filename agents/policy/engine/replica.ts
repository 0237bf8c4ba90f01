import type { Tensor1D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { InfrastructureError, UsageError } from "../../../infra/errors.js";
import { Llama } from "../model/llama.js";
import type { Ops } from "../ops/ops.js";

import type {
  EngineState,
  Generated,
  GenerateOptions,
  Loss,
  ModelConfig,
  Sequence,
  StepMetrics,
  StepOptions,
} from "./engine.js";
import { type GenerateRequest, generate } from "./generate.js";
import { accumulate, flatten, type Gradients, unflatten } from "./gradient-buffer.js";
import { addSums, emptySums, type LossSums, tokenLoss } from "./losses.js";
import { microBatches, packSequences, splitByCompletion } from "./packing.js";
import { pickSequences } from "./shards.js";
import { copyVariables, disposeAll, toVariables, toWeights, zeroVariables } from "./tensors.js";

/** Adds up gradients and sums over all replicas of a step; every replica gets the same numbers. */
export interface Reducer {
  /** `undefined` says that this replica failed; then every replica throws. */
  sum(values: Float32Array | undefined): Float32Array;
}

export interface ReplicaOptions {
  readonly config: ModelConfig;
  readonly ops: Ops;
  readonly state: EngineState;
  /** Absent for a replica that works alone. */
  readonly reducer?: Reducer;
  readonly pause?: () => Promise<void>;
}

/** Most tokens that go forward and back at once. */
const TRAIN_TOKENS = 2048;
const MEASURE_TOKENS = 8192;
/** As usual for language models; https://arxiv.org/abs/2302.13971. */
const BETA1 = 0.9;
const BETA2 = 0.95;
const ADAM_EPSILON = 1e-8;
/** On matrices only. */
const WEIGHT_DECAY = 0.1;

interface OptimizerTensors {
  step: number;
  readonly firstMoment: Map<string, tf.Variable>;
  readonly secondMoment: Map<string, tf.Variable>;
}

/** One copy of the model on this thread's backend, with its optimiser. Calls must not overlap. */
export class Replica {
  private readonly model: Llama;
  private weights: Map<string, tf.Variable>;
  private reference: Map<string, tf.Variable> | undefined;
  private optimizer: OptimizerTensors | undefined;

  constructor(private readonly options: ReplicaOptions) {
    this.model = new Llama(options.config, options.ops);
    this.weights = new Map();
    this.importState(options.state);
  }

  async generate(requests: readonly GenerateRequest[], options: GenerateOptions): Promise<Generated[]> {
    const { ops, pause = async () => {} } = this.options;
    return generate({ model: this.model, ops, weights: this.weights, pause }, requests, options);
  }

  async logProbs(sequences: readonly Sequence[], which: "current" | "reference"): Promise<Float32Array[]> {
    const weights = which === "reference" ? this.reference : this.weights;
    if (weights === undefined)
      throw new UsageError("No reference weights are kept; call keepReference() first.");
    const results = new Array<Float32Array>(sequences.length);
    for (const indices of microBatches(sequences, MEASURE_TOKENS)) {
      const members = indices.map((index) => sequences[index] as Sequence);
      const [logProbs] = tf.tidy(() => {
        const measured = this.measure([...weights.values()], members, [...weights.keys()]);
        return [measured.logProbs];
      });
      const parts = splitByCompletion((await logProbs.data()) as Float32Array, members);
      logProbs.dispose();
      indices.forEach((index, i) => {
        results[index] = parts[i] as Float32Array;
      });
      await this.options.pause?.();
    }
    return results;
  }

  /**
   * One AdamW step on a share of a step's sequences. `completionTokens` counts those of all shares. When the loss or
   * the gradient is not finite nothing changes and an InfrastructureError says so.
   */
  async step(loss: Loss, completionTokens: number, options: StepOptions): Promise<StepMetrics> {
    const { maxGradientNorm = 1, learningRate } = options;
    const { gradients, sums } = await this.reduce(() => this.gradients(loss, completionTokens));
    const { ops } = this.options;
    try {
      const squares = tf.tidy(() => ops.sumSquares(gradients));
      const gradientNorm = Math.sqrt((await squares.data())[0] as number);
      squares.dispose();
      const value = sums.loss / sums.completionTokens;
      if (!Number.isFinite(value) || !Number.isFinite(gradientNorm))
        throw new InfrastructureError(
          `The step was refused and the weights are as before: the loss is ${value} and the gradient norm ${gradientNorm}. Lower the learning rate, or look for bad advantages or log-probabilities in the batch.`,
        );
      this.update(gradients, learningRate, Math.min(1, maxGradientNorm / (gradientNorm + 1e-6)));
      return stepMetrics(loss, sums, gradientNorm);
    } finally {
      disposeAll(gradients);
    }
  }

  async keepReference(): Promise<void> {
    disposeAll(this.reference?.values() ?? []);
    this.reference = await copyVariables(this.options.config, this.weights);
  }

  async exportState(): Promise<EngineState> {
    const weights = await toWeights(this.weights);
    if (this.optimizer === undefined) return { weights };
    const { step, firstMoment, secondMoment } = this.optimizer;
    return {
      weights,
      optimizer: {
        step,
        firstMoment: await toWeights(firstMoment),
        secondMoment: await toWeights(secondMoment),
      },
    };
  }

  importState({ weights, optimizer }: EngineState): void {
    const { config } = this.options;
    this.disposeTrained();
    this.weights = toVariables(config, weights);
    this.optimizer = optimizer && {
      step: optimizer.step,
      firstMoment: toVariables(config, optimizer.firstMoment, false),
      secondMoment: toVariables(config, optimizer.secondMoment, false),
    };
  }

  dispose(): void {
    this.disposeTrained();
    disposeAll(this.reference?.values() ?? []);
    this.reference = undefined;
  }

  /** Log-probability and entropy of each completion token. Runs inside `tf.tidy` or a gradient. */
  private measure(tensors: readonly tf.Tensor[], members: readonly Sequence[], names: readonly string[]) {
    const { ops } = this.options;
    const weights = new Map(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
    const packed = packSequences(members);
    const hidden = this.model.hiddenStates(weights, packed);
    const predicting = ops.embed(hidden, tf.tensor1d(packed.predictingRows, "int32"));
    const targets = tf.tensor1d(packed.targets, "int32");
    return ops.headLogProbs(predicting, this.model.head(weights), targets);
  }

  /** Gradients of the mean loss with respect to every weight, and the loss's sums, over micro-batches. */
  private async gradients(loss: Loss, completionTokens: number): Promise<Gradients> {
    const names = [...this.weights.keys()];
    const sums = emptySums();
    let total: tf.Tensor[] | undefined;
    for (const indices of microBatches(loss.sequences, TRAIN_TOKENS)) {
      const part = pickSequences(loss, indices);
      const kept: Tensor1D[] = [];
      const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
        const { logProbs, entropy } = this.measure(tensors, part.sequences, names);
        kept.push(tf.keep(tf.clone(logProbs)), tf.keep(tf.clone(entropy)));
        return tokenLoss(part, logProbs, entropy, completionTokens);
      })([...this.weights.values()]);
      value.dispose();
      const [logProbs, entropy] = kept as [Tensor1D, Tensor1D];
      addSums(sums, part, (await logProbs.data()) as Float32Array, (await entropy.data()) as Float32Array);
      disposeAll(kept);
      total = accumulate(total, grads);
      await this.options.pause?.();
    }
    return { gradients: total ?? [...this.weights.values()].map((weight) => tf.zerosLike(weight)), sums };
  }

  /** All replicas' gradients and sums together. Alone, this replica's. */
  private async reduce(compute: () => Promise<Gradients>): Promise<Gradients> {
    const { reducer } = this.options;
    if (reducer === undefined) return compute();
    let own: Gradients;
    try {
      own = await compute();
    } catch (error) {
      reducer.sum(undefined);
      throw error;
    }
    const flat = await flatten(own);
    disposeAll(own.gradients);
    return unflatten(reducer.sum(flat), own);
  }

  private update(gradients: readonly tf.Tensor[], learningRate: number, gradientScale: number): void {
    const { config, ops } = this.options;
    this.optimizer ??= { step: 0, firstMoment: zeroVariables(config), secondMoment: zeroVariables(config) };
    const { firstMoment, secondMoment } = this.optimizer;
    const step = ++this.optimizer.step;
    [...this.weights].forEach(([name, weight], i) => {
      const moments = [firstMoment.get(name), secondMoment.get(name)] as [tf.Variable, tf.Variable];
      const weightDecay = weight.rank > 1 ? WEIGHT_DECAY : 0;
      const options = { learningRate, beta1: BETA1, beta2: BETA2, epsilon: ADAM_EPSILON };
      ops.adamW(weight, gradients[i] as tf.Tensor, ...moments, {
        ...options,
        weightDecay,
        step,
        gradientScale,
      });
    });
  }

  private disposeTrained(): void {
    disposeAll(this.weights.values());
    disposeAll(this.optimizer?.firstMoment.values() ?? []);
    disposeAll(this.optimizer?.secondMoment.values() ?? []);
  }
}

function stepMetrics(loss: Loss, sums: LossSums, gradientNorm: number): StepMetrics {
  const mean = (sum: number) => sum / sums.completionTokens;
  const base = { loss: mean(sums.loss), gradientNorm, tokens: sums.tokens, entropy: mean(sums.entropy) };
  if (loss.kind === "crossEntropy") return base;
  return {
    ...base,
    clipRatioLow: mean(sums.clippedLow),
    clipRatioHigh: mean(sums.clippedHigh),
    ...(loss.klCoefficient === 0 ? {} : { kl: mean(sums.kl) }),
  };
}
