/** What `webgen list` can list. */
export const LISTED = ["envs", "rewards", "presets", "agents", "datasets", "recipes", "extractions"] as const;

/** One kind of what can be named. */
export type Listed = (typeof LISTED)[number];
