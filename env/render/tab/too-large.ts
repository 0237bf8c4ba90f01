/** The document is larger than what is rendered. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** @param nodes of the document, at least */
export function tooManyNodes(nodes: number, most: number): TooLarge {
  return new TooLarge(`The document has ${nodes} nodes or more; at most ${most} are rendered.`);
}
