import type { RenderedPage } from "../../index.js";
import { type BlockMatch, compareBlocks, nativePage } from "../../rewards/metrics/design2code/index.js";

/** A box in shares of the page. */
export type Frame = readonly [left: number, top: number, width: number, height: number];

/** A text of the answer and the text of the reference it was matched with. */
export interface Pair {
  readonly own: { readonly text: string; readonly frame: Frame };
  readonly wanted: { readonly text: string; readonly frame: Frame };
  /** Likeness of words, place and colour, 0 to 1. */
  readonly text: number;
  readonly position: number;
  readonly color: number;
}

/** The text blocks of two pages set against each other by Design2Code's matching, on the renders that are there. */
export interface BlockView {
  readonly pairs: readonly Pair[];
  readonly missing: readonly { readonly text: string; readonly frame: Frame }[];
  readonly extra: readonly { readonly text: string; readonly frame: Frame }[];
  readonly scores: Readonly<Record<"size" | "text" | "position" | "color", number>>;
}

export async function blockView(page: RenderedPage, reference: RenderedPage): Promise<BlockView> {
  const [own, wanted] = [await nativePage(page), await nativePage(reference)];
  const { matches, unmatchedPrediction, unmatchedReference, size, text, position, color } = compareBlocks(
    own.blocks,
    wanted.blocks,
  );
  const inOrder = [...matches].sort((a, b) => a.reference.bbox[1] - b.reference.bbox[1]);
  return {
    pairs: inOrder.map(pairOf),
    missing: unmatchedReference.map((block) => ({ text: block.text, frame: block.bbox })),
    extra: unmatchedPrediction.map((block) => ({ text: block.text, frame: block.bbox })),
    scores: { size, text, position, color },
  };
}

function pairOf({ prediction, reference, text, position, color }: BlockMatch): Pair {
  return {
    own: { text: prediction.text, frame: prediction.bbox },
    wanted: { text: reference.text, frame: reference.bbox },
    text,
    position,
    color,
  };
}
