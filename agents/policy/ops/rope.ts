/** How positions turn queries and keys (https://arxiv.org/abs/2104.09864). */
export interface Rope {
  /** Base of the wavelengths. */
  readonly theta: number;
  /** Longer reach than the model was first trained with; default none. */
  readonly scaling?: RopeScaling;
}

/** Llama 3.1's scaling: long wavelengths are stretched by `factor`, short ones stay, those in between are blended. */
export interface RopeScaling {
  readonly factor: number;
  /** Wavelengths above `originalMaxPositions / lowFrequencyFactor` are stretched in full. */
  readonly lowFrequencyFactor: number;
  /** Wavelengths below `originalMaxPositions / highFrequencyFactor` stay. */
  readonly highFrequencyFactor: number;
  /** Longest sequence, in tokens, of the training before. */
  readonly originalMaxPositions: number;
}

/**
 * Radians that pair `i` of a head turns per position, for i in [0, headSize / 2): `theta^(-2i / headSize)`, scaled as
 * `_compute_llama3_parameters` of `transformers` does.
 */
export function inverseFrequencies(headSize: number, { theta, scaling }: Rope): Float64Array {
  const plain = Float64Array.from({ length: headSize / 2 }, (_, i) => theta ** ((-2 * i) / headSize));
  if (scaling === undefined) return plain;
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalMaxPositions } = scaling;
  return plain.map((frequency) => {
    const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
    const kept = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
    const share = Math.min(1, Math.max(0, kept));
    return ((1 - share) * frequency) / factor + share * frequency;
  });
}
