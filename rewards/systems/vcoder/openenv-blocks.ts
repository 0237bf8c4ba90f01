import type { Box, ElementNode, LayoutSnapshot } from "../../../env/contract/rendered-page.js";
import { costMatrix, linearSumAssignment } from "../../metrics/ports/assignment.js";
import { sequenceRatio } from "../../metrics/ports/difflib.js";

/** The text that stands directly in one element, and the element's box in CSS pixels. */
export interface ElementText extends Box {
  readonly text: string;
}

/** Diagonal of the 640 x 480 viewport: the distance that scores 0. */
const DIAGONAL = 800;
/** Overlap above which two blocks count as matched. */
const MATCH_IOU = 0.1;

/** Score where there is nothing to compare: 1 when both sides are empty, 0.5 or 0 when one is; null when neither is. */
function emptySides(prediction: readonly unknown[], reference: readonly unknown[]): number | null {
  if (reference.length === 0) return prediction.length === 0 ? 1 : 0.5;
  return prediction.length === 0 ? 0 : null;
}

/** Half the share of reference blocks that are covered by a block of their own, half the likeness of the texts. */
export function textBlockReward(
  prediction: readonly ElementText[],
  reference: readonly ElementText[],
): number {
  const trivial = emptySides(prediction, reference);
  if (trivial !== null) return trivial;
  const costs = reference.map((wanted) => prediction.map((own) => 1 - overlap(wanted, own)));
  const { rows, columns } = linearSumAssignment(costMatrix(costs));
  let matched = 0;
  let likeness = 0;
  for (const [at, row] of rows.entries()) {
    const column = columns[at] as number;
    if (1 - (costs[row]?.[column] ?? 1) <= MATCH_IOU) continue;
    matched++;
    likeness += textLikeness(reference[row] as ElementText, prediction[column] as ElementText);
  }
  return (0.5 * matched) / reference.length + (0.5 * likeness) / reference.length;
}

/** Mean over the reference blocks of 1 minus the distance of the centres (800 pixels score 0); unmatched ones score 0. */
export function positionReward(
  prediction: readonly ElementText[],
  reference: readonly ElementText[],
): number {
  const trivial = emptySides(prediction, reference);
  if (trivial !== null) return trivial;
  const costs = reference.map((wanted) => prediction.map((own) => distance(wanted, own) / DIAGONAL));
  const { rows, columns } = linearSumAssignment(costMatrix(costs));
  const sum = rows.reduce((total, row, at) => total + 1 - (costs[row]?.[columns[at] as number] ?? 1), 0);
  return Math.max(0, sum / reference.length);
}

function textLikeness(a: ElementText, b: ElementText): number {
  if (a.text === "" || b.text === "") return a.text === b.text ? 1 : 0;
  return sequenceRatio(a.text, b.text);
}

/** Intersection over union, 0 to 1. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  const union = a.width * a.height + b.width * b.height - shared;
  return union > 0 ? shared / union : 0;
}

function distance(a: Box, b: Box): number {
  return Math.hypot(a.x + a.width / 2 - (b.x + b.width / 2), a.y + a.height / 2 - (b.y + b.height / 2));
}

/** The blocks of a rendered page: every element below the body with text of its own, an area, and a corner on the page. */
export function elementTexts({ elements, texts }: LayoutSnapshot): ElementText[] {
  const own = new Map<number, string[]>();
  for (const { element, text } of texts) {
    const trimmed = text.trim();
    if (trimmed === "") continue;
    const lines = own.get(element);
    if (lines) lines.push(trimmed);
    else own.set(element, [trimmed]);
  }
  const body = elements.find(({ tag }) => tag === "body")?.index;
  return elements.flatMap((element: ElementNode): ElementText[] => {
    const lines = own.get(element.index);
    const { x, y, width, height } = element.box;
    if (!lines || element.index === body || width <= 0 || height <= 0 || x < 0 || y < 0) return [];
    return [{ text: lines.join(" "), x, y, width, height }];
  });
}
