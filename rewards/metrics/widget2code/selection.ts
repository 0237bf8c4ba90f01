import { UsageError } from "../../../infra/errors.js";

/** Names of the groups of scores that can be chosen. */
export const METRIC_GROUPS = ["geometry", "perceptual", "layout", "legibility", "style"] as const;

/** Name of a group of scores. */
export type MetricGroup = (typeof METRIC_GROUPS)[number];

/** Groups to compute; null selects a whole group, a list only those scores. */
export type MetricSelection = Partial<Record<MetricGroup, readonly string[] | null>>;

const LEAVES: Readonly<Record<string, readonly [MetricGroup, string]>> = {
  geo: ["geometry", "geo_score"],
  geo_score: ["geometry", "geo_score"],
  ssim: ["perceptual", "ssim"],
  lp: ["perceptual", "lp"],
  lpips: ["perceptual", "lp"],
  margin: ["layout", "MarginAsymmetry"],
  margin_asymmetry: ["layout", "MarginAsymmetry"],
  content_aspect: ["layout", "ContentAspectDiff"],
  content_aspect_diff: ["layout", "ContentAspectDiff"],
  area_ratio: ["layout", "AreaRatioDiff"],
  area_ratio_diff: ["layout", "AreaRatioDiff"],
  text: ["legibility", "TextJaccard"],
  text_jaccard: ["legibility", "TextJaccard"],
  contrast: ["legibility", "ContrastDiff"],
  contrast_diff: ["legibility", "ContrastDiff"],
  contrast_local: ["legibility", "ContrastLocalDiff"],
  contrast_local_diff: ["legibility", "ContrastLocalDiff"],
  palette: ["style", "PaletteDistance"],
  palette_distance: ["style", "PaletteDistance"],
  vibrancy: ["style", "Vibrancy"],
  polarity: ["style", "PolarityConsistency"],
  polarity_consistency: ["style", "PolarityConsistency"],
};

const everything = (): MetricSelection => Object.fromEntries(METRIC_GROUPS.map((group) => [group, null]));

const isGroup = (token: string): token is MetricGroup => (METRIC_GROUPS as readonly string[]).includes(token);

/**
 * Reads a comma-separated list of groups and scores, e.g. `"ssim, layout"`; case and hyphens do not matter. Empty, null and
 * `all` select everything. Throws a UsageError for an unknown name. Source: widget2code-bench, `parse_metric_selection`.
 */
export function parseMetricSelection(text: string | null | undefined): MetricSelection {
  if (!text) return everything();
  const tokens = text.split(",").map((token) => token.trim().toLowerCase().replaceAll("-", "_"));
  const selected: Partial<Record<MetricGroup, Set<string> | null>> = {};
  let found = false;
  for (const [i, token] of tokens.entries()) {
    if (token === "") continue;
    if (token === "all") return everything();
    found = true;
    if (isGroup(token)) {
      selected[token] = null;
      continue;
    }
    const leaf = Object.hasOwn(LEAVES, token) ? LEAVES[token] : undefined;
    if (!leaf) {
      const choices = [...METRIC_GROUPS, ...Object.keys(LEAVES), "all"].sort().join(", ");
      throw new UsageError(`Unknown metric "${text.split(",")[i]?.trim()}"; choose from: ${choices}.`);
    }
    const [group, name] = leaf;
    if (selected[group] === undefined) selected[group] = new Set();
    selected[group]?.add(name);
  }
  if (!found) throw new UsageError(`Expected at least one metric, but got "${text}".`);
  return Object.fromEntries(
    Object.entries(selected).map(([group, leaves]) => [group, leaves === null ? null : [...leaves].sort()]),
  );
}
