export { auditScore, HALF_COST, IMPACT_COSTS } from "./axe.js";
export { runProbes, UNPROBED } from "./run-probes.js";
