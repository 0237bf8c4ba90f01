/** The eight parts of the OpenEnv variant. */
export type OpenEnvPart =
  | "format"
  | "validity"
  | "structural"
  | "text_block"
  | "position"
  | "color"
  | "clip"
  | "ssim";

/** Weights of the eight parts of the OpenEnv variant. */
export type OpenEnvWeights = Readonly<Record<OpenEnvPart, number>>;

/** Weights of the released server, and those the paper names. Both sum to 11. */
export const OPENENV_WEIGHTS: Readonly<Record<"server" | "paper", OpenEnvWeights>> = {
  server: {
    format: 0.5,
    validity: 0.5,
    structural: 0.5,
    text_block: 3,
    position: 1,
    color: 1.5,
    clip: 2.5,
    ssim: 1.5,
  },
  paper: {
    format: 0.5,
    validity: 0.5,
    structural: 0.5,
    text_block: 3.4,
    position: 1,
    color: 2.5,
    clip: 1.3,
    ssim: 1.3,
  },
};

/** The weighted mean of the parts, 0 to 1. A part that is missing counts 0. */
export function compositeReward(
  scores: Readonly<Partial<Record<OpenEnvPart, number>>>,
  weights: OpenEnvWeights = OPENENV_WEIGHTS.server,
): number {
  let sum = 0;
  let total = 0;
  for (const [part, weight] of Object.entries(weights) as [OpenEnvPart, number][]) {
    sum += weight * (scores[part] ?? 0);
    total += weight;
  }
  return sum / total;
}

/** The composite as a formula over part names, for a scorer; `content` is the content multiplier. */
export function compositeFormula(weights: OpenEnvWeights, multiplier: boolean): string {
  const entries = Object.entries(weights);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  const sum = entries.map(([part, weight]) => `${weight} * ${part}`).join(" + ");
  return `${multiplier ? "content * " : ""}(${sum}) / ${total}`;
}
