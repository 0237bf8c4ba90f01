import { UsageError } from "../../../infra/errors.js";
import { LORA_TARGETS, type LoraConfig, type ModelConfig, type Parameter, type Weights } from "./config.js";

const PARTS = { A: "lora_A", B: "lora_B" } as const;
const ADAPTER = /\.lora_[AB]\.weight$/;

/** Whether a weight is one of an adapter. */
export const isAdapter = (name: string): boolean => ADAPTER.test(name);

/** The names of both weights of a projection's adapter, e.g. of `model.layers.0.self_attn.q_proj`. */
export const adapterNames = (projection: string): { readonly a: string; readonly b: string } => ({
  a: `${projection}.${PARTS.A}.weight`,
  b: `${projection}.${PARTS.B}.weight`,
});

/** What the adapters' output is multiplied by. */
export const adapterScale = ({ rank, alpha }: LoraConfig): number => alpha / rank;

/**
 * The weights of the adapters of some matrices. `A` starts at random, with PEFT's deviation, and `B` at 0, so that a new
 * adapter changes nothing.
 */
export function adapterParameters(
  matrices: readonly Parameter[],
  { rank, targets }: LoraConfig,
): Parameter[] {
  const endings = targets.map((target) => `.${target}.weight`);
  return matrices
    .filter(({ name }) => endings.some((ending) => name.endsWith(ending)))
    .flatMap(({ name, shape }): Parameter[] => {
      const [rows, columns] = shape as [number, number];
      const { a, b } = adapterNames(name.replace(/\.weight$/, ""));
      return [
        { name: a, shape: [rank, columns], initial: { deviation: 1 / Math.sqrt(3 * columns) } },
        { name: b, shape: [rows, rank], initial: "zeros" },
      ];
    });
}

/** Throws a UsageError that names what is wrong. */
export function checkLora({ rank, alpha, targets }: LoraConfig): void {
  if (!Number.isInteger(rank) || rank < 1)
    throw new UsageError(`lora.rank must be a positive integer, but is ${rank}.`);
  if (!(alpha > 0) || !Number.isFinite(alpha))
    throw new UsageError(`lora.alpha must be a number above 0, but is ${alpha}.`);
  const strange = targets.find((target) => !LORA_TARGETS.includes(target));
  if (targets.length === 0 || strange !== undefined || new Set(targets).size < targets.length)
    throw new UsageError(
      `lora.targets must be some of ${LORA_TARGETS.join(", ")}, each once, but are ${targets.join(", ") || "none"}.`,
    );
}

/** The model without adapters that computes the same: each is added to its projection. */
export function mergeAdapters(
  { lora, ...config }: ModelConfig,
  weights: Weights,
): { readonly config: ModelConfig; readonly weights: Weights } {
  if (lora === undefined) return { config, weights };
  const scale = adapterScale(lora);
  const merged = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>();
  for (const [name, weight] of weights) {
    if (isAdapter(name)) continue;
    const { a, b } = adapterNames(name.replace(/\.weight$/, ""));
    const [down, up] = [weights.get(a), weights.get(b)];
    merged.set(
      name,
      down && up ? { shape: weight.shape, data: addProduct(weight.data, up.data, down, scale) } : weight,
    );
  }
  return { config, weights: merged };
}

/** `weight + scale * up x down`, where `down` is `[rank, columns]`. */
function addProduct(
  weight: Float32Array,
  up: Float32Array,
  down: { readonly shape: readonly number[]; readonly data: Float32Array },
  scale: number,
): Float32Array {
  const [rank, columns] = down.shape as [number, number];
  return weight.map((value, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let r = 0; r < rank; r++)
      sum += (up[row * rank + r] as number) * (down.data[r * columns + column] as number);
    return value + scale * sum;
  });
}
