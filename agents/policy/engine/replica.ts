import * as tf from "@tensorflow/tfjs-core";
import { InfrastructureError, UsageError } from "../../../infra/errors.js";
import { Decoder, type TensorWeights } from "../model/decoder.js";
import { trainedParameters } from "../model/parameters.js";
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
  Weights,
} from "./engine.js";
import { type GenerateRequest, generate } from "./generate.js";
import { accumulate, flatten, type Gradients, unflatten } from "./gradient-buffer.js";
import {
  addSums,
  type ClipExtremes,
  type Columns,
  emptySums,
  stepMetrics,
  withSequences,
} from "./loss-sums.js";
import { type LossTerms, lossTerms, type StepCounts } from "./losses.js";
import { Optimizer } from "./optimizer.js";
import { microBatches, packSequences, splitByCompletion } from "./packing.js";
import { pickUnits, sequencesOf, unitsOf } from "./shards.js";
import { disposeAll, toVariables, toWeights } from "./tensors.js";

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
/** One copy of the model on this thread's backend, with its optimiser. Calls must not overlap. */
export class Replica {
  private readonly model: Decoder;
  /** All weights, and those of them that learn. */
  private weights: Map<string, tf.Variable>;
  private trained: Map<string, tf.Variable>;
  /** Stand in place of those that learn. */
  private reference: Map<string, tf.Variable> | undefined;
  private optimizer: Optimizer | undefined;

  constructor(private readonly options: ReplicaOptions) {
    this.model = new Decoder(options.config, options.ops);
    this.weights = new Map();
    this.trained = new Map();
    this.importState(options.state);
  }

  async generate(requests: readonly GenerateRequest[], options: GenerateOptions): Promise<Generated[]> {
    const { ops, pause = async () => {} } = this.options;
    return generate({ model: this.model, ops, weights: this.weights, pause }, requests, options);
  }

  async logProbs(sequences: readonly Sequence[], which: "current" | "reference"): Promise<Float32Array[]> {
    if (which === "reference" && this.reference === undefined)
      throw new UsageError("No reference weights are kept; call keepReference() first.");
    const weights = new Map([...this.weights, ...((which === "reference" && this.reference) || [])]);
    const results = new Array<Float32Array>(sequences.length);
    for (const indices of microBatches(sequences, MEASURE_TOKENS)) {
      const members = indices.map((index) => sequences[index] as Sequence);
      const [logProbs] = tf.tidy(() => {
        return [this.measure(weights, members).logProbs];
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
   * One AdamW step on a share of a step's sequences. `counts` are those of all shares. When the loss or
   * the gradient is not finite nothing changes and an InfrastructureError says so.
   */
  async step(loss: Loss, counts: StepCounts, options: StepOptions): Promise<StepMetrics> {
    const { gradients, sums, extremes } = await this.reduce(() => this.gradients(loss, counts));
    const { ops } = this.options;
    try {
      const squares = tf.tidy(() => ops.sumSquares(gradients));
      const gradientNorm = Math.sqrt((await squares.data())[0] as number);
      squares.dispose();
      if (!Number.isFinite(sums.loss) || !Number.isFinite(gradientNorm))
        throw new InfrastructureError(
          `The step was refused and the weights are as before: the loss is ${sums.loss} and the gradient norm ${gradientNorm}. Lower the learning rate, or look for bad advantages or log-probabilities in the batch.`,
        );
      this.optimizer ??= new Optimizer(this.options.config);
      this.optimizer.update(ops, this.trained, gradients, gradientNorm, options);
      return stepMetrics(loss, sums, extremes, gradientNorm);
    } finally {
      disposeAll(gradients);
    }
  }

  /** Keeps these weights as the reference, or a copy of the current ones; of a model with adapters, the adapters'. */
  async keepReference(weights?: Weights): Promise<void> {
    const { config } = this.options;
    const values = weights ?? (await toWeights(this.trained));
    const kept = toVariables(config, values, false, trainedParameters(config));
    disposeAll(this.reference?.values() ?? []);
    this.reference = kept;
  }

  async exportState(): Promise<EngineState> {
    const weights = await toWeights(this.weights);
    return this.optimizer === undefined ? { weights } : { weights, optimizer: await this.optimizer.export() };
  }

  importState({ weights, optimizer }: EngineState): void {
    const { config } = this.options;
    this.disposeTrained();
    this.weights = toVariables(config, weights);
    this.trained = new Map(
      trainedParameters(config).map(({ name }) => [name, this.weights.get(name) as tf.Variable]),
    );
    this.optimizer = optimizer && new Optimizer(config, optimizer);
  }

  dispose(): void {
    this.disposeTrained();
    disposeAll(this.reference?.values() ?? []);
    this.reference = undefined;
  }

  /** Log-probability and entropy of each completion token. Runs inside `tf.tidy` or a gradient. */
  private measure(weights: TensorWeights, members: readonly Sequence[]) {
    const { ops } = this.options;
    const packed = packSequences(members);
    const hidden = this.model.hiddenStates(weights, packed);
    const predicting = ops.embed(hidden, tf.tensor1d(packed.predictingRows, "int32"));
    const targets = tf.tensor1d(packed.targets, "int32");
    return ops.headLogProbs(predicting, this.model.head(weights), targets);
  }

  /** Gradients of the loss with respect to every weight that learns, and the loss's sums, over micro-batches. */
  private async gradients(loss: Loss, counts: StepCounts): Promise<Gradients> {
    const names = [...this.trained.keys()];
    const trained = [...this.trained.values()];
    const sums = emptySums();
    let extremes: ClipExtremes = {};
    let total: tf.Tensor[] | undefined;
    for (const indices of microBatches(unitsOf(loss), TRAIN_TOKENS)) {
      const part = pickUnits(loss, indices);
      const sequences = sequencesOf(part);
      let reported: Reported = [];
      const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
        const given = names.map((name, i) => [name, tensors[i] as tf.Tensor] as const);
        const { logProbs, entropy } = this.measure(new Map([...this.weights, ...given]), sequences);
        const terms = lossTerms(part, logProbs, entropy, counts);
        reported = keepReported(terms);
        return terms.loss;
      })(trained);
      const columns = await readReported(reported);
      addSums(sums, sequences, (await value.data())[0] as number, columns);
      extremes = withSequences(extremes, sequences, columns);
      value.dispose();
      total = accumulate(total, grads);
      await this.options.pause?.();
    }
    total ??= trained.map((weight) => tf.zerosLike(weight));
    return { gradients: total, sums, extremes };
  }

  /** All replicas' gradients and sums together. Alone, this replica's. */
  private async reduce(compute: () => Promise<Gradients>): Promise<Gradients> {
    const { reducer } = this.options;
    if (reducer === undefined) return compute();
    let own: Gradients;
    try {
      own = await compute();
    } catch (error) {
      reportFailure(reducer);
      throw error;
    }
    const flat = await flatten(own);
    disposeAll(own.gradients);
    return unflatten(reducer.sum(flat), own);
  }

  private disposeTrained(): void {
    disposeAll(this.weights.values());
    this.optimizer?.dispose();
  }
}

/** Lets the other replicas fail, too. What the reducer throws here says only that one did; the caller knows which and why. */
function reportFailure(reducer: Reducer): void {
  try {
    reducer.sum(undefined);
  } catch {
    return;
  }
}

type Reported = readonly (readonly [string, tf.Tensor])[];

/** Keeps copies of what is reported beside a loss beyond the gradient that is being taken. */
function keepReported({ columns }: LossTerms): Reported {
  return Object.entries(columns).map(([name, values]) => [name, tf.keep(tf.clone(values))] as const);
}

/** Brings them back from the backend and frees them there. */
async function readReported(reported: Reported): Promise<Columns> {
  const columns: [string, Float32Array][] = [];
  for (const [name, tensor] of reported) {
    columns.push([name, (await tensor.data()) as Float32Array]);
    tensor.dispose();
  }
  return Object.fromEntries(columns);
}
