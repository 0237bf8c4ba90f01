/** What Python's `\s` and `str.strip` take for white space: without the byte-order mark, with U+001C-1F and U+0085. */
export const PYTHON_SPACE =
  "[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const EDGES = new RegExp(`^${PYTHON_SPACE}+|${PYTHON_SPACE}+$`, "gu");

/** `str.strip()` of Python 3. */
export function pythonStrip(text: string): string {
  return text.replace(EDGES, "");
}
