/**
 * Training runs, comparisons, their statistics and reports.
 *
 * @module webgen-gym/experiments
 */

import "../index.js";

export { compare, evaluate } from "./comparison-run.js";
export type { Recipe } from "./recipes/recipe.js";
export { writeReport } from "./report/report.js";
export { createBootstrap } from "./statistics.js";
export { buildSummary, type Summary } from "./summary.js";
export { train } from "./training-run.js";
