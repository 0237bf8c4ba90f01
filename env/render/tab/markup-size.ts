import { escapeText } from "../escape.js";
import type { RawSnapshot } from "../snapshot.js";
import { TooLarge } from "./too-large.js";

/** Characters of the markup of a document at most, after its scripts ran and as it is written out. */
export const MOST_MARKUP = 8_000_000;
/** Characters in which there may be enough to escape that the whole outgrows its bound. */
const LOOKED_THROUGH = MOST_MARKUP / 6;

/**
 * Holds the markup of a document to a size, before anybody writes it out. A snapshot names each text once, however many elements
 * share it, and does not say how much longer it becomes as markup. Throws TooLarge.
 */
export function checkMarkup(snapshot: RawSnapshot): void {
  const { strings } = snapshot;
  let size = sizeOf(snapshot, (index) => strings[index]?.length ?? 0);
  if (size > LOOKED_THROUGH && size <= MOST_MARKUP) {
    const lengths = new Map<number, number>();
    size = sizeOf(snapshot, (index) => {
      let length = lengths.get(index);
      if (length === undefined) {
        length = escapeText(strings[index] ?? "").length;
        lengths.set(index, length);
      }
      return length;
    });
  }
  if (size > MOST_MARKUP)
    throw new TooLarge(`The document has ${size} characters of markup; at most ${MOST_MARKUP} are rendered.`);
}

function sizeOf({ documents }: RawSnapshot, lengthOf: (index: number) => number): number {
  let size = 0;
  const add = (index: number) => {
    size += lengthOf(index);
  };
  for (const { nodes, layout } of documents) {
    nodes.nodeValue?.forEach(add);
    nodes.nodeName?.forEach(add);
    for (const pairs of nodes.attributes ?? []) pairs.forEach(add);
    layout.text.forEach(add);
  }
  return size;
}
