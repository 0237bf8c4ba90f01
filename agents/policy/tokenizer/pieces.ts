/**
 * How text is cut before BPE: merges never cross a piece, and a piece that is frequent as a whole gets a token of its
 * own. A piece is, in this order,
 *
 * - an HTML tag with the line break and indentation before it,
 * - the head of a CSS rule (`\n.card {`) or one declaration (`color: #222;`, with the braces that close after it),
 * - a word or a number with the one space before it,
 * - a run of spaces, of line breaks, or of one kind of punctuation.
 *
 * Written for both Oniguruma (Python `tokenizers`) and JavaScript: only classes that mean the same in both, no
 * look-around, so that a piece cut out of its text is cut the same way again.
 */
export const pagePattern = [
  String.raw`\n?[ \t]*</?[A-Za-z!][^<>\n]*>`,
  String.raw`\n?[ \t]*[.#*@:A-Za-z\[][^{}<>;\n]*\{`,
  String.raw`[ \t]*[a-z\-]+:[^{};<>\n]*[;}]+`,
  String.raw`\n?[ \t]*\}+`,
  String.raw` ?[\p{L}\p{M}]+`,
  String.raw` ?\p{N}+`,
  String.raw`\n+[ \t]*`,
  String.raw`[ \t]+`,
  String.raw` ?[^\s\p{L}\p{M}\p{N}]`,
  String.raw`[\s\S]`,
].join("|");

/** Cuts `text` by `pattern`; the pieces joined are the text again. */
export function createSplitter(pattern: string): (text: string) => string[] {
  const expression = new RegExp(pattern, "gu");
  return (text) => {
    const pieces: string[] = [];
    let end = 0;
    for (const match of text.matchAll(expression)) {
      if (match.index > end) pieces.push(text.slice(end, match.index));
      if (match[0] !== "") pieces.push(match[0]);
      end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push(text.slice(end));
    return pieces;
  };
}
