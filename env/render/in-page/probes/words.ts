import type { FirstLine } from "./first-line.js";
import type { PageBox, Scene } from "./scene.js";
import { styleOf } from "./scene.js";

/** A word as it is laid out; where a script puts no spaces between words, a few characters. */
export interface Word {
  readonly node: Text;
  readonly holder: Element;
  /** As it should be painted: letters only, capitals as the style asks for them. */
  readonly text: string;
  /** White-space separated words of the node before it. */
  readonly index: number;
  /** Whether it is broken over so many lines that two letters stand on one. */
  readonly torn: boolean;
  /** Whether it stands on a first line that is set in letters of its own. */
  readonly first: boolean;
  /** Around its line box, CSS px from the top left corner of the page. */
  readonly box: PageBox;
}

/**
 * The words of a text node, at most about `most` of them, taken evenly from the whole. A word that has no box of its own (clipped to nothing,
 * collapsed) is left out; one that is broken over lines comes as single characters.
 */
export function wordsOf(
  scene: Scene,
  node: Text,
  holder: Element,
  most: number,
  line: FirstLine | null = null,
): Word[] {
  const value = node.nodeValue ?? "";
  const style = styleOf(scene, holder);
  const found = [...value.matchAll(/\S+/gu)].map((match, index) => ({
    start: match.index,
    text: match[0],
    index,
  }));
  const step = Math.max(1, found.length / Math.max(1, most));
  const words: Word[] = [];
  for (let at = 0; at < found.length; at += step) {
    const { start, text, index } = found[Math.floor(at)]!;
    const capital = start === 0 || found.length > 0;
    const pieces = piecesOf(node, start, text, style.writingMode !== "horizontal-tb");
    const torn = isTorn(text, pieces);
    for (const piece of pieces) {
      const { top, bottom } = piece.rect;
      const first = line !== null && top <= line.middle && line.middle <= bottom;
      const { textTransform } = first ? line.style : style;
      const painted = paintedText(piece.text, textTransform, capital && piece.start === start);
      if (painted === "") continue;
      const box = boxInPage(scene, piece.rect);
      words.push({ node, holder, text: painted, index, torn, first, box });
    }
  }
  return words;
}

/** A part of a text node and where it is laid out. */
export interface Piece {
  readonly start: number;
  readonly text: string;
  readonly rect: DOMRect;
}

export function piecesOf(node: Text, start: number, text: string, upright: boolean): Piece[] {
  const spaceless =
    /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|[\ud840-\ud87f]/u.test(
      text,
    );
  const whole = spaceless && (text.length > 6 || upright) ? [] : rectsOf(node, start, start + text.length);
  if (whole.length === 1) return [{ start, text, rect: whole[0]! }];
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text);
  const pieces: Piece[] = [];
  for (const { segment, index } of graphemes) {
    const [rect] = rectsOf(node, start + index, start + index + segment.length);
    if (rect !== undefined) pieces.push({ start: start + index, text: segment, rect });
    if (pieces.length >= 24) break;
  }
  return pieces;
}

/** Whether a word of letters is broken over three lines or more with two letters each or fewer. */
export function isTorn(text: string, pieces: readonly Piece[]): boolean {
  if (!/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]{3}/u.test(text)) return false;
  const lines = new Set(pieces.map(({ rect }) => Math.round(rect.top))).size;
  return lines >= 3 && pieces.length <= 2 * lines;
}

export function rectsOf(node: Text, start: number, end: number): DOMRect[] {
  const range = Document.prototype.createRange.call(document);
  range.setStart(node, start);
  range.setEnd(node, end);
  return Array.from(range.getClientRects()).filter(({ width, height }) => width > 0.5 && height > 0.5);
}

export function boxInPage(scene: Scene, { left, top, right, bottom }: DOMRect): PageBox {
  return {
    left: left + scene.scrollX,
    top: top + scene.scrollY,
    right: right + scene.scrollX,
    bottom: bottom + scene.scrollY,
  };
}

/** Text without marks that turn its direction or are not painted, in the capitals its style asks for. */
export function paintedText(text: string, transform: string, first: boolean): string {
  const plainText = text.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, (mark) =>
    mark === "\u200c" || mark === "\u200d" ? mark : "",
  );
  if (transform.includes("uppercase")) return plainText.toLocaleUpperCase();
  if (transform.includes("lowercase")) return plainText.toLocaleLowerCase();
  if (transform.includes("capitalize") && first)
    return plainText.replace(/\p{L}/u, (letter) => letter.toLocaleUpperCase());
  return plainText;
}
