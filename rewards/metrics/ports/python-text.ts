/**
 * What Python's `str` and `re` mean by blanks, word characters and digits, for text rules that were written in Python.
 * JavaScript's `\s`, `\w`, `\d`, `\b` and `trim` differ for a few control characters, the byte-order mark and everything
 * beyond ASCII. Patterns built from these pieces need the `u` flag.
 */

/** Inside brackets: every blank that `\s` matches in Python. */
export const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/** Inside brackets: every character that `\w` matches in Python. */
export const WORDS = "\\p{L}\\p{N}_";

/** Between a word character and none, Python's `\b`. */
export const BOUNDARY = `(?:(?<=[${WORDS}])(?![${WORDS}])|(?<![${WORDS}])(?=[${WORDS}]))`;

/** Where Python's `$` matches without MULTILINE: at the end, and in front of a final line feed. */
export const END = "(?=\\n?(?![^]))";

/** A pattern in which `\s`, `\w`, `\d` and `\b` mean what they mean in Python; `.` and `$` are left to the caller. */
export function pythonPattern(source: string, flags = ""): RegExp {
  let inBrackets = false;
  const translated = source.replace(
    /\\(.)|([[\]])/gsu,
    (whole, escaped: string | undefined, bracket?: string) => {
      if (bracket) inBrackets = bracket === "[";
      if (escaped === "s") return inBrackets ? BLANKS : `[${BLANKS}]`;
      if (escaped === "w") return inBrackets ? WORDS : `[${WORDS}]`;
      if (escaped === "d") return "\\p{Nd}";
      if (escaped === "b") return BOUNDARY;
      return whole;
    },
  );
  return new RegExp(translated, `${flags}u`);
}

const LEADING = new RegExp(`^[${BLANKS}]+`, "u");
/** One blank. */
export const BLANK = new RegExp(`[${BLANKS}]`, "u");

/** `str.strip()`. */
export function strip(text: string): string {
  const start = LEADING.exec(text)?.[0].length ?? 0;
  let end = text.length;
  while (end > start && BLANK.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** `str.lstrip()`. */
export function stripStart(text: string): string {
  return text.replace(LEADING, "");
}

/** The value of one decimal digit of any script, 0 to 9. */
export function digitValue(digit: string): number {
  let offset = 0;
  for (let code = (digit.codePointAt(0) ?? 48) - 1; /\p{Nd}/u.test(String.fromCodePoint(code)); code--)
    offset++;
  return offset % 10;
}

/** `float(text)` of digits of any script, with or without a fraction. */
export function decimal(text: string): number {
  return Number(text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit))));
}

/** By code point, as Python sorts. */
export function byCodePoint(a: string, b: string): number {
  const first = [...a];
  const second = [...b];
  for (let i = 0; i < Math.min(first.length, second.length); i++) {
    const difference = first[i]!.codePointAt(0)! - second[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}

/** A stretch of text with its inside: `text.slice(start, end)` with `inner` between the opening and the closing. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly inner: string;
}

/**
 * What stands between each `open` (a pattern with the `g` flag) and the next `close`, as Python's
 * `finditer(open + "(.*?)" + close, DOTALL)` returns it, in time linear in the text.
 */
export function blocksBetween(text: string, open: RegExp, close: string): Block[] {
  const found: Block[] = [];
  open.lastIndex = 0;
  for (let match = open.exec(text); match; match = open.exec(text)) {
    const from = match.index + match[0].length;
    const to = text.indexOf(close, from);
    if (to < 0) break;
    found.push({ start: match.index, end: to + close.length, inner: text.slice(from, to) });
    open.lastIndex = to + close.length;
  }
  return found;
}

/** The insides of {@link blocksBetween}. */
export function between(text: string, open: RegExp, close: string): string[] {
  return blocksBetween(text, open, close).map(({ inner }) => inner);
}
