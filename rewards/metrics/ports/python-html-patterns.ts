// The regular expressions of Python 3.11's html.parser and _markupbase. `y` matches at a place, `g` searches from it.

/** White space as Python sees it, as a class for a regular expression. */
export const PYTHON_SPACE = "[\\s\\x1c-\\x1f\\x85]";
export const NOT_SPACE = "[^\\s\\x1c-\\x1f\\x85";
export const ENTITY = /&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]/y;
export const CHARACTER = /&#([0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]/y;
export const INCOMPLETE = /&[a-zA-Z#]/y;
export const TAG_OPEN = /<[a-zA-Z]/y;
export const TAG_NAME = new RegExp(`([a-zA-Z][^\\t\\n\\r\\f />\\x00]*)(?:${PYTHON_SPACE}|/(?!>))*`, "y");
export const ATTRIBUTE = new RegExp(
  `((?<=['"\\s\\x1c-\\x1f\\x85/])${NOT_SPACE}/>]${NOT_SPACE}/=>]*)(${PYTHON_SPACE}*=+${PYTHON_SPACE}*('[^']*'|"[^"]*"|(?!['"])[^>\\s\\x1c-\\x1f\\x85]*))?(?:${PYTHON_SPACE}|/(?!>))*`,
  "y",
);
export const START_TAG = new RegExp(
  `<[a-zA-Z][^\\t\\n\\r\\f />\\x00]*(?:[\\s\\x1c-\\x1f\\x85/]*(?:(?<=['"\\s\\x1c-\\x1f\\x85/])${NOT_SPACE}/>]${NOT_SPACE}/=>]*(?:${PYTHON_SPACE}*=+${PYTHON_SPACE}*(?:'[^']*'|"[^"]*"|(?!['"])[^>\\s\\x1c-\\x1f\\x85]*)${PYTHON_SPACE}*)?(?:${PYTHON_SPACE}|/(?!>))*)*)?${PYTHON_SPACE}*`,
  "y",
);
export const END_TAG = new RegExp(`</${PYTHON_SPACE}*([a-zA-Z][-.a-zA-Z0-9:_]*)${PYTHON_SPACE}*>`, "y");
export const COMMENT_CLOSE = new RegExp(`--${PYTHON_SPACE}*>`, "g");
export const SECTION_NAME = new RegExp(`[a-zA-Z][-_.a-zA-Z0-9]*${PYTHON_SPACE}*`, "y");
export const SECTION_CLOSE = new RegExp(`\\]${PYTHON_SPACE}*\\]${PYTHON_SPACE}*>`, "g");
export const OFFICE_SECTION_CLOSE = new RegExp(`\\]${PYTHON_SPACE}*>`, "g");
