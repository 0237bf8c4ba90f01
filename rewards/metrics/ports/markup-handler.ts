/** What Python's `html.parser.HTMLParser` reports, in order. */
export interface MarkupHandler {
  startTag(name: string, attributes: readonly (readonly [string, string | null])[]): void;
  /** `<name/>` */
  startEndTag(name: string, attributes: readonly (readonly [string, string | null])[]): void;
  endTag(name: string): void;
  data(text: string): void;
  /** `&#digits` or `&#xdigits`, without the marks. */
  characterReference(digits: string): void;
  entityReference(name: string): void;
  comment(text: string): void;
  declaration(text: string): void;
  unknownDeclaration(text: string): void;
  processingInstruction(text: string): void;
}

/** Markup that Python's parser refuses outright, such as `<![foo`. */
export class MarkupRejected extends Error {
  override readonly name = "MarkupRejected";
}
