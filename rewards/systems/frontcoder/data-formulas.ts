/** A criterion of FrontCoder's 25-dimension score of fine-tuning answers (`generate_sft5_scorer.py`). */
export interface Criterion {
  readonly name: string;
  readonly weight: number;
}

const CRITERIA_TABLE = `Code Executability 1.2|Core Function Completeness 1.5|Code Standards 1.0|Engineering Quality 1.0|
Boundary Handling 1.1|Data Validation 1.1|Interaction Completeness 1.2|Design Professionalism 1.0|Interaction Smoothness 1.0|
User Feedback 1.0|Requirement Understanding 1.3|Solution Rationality 1.2|Comment Quality 0.8|Documentation Completeness 0.7|
Tech Selection 1.0|Performance Optimization 1.1|Modern Features 0.9|Innovative Features 0.8|UX Enhancement 0.7|
Code Redundancy 0.8|Exception Handling 1.1|Cross-Platform 1.0|A11y Support 0.7|Code Readability 1.0|
Visual Fidelity & Completeness 1.2`;

/** The 25 criteria in order; their weights sum to 25.4. */
export const CRITERIA: readonly Criterion[] = CRITERIA_TABLE.split("|").map((entry) => {
  const cut = entry.lastIndexOf(" ");
  return { name: entry.slice(0, cut).trim(), weight: Number(entry.slice(cut)) };
});

/** A criterion's highest score. */
const TOP = 10;

/** Totals of 25 scores of 0 to 10, plain and weighted, with percentages of the possible (upstream divides both by 250). */
export function score25(scores: readonly number[]): {
  total: number;
  percentage: number;
  weightedTotal: number;
  weightedPercentage: number;
} {
  if (scores.length !== CRITERIA.length)
    throw new RangeError(`Expected ${CRITERIA.length} scores, got ${scores.length}.`);
  const total = scores.reduce((sum, score) => sum + score, 0);
  const weightedTotal = scores.reduce((sum, score, i) => sum + score * CRITERIA[i]!.weight, 0);
  const weights = CRITERIA.reduce((sum, { weight }) => sum + weight, 0);
  return {
    total,
    percentage: (100 * total) / (TOP * CRITERIA.length),
    weightedTotal,
    weightedPercentage: (100 * weightedTotal) / (TOP * weights),
  };
}

/** Probability that two texts of this Jaccard similarity share a band of their MinHash signatures: `1 - (1 - J^rows)^bands`. */
export function candidateProbability(jaccard: number, bands: number, rows: number): number {
  return 1 - (1 - jaccard ** rows) ** bands;
}

/** The stacks of FrontCoder's reinforcement-learning prompts, in order. */
export const TECH_STACKS = ["canvas", "vanilla", "svg", "threejs", "react", "echarts"] as const;

/** Which of a category's ten tasks, and which stack, its i-th prompt takes: 30 different pairs in all. */
export function promptPairing(i: number): { taskIndex: number; techStack: (typeof TECH_STACKS)[number] } {
  return { taskIndex: i % 10, techStack: TECH_STACKS[i % TECH_STACKS.length]! };
}

/** Rows for training (truncated) and the rest. */
export function trainValidationSplit(rows: number, trainRatio: number): { train: number; val: number } {
  const train = Math.trunc(rows * trainRatio);
  return { train, val: rows - train };
}
