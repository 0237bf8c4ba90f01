import type { RawSnapshot } from "../snapshot.js";
import { TooLarge } from "./too-large.js";

/** Characters of the markup of a document at most, after its scripts ran. */
export const MOST_MARKUP = 20_000_000;

/**
 * Holds the markup of a document to a size, before anybody writes it out. A snapshot names each text once, however many elements
 * share it. Throws TooLarge.
 */
export function checkMarkup({ documents, strings }: RawSnapshot): void {
  let size = 0;
  const add = (index: number) => {
    size += strings[index]?.length ?? 0;
  };
  for (const { nodes, layout } of documents) {
    nodes.nodeValue?.forEach(add);
    nodes.nodeName?.forEach(add);
    for (const pairs of nodes.attributes ?? []) pairs.forEach(add);
    layout.text.forEach(add);
  }
  if (size > MOST_MARKUP)
    throw new TooLarge(`The document has ${size} characters of markup; at most ${MOST_MARKUP} are rendered.`);
}
