import type { AdapterSet } from "../runner.js";

export const pageFunctions: AdapterSet["functions"] = {};
