/** The document grew beyond what is looked at. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";

  /** @param nodes how many there are, at least */
  constructor(nodes: number, most: number) {
    super(`The document has ${nodes} nodes or more; at most ${most} are rendered.`);
  }
}
