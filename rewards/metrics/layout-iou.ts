import type { Box } from "../../env/contract/rendered-page.js";
import { assign } from "./ports/assignment.js";

/** Intersection over union of two rectangles, 0 to 1; 0 when both are empty. */
export function boxIoU(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(width, 0) * Math.max(height, 0);
  const union = a.width * a.height + b.width * b.height - shared;
  const ratio = union > 0 ? shared / union : 0;
  return Number.isFinite(ratio) ? Math.min(1, Math.max(0, ratio)) : 0;
}

/** Options of {@link layoutIoU}. */
export interface LayoutIoUOptions {
  /**
   * What the sum over matched pairs is divided by: the number of pairs, which leaves extra and missing boxes unpunished as
   * WidgetAnchor has it, or the larger of the two counts. Default `pairs`.
   */
  readonly over?: "pairs" | "larger";
}

/**
 * Mean intersection over union of two sets of boxes under the pairing that makes it largest, 0 to 1. 0 when a set is
 * empty. Source: WidgetAnchor, `compute_layout_score`.
 */
export function layoutIoU(
  reference: readonly Box[],
  generated: readonly Box[],
  { over = "pairs" }: LayoutIoUOptions = {},
): number {
  if (reference.length === 0 || generated.length === 0) return 0;
  const iou = (row: number, column: number) => boxIoU(generated[row]!, reference[column]!);
  const pairs = assign(generated.length, reference.length, (row, column) => -iou(row, column));
  const total = pairs.reduce((sum, { row, column }) => sum + iou(row, column), 0);
  return total / (over === "pairs" ? pairs.length : Math.max(reference.length, generated.length));
}
