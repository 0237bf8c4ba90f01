import {
  type DefaultTreeAdapterTypes,
  Parser,
  type ParserError,
  type ParserOptions,
  type Token,
} from "parse5";

/** A fault in the syntax of a text. */
export interface MarkupError {
  /** The HTML standard's name, e.g. `duplicate-attribute`; `unclosed-element` has none there. */
  readonly code: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The element, when the error is about one. */
  readonly tag?: string;
}

/** Validity of a markup text. */
export interface MarkupValidity {
  /** 0 to 1, 1 without errors. */
  readonly score: number;
  /** In the order of the text. */
  readonly errors: readonly MarkupError[];
  /** Elements that the text itself opens. */
  readonly elements: number;
}

/** One error outweighs so many elements. */
export const ELEMENTS_PER_ERROR = 5;

/** Elements whose end tag the standard lets out, and those that have none. */
const NO_END_TAG = new Set(
  (
    "html head body p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th " +
    "area base br col embed hr img input link meta source track wbr basefont bgsound frame keygen param"
  ).split(" "),
);
/** End tags that mean the document, wherever they stand. */
const DOCUMENT_TAGS = new Set(["html", "head", "body"]);

type Tree = DefaultTreeAdapterTypes.DefaultTreeAdapterMap;

/** Also keeps the end tags of the text, of which the tree shows only those that closed something. */
class EndTagKeeper extends Parser<Tree> {
  readonly endTags: Token.TagToken[] = [];

  override onEndTag(token: Token.TagToken): void {
    this.endTags.push({ ...token });
    super.onEndTag(token);
  }
}

/**
 * How well a text keeps to the syntax of HTML, by the parser of the WHATWG's standard (parse5): `n / (n + 5 e)` for n elements and
 * e errors. Errors are the parser's, elements that are never closed though they must be, and end tags that close nothing. Those at the same place
 * count once. A text without elements has 0.
 */
export function markupValidity(html: string): MarkupValidity {
  const found = new Map<number, MarkupError>();
  const note = (offset: number, error: MarkupError) => {
    if (!found.has(offset)) found.set(offset, error);
  };
  const options: ParserOptions<Tree> = {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine: line, startCol: column, startOffset }: ParserError) =>
      note(startOffset, { code, line, column }),
  };
  const parser = new EndTagKeeper(options);
  parser.tokenizer.write(html, true);
  const { opened, closing } = elementsOf(parser.document);
  for (const { tag, closed, location, selfClosed } of opened.values()) {
    const { startLine: line, startCol: column, startOffset } = location;
    const complete = closed || NO_END_TAG.has(tag) || (selfClosed && html[location.endOffset - 2] === "/");
    if (!complete) note(startOffset, { code: "unclosed-element", line, column, tag });
  }
  for (const { tagName: tag, location } of parser.endTags) {
    if (!location || closing.has(location.startOffset) || DOCUMENT_TAGS.has(tag)) continue;
    const { startLine: line, startCol: column, startOffset } = location;
    note(startOffset, { code: "end-tag-without-matching-open-element", line, column, tag });
  }
  const errors = [...found].sort(([a], [b]) => a - b).map(([, error]) => error);
  const elements = opened.size;
  return {
    score: elements === 0 ? 0 : elements / (elements + ELEMENTS_PER_ERROR * errors.length),
    errors,
    elements,
  };
}

interface Opened {
  readonly tag: string;
  readonly location: Token.Location;
  /** True when some end tag of the text closes it. */
  closed: boolean;
  /** Of SVG or MathML, where a start tag may close itself. */
  readonly selfClosed: boolean;
}

/** The elements that the text opens, by the place of their start tag, and the places of the end tags that close them. */
function elementsOf(document: Tree["document"]): { opened: Map<number, Opened>; closing: Set<number> } {
  const opened = new Map<number, Opened>();
  const closing = new Set<number>();
  const stack: Tree["node"][] = [document];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if ("content" in node) stack.push(node.content);
    if ("childNodes" in node) for (const child of node.childNodes) stack.push(child);
    if (!("tagName" in node) || !node.sourceCodeLocation) continue;
    const { startTag, endTag, ...whole } = node.sourceCodeLocation;
    const location = startTag ?? whole;
    // A misnested element is in the tree more than once.
    const element = opened.get(location.startOffset) ?? {
      tag: node.tagName,
      location,
      closed: false,
      selfClosed: !node.namespaceURI.endsWith("xhtml"),
    };
    if (endTag) {
      element.closed = true;
      closing.add(endTag.startOffset);
    }
    opened.set(location.startOffset, element);
  }
  return { opened, closing };
}
