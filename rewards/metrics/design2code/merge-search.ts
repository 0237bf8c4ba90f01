import type { CostMatrix } from "../ports/assignment.js";
import { sequenceRatio } from "../ports/difflib.js";
import { type MergeCandidate, mergeBlocks, mergeBlocksByList, type TextBlock } from "./blocks.js";
import { differenceOfMeans, findMaximumMatching, type Pair } from "./matching.js";

/** Both sides after neighbouring blocks were joined, and which block stands for which. */
export interface MatchedBlocks {
  readonly prediction: readonly TextBlock[];
  readonly reference: readonly TextBlock[];
  readonly pairs: readonly Pair[];
}

/** Design2Code's context bonus in the final matching. */
export const CONTEXT_BONUS = 0.1;
/** Rows and columns the bonus looks at on each side. */
export const CONTEXT_WINDOW = 1;
/** Smallest gain for which two neighbours are joined. */
const MERGE_GAIN = 0.05;

type Similarity = (prediction: string, reference: string) => number;

/** Text similarity, each pair of texts compared once. */
export function cachedSimilarity(): Similarity {
  const known = new Map<string, Map<string, number>>();
  return (prediction, reference) => {
    let row = known.get(prediction);
    if (!row) {
      row = new Map();
      known.set(prediction, row);
    }
    let ratio = row.get(reference);
    if (ratio === undefined) {
      ratio = prediction === reference ? 1 : sequenceRatio(prediction, reference);
      row.set(reference, ratio);
    }
    return ratio;
  };
}

/**
 * Joins neighbouring blocks, first of the prediction, then of the reference, as long as the matching gains by it; then
 * matches. Only blocks that follow each other in the list are tried. (Design2Code, `find_possible_merge`.)
 */
export function findPossibleMerge(
  prediction: readonly TextBlock[],
  reference: readonly TextBlock[],
  {
    bonus = CONTEXT_BONUS,
    window = CONTEXT_WINDOW,
    similarity = cachedSimilarity(),
  }: { bonus?: number; window?: number; similarity?: Similarity } = {},
): MatchedBlocks {
  let rows = prediction;
  let columns = reference;
  for (let changed = true; changed; ) {
    changed = false;
    const across = candidates(rows, columns, similarity, false);
    if (across.length > 0) {
      rows = mergeBlocksByList(rows, across);
      changed = true;
    }
    const down = candidates(columns, rows, (column, row) => similarity(row, column), true);
    if (down.length > 0) {
      columns = mergeBlocksByList(columns, down);
      changed = true;
    }
  }
  const costs = textCosts(rows, columns, similarity);
  return {
    prediction: rows,
    reference: columns,
    pairs: findMaximumMatching(costs, bonus, window).pairs,
  };
}

/** Cost of a pair: minus the similarity of the texts. */
export function textCosts(
  rows: readonly TextBlock[],
  columns: readonly TextBlock[],
  similarity: Similarity,
): CostMatrix {
  const data = new Float64Array(rows.length * columns.length);
  let at = 0;
  for (const row of rows) for (const column of columns) data[at++] = -similarity(row.text, column.text);
  return { rows: rows.length, columns: columns.length, data };
}

/**
 * The joins of neighbours in `own` that pay, best first. `flipped` when `own` is the reference: among equally good
 * matchings the choice depends on which side the rows are.
 */
function candidates(
  own: readonly TextBlock[],
  others: readonly TextBlock[],
  similarity: Similarity,
  flipped: boolean,
): MergeCandidate[] {
  if (own.length < 2) return [];
  const costs = textCosts(own, others, similarity);
  const width = others.length;
  const current = matchedCosts(costs, flipped);
  const found: MergeCandidate[] = [];
  const data = new Float64Array((own.length - 1) * width);
  data.set(costs.data.subarray(width));
  for (let i = 0; i < own.length - 1; i++) {
    // The rows below i are those of `own`; row i is the joined one; the rows above were put back by earlier rounds.
    if (i > 0) data.set(costs.data.subarray((i - 1) * width, i * width), (i - 1) * width);
    const { text } = mergeBlocks(own[i] as TextBlock, own[i + 1] as TextBlock);
    for (let j = 0; j < width; j++) data[i * width + j] = -similarity(text, (others[j] as TextBlock).text);
    const updated = matchedCosts({ rows: own.length - 1, columns: width, data }, flipped);
    const gain = differenceOfMeans(current, updated);
    if (gain > MERGE_GAIN) found.push([i, i + 1, gain]);
  }
  return found.sort((a, b) => b[2] - a[2]);
}

function matchedCosts(costs: CostMatrix, flipped: boolean): readonly number[] {
  return findMaximumMatching(flipped ? transpose(costs) : costs, 0, 0).costs;
}

function transpose({ rows, columns, data }: CostMatrix): CostMatrix {
  const flipped = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) flipped[j * rows + i] = data[i * columns + j]!;
  }
  return { rows: columns, columns: rows, data: flipped };
}
