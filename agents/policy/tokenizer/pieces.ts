/**
 * How text is cut before BPE: merges never cross a piece, and a piece that is frequent as a whole gets a token of its
 * own. A piece is, in this order,
 *
 * - a run of opening tags, or of closing tags, with the line breaks and indentation before them: where a part of a
 *   page ends and where the next begins are one choice each,
 * - a CSS rule on a line of its own; else the head of a rule (`\n.card {`), or one declaration (`color: #222;`, with
 *   the braces that close after it),
 * - a word: in lower case with the one space before it; a capitalised one or a number without, so that a name or a
 *   heading is the same tokens in a prompt, inside quotes and after a tag,
 * - a run of spaces, of line breaks, or one mark of punctuation.
 *
 * Written for both Oniguruma (Python `tokenizers`) and JavaScript: only classes that mean the same in both, no
 * look-around, so that a piece cut out of its text is cut the same way again. The bounds keep long lines without any
 * CSS from being searched over and over.
 */
export const pagePattern = [
  String.raw`(?:\n?[ \t]*<[A-Za-z!][^<>\n]*>)+`,
  String.raw`(?:\n?[ \t]*</[A-Za-z][^<>\n]*>)+`,
  String.raw`\n[ \t]*[^\s<>{};][^<>{}\n]*\{[^{}<>\n]*\}`,
  String.raw`\n?[ \t]*[.#*@:A-Za-z\[][^{}<>;\n]{0,200}\{`,
  String.raw`[ \t]*[a-z\-]+:[^{};<>\n]{0,200}[;}]+`,
  String.raw`\n?[ \t]*\}+`,
  String.raw` ?\p{Ll}[\p{L}\p{M}]*`,
  String.raw`[\p{L}\p{M}]+`,
  String.raw`\p{N}+`,
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
