import type { AdapterSet } from "../runner.js";

/** Functions of FrontCoder. */
export const adapters: AdapterSet = {
  system: "frontcoder",
  functions: {},
  skipped: {
    "*@libxml": "Follows tree-building rules of libxml2; ours are those of the HTML standard (parse5).",
    "cpt.*": "Builds pre-training data; no score depends on it.",
    "sft.*": "Builds fine-tuning data; no score depends on it.",
    "rl.*": "Builds reinforcement-learning data; no score depends on it.",
    "dedup.*": "Deduplicates data sets; no score depends on it.",
  },
};
