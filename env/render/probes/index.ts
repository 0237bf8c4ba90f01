export { auditScore, HALF_COST, IMPACT_COSTS } from "./axe.js";
export { runProbes } from "./run-probes.js";
