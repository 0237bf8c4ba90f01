import { unescapeHtml } from "./entities.js";
import { type MarkupHandler, MarkupRejected } from "./markup-handler.js";
import {
  ATTRIBUTE,
  CHARACTER,
  COMMENT_CLOSE,
  END_TAG,
  ENTITY,
  INCOMPLETE,
  OFFICE_SECTION_CLOSE,
  PYTHON_SPACE,
  SECTION_CLOSE,
  SECTION_NAME,
  START_TAG,
  TAG_NAME,
  TAG_OPEN,
} from "./python-html-patterns.js";

function match(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/**
 * Reads markup exactly as Python 3.11's `html.parser` does with `convert_charrefs=False`, which is how Beautiful Soup
 * uses it: tags as they are written, nothing implied, a script that never ends is lost. Throws {@link MarkupRejected}
 * where Python raises.
 */
export function parsePythonHtml(text: string, handler: MarkupHandler): void {
  const reader = new Reader(text, handler);
  reader.advance(reader.advance(0, false), true);
}

class Reader {
  readonly #text: string;
  readonly #handler: MarkupHandler;
  /** Name of the script or style element whose raw text is being read. */
  #rawElement: string | null = null;
  #rawEnd = /$/g;
  /** No markup that starts after the last `>` can be complete. */
  readonly #lastClose: number;
  /** From here on no comment ends. */
  #noCommentEnd = Number.POSITIVE_INFINITY;

  constructor(text: string, handler: MarkupHandler) {
    this.#text = text;
    this.#lastClose = text.lastIndexOf(">");
    this.#handler = handler;
  }

  /** Reads from `start` and returns where it stopped. `end` says that nothing follows, so leftovers become text. */
  advance(start: number, end: boolean): number {
    const text = this.#text;
    const n = text.length;
    let i = start;
    while (i < n) {
      const j = this.#nextMark(i);
      if (j < 0) break;
      if (i < j) this.#handler.data(text.slice(i, j));
      i = j;
      if (i === n) break;
      const next = text[i] === "<" ? this.#markup(i, end) : this.#reference(i, end);
      i = next.at;
      if (next.stop) break;
    }
    if (end && i < n && this.#rawElement === null) {
      this.#handler.data(text.slice(i));
      i = n;
    }
    return i;
  }

  #nextMark(i: number): number {
    if (this.#rawElement !== null) return match(this.#rawEnd, this.#text, i)?.index ?? -1;
    const less = this.#text.indexOf("<", i);
    const ampersand = this.#text.indexOf("&", i);
    if (less < 0 && ampersand < 0) return this.#text.length;
    if (less < 0 || ampersand < 0) return Math.max(less, ampersand);
    return Math.min(less, ampersand);
  }

  #markup(i: number, end: boolean): Step {
    const text = this.#text;
    let k: number;
    if (match(TAG_OPEN, text, i)) k = i > this.#lastClose ? -1 : this.#startTag(i);
    else if (text.startsWith("</", i)) k = this.#endTag(i);
    else if (text.startsWith("<!--", i)) k = this.#comment(i);
    else if (text.startsWith("<?", i)) k = this.#processingInstruction(i);
    else if (text.startsWith("<!", i)) k = this.#declaration(i);
    else if (i + 1 < text.length) {
      this.#handler.data("<");
      k = i + 1;
    } else return { at: i, stop: true };
    if (k < 0) {
      if (!end) return { at: i, stop: true };
      k = text.indexOf(">", i + 1) + 1;
      if (k === 0) k = text.indexOf("<", i + 1);
      if (k < 0) k = i + 1;
      this.#handler.data(text.slice(i, k));
    }
    return { at: k, stop: false };
  }

  #reference(i: number, end: boolean): Step {
    const text = this.#text;
    const numeric = text.startsWith("&#", i);
    const found = match(numeric ? CHARACTER : ENTITY, text, i);
    if (found) {
      const name = found[1] as string;
      if (numeric) this.#handler.characterReference(name);
      else this.#handler.entityReference(name);
      const after = i + found[0].length;
      return { at: text[after - 1] === ";" ? after : after - 1, stop: false };
    }
    if (numeric) {
      if (!text.includes(";", i)) return { at: i, stop: true };
      this.#handler.data("&#");
      return { at: i + 2, stop: true };
    }
    if (match(INCOMPLETE, text, i)) return { at: end && i + 2 === text.length ? i + 1 : i, stop: true };
    if (i + 1 >= text.length) return { at: i, stop: true };
    this.#handler.data("&");
    return { at: i + 1, stop: false };
  }

  #startTag(i: number): number {
    const text = this.#text;
    const end = this.#startTagEnd(i);
    if (end < 0) return end;
    const opened = match(TAG_NAME, text, i + 1);
    if (!opened) return end;
    const tag = (opened[1] as string).toLowerCase();
    const attributes: [string, string | null][] = [];
    let k = i + 1 + opened[0].length;
    while (k < end) {
      const found = match(ATTRIBUTE, text, k);
      if (!found) break;
      attributes.push([(found[1] as string).toLowerCase(), attributeValue(found[2], found[3])]);
      k += found[0].length;
    }
    const rest = text.slice(k, end).trim();
    if (rest !== ">" && rest !== "/>") {
      this.#handler.data(text.slice(i, end));
    } else if (rest === "/>") {
      this.#handler.startEndTag(tag, attributes);
    } else {
      this.#handler.startTag(tag, attributes);
      if (tag === "script" || tag === "style") this.#enterRaw(tag);
    }
    return end;
  }

  #startTagEnd(i: number): number {
    const text = this.#text;
    const found = match(START_TAG, text, i);
    const j = i + (found?.[0].length ?? 0);
    const next = text[j];
    if (next === ">") return j + 1;
    if (next === "/") return text.startsWith("/>", j) ? j + 2 : -1;
    if (next === undefined || /[a-zA-Z=]/.test(next)) return -1;
    return j > i ? j : i + 1;
  }

  #endTag(i: number): number {
    const text = this.#text;
    const close = text.indexOf(">", i + 1) + 1;
    if (close === 0) return -1;
    const found = match(END_TAG, text, i);
    if (!found) {
      if (this.#rawElement !== null) {
        this.#handler.data(text.slice(i, close));
        return close;
      }
      const name = match(TAG_NAME, text, i + 2);
      if (!name) return text.startsWith("</>", i) ? i + 3 : this.#bogusComment(i);
      this.#handler.endTag((name[1] as string).toLowerCase());
      return text.indexOf(">", i + 2 + name[0].length) + 1;
    }
    const tag = (found[1] as string).toLowerCase();
    if (this.#rawElement !== null && tag !== this.#rawElement) {
      this.#handler.data(text.slice(i, close));
      return close;
    }
    this.#handler.endTag(tag);
    this.#rawElement = null;
    return close;
  }

  #comment(i: number): number {
    const close = i >= this.#noCommentEnd ? null : match(COMMENT_CLOSE, this.#text, i + 4);
    if (!close) {
      this.#noCommentEnd = Math.min(this.#noCommentEnd, i);
      return -1;
    }
    this.#handler.comment(this.#text.slice(i + 4, close.index));
    return close.index + close[0].length;
  }

  #bogusComment(i: number): number {
    const close = this.#text.indexOf(">", i + 2);
    if (close < 0) return -1;
    this.#handler.comment(this.#text.slice(i + 2, close));
    return close + 1;
  }

  #processingInstruction(i: number): number {
    const close = this.#text.indexOf(">", i + 2);
    if (close < 0) return -1;
    this.#handler.processingInstruction(this.#text.slice(i + 2, close));
    return close + 1;
  }

  #declaration(i: number): number {
    const text = this.#text;
    if (text.startsWith("<![", i)) return this.#markedSection(i);
    if (text.slice(i, i + 9).toLowerCase() !== "<!doctype") return this.#bogusComment(i);
    const close = text.indexOf(">", i + 9);
    if (close < 0) return -1;
    this.#handler.declaration(text.slice(i + 2, close));
    return close + 1;
  }

  #markedSection(i: number): number {
    const text = this.#text;
    if (i + 3 === text.length) return -1;
    const named = match(SECTION_NAME, text, i + 3);
    if (!named) throw new MarkupRejected(`expected a name at ${JSON.stringify(text.slice(i, i + 20))}`);
    if (i + 3 + named[0].length === text.length) return -1;
    const name = named[0].trim().toLowerCase();
    let close: RegExpExecArray | null;
    if (/^(?:temp|cdata|ignore|include|rcdata)$/.test(name)) close = match(SECTION_CLOSE, text, i + 3);
    else if (/^(?:if|else|endif)$/.test(name)) close = match(OFFICE_SECTION_CLOSE, text, i + 3);
    else throw new MarkupRejected(`unknown keyword ${JSON.stringify(name)} in a marked section`);
    if (!close) return -1;
    this.#handler.unknownDeclaration(text.slice(i + 3, close.index));
    return close.index + close[0].length;
  }

  #enterRaw(tag: string): void {
    this.#rawElement = tag;
    this.#rawEnd = new RegExp(`</${PYTHON_SPACE}*${tag}${PYTHON_SPACE}*>`, "gi");
  }
}

interface Step {
  readonly at: number;
  readonly stop: boolean;
}

function attributeValue(rest: string | undefined, value: string | undefined): string | null {
  if (!rest || value === undefined) return null;
  const quote = value[0];
  const quoted = (quote === "'" || quote === '"') && value.endsWith(quote);
  return unescapeHtml(quoted ? value.slice(1, -1) : value);
}
