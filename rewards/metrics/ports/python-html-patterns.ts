// The regular expressions of Python 3.11's html.parser and _markupbase. `y` matches at a place, `g` searches from it.

/** White space as Python sees it, as a class for a regular expression. */
export const PYTHON_SPACE = "[\\s\\x1c-\\x1f\\x85]";
/** Beginning of a character class, its end left open: no space, as Python sees it. */
export const NOT_SPACE = "[^\\s\\x1c-\\x1f\\x85";
/** Pattern of a named reference and the character after it (`entityref`). */
export const ENTITY = /&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]/y;
/** Pattern of a numeric reference and the character after it (`charref`). */
export const CHARACTER = /&#([0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]/y;
/** Pattern of the beginning of a reference (`incomplete`). */
export const INCOMPLETE = /&[a-zA-Z#]/y;
/** Pattern of the beginning of a start tag (`starttagopen`). */
export const TAG_OPEN = /<[a-zA-Z]/y;
/** Pattern of the name of a tag (`tagfind_tolerant`). */
export const TAG_NAME = new RegExp(`([a-zA-Z][^\\t\\n\\r\\f />\\x00]*)(?:${PYTHON_SPACE}|/(?!>))*`, "y");
/** Pattern of an attribute (`attrfind_tolerant`). */
export const ATTRIBUTE = new RegExp(
  `((?<=['"\\s\\x1c-\\x1f\\x85/])${NOT_SPACE}/>]${NOT_SPACE}/=>]*)(${PYTHON_SPACE}*=+${PYTHON_SPACE}*('[^']*'|"[^"]*"|(?!['"])[^>\\s\\x1c-\\x1f\\x85]*))?(?:${PYTHON_SPACE}|/(?!>))*`,
  "y",
);
/** Pattern of a start tag up to its end (`locatestarttagend_tolerant`). */
export const START_TAG = new RegExp(
  `<[a-zA-Z][^\\t\\n\\r\\f />\\x00]*(?:[\\s\\x1c-\\x1f\\x85/]*(?:(?<=['"\\s\\x1c-\\x1f\\x85/])${NOT_SPACE}/>]${NOT_SPACE}/=>]*(?:${PYTHON_SPACE}*=+${PYTHON_SPACE}*(?:'[^']*'|"[^"]*"|(?!['"])[^>\\s\\x1c-\\x1f\\x85]*)${PYTHON_SPACE}*)?(?:${PYTHON_SPACE}|/(?!>))*)*)?${PYTHON_SPACE}*`,
  "y",
);
/** Pattern of an end tag (`endtagfind`). */
export const END_TAG = new RegExp(`</${PYTHON_SPACE}*([a-zA-Z][-.a-zA-Z0-9:_]*)${PYTHON_SPACE}*>`, "y");
/** Pattern of the end of a comment (`commentclose`). */
export const COMMENT_CLOSE = new RegExp(`--${PYTHON_SPACE}*>`, "g");
/** Pattern of the name of a marked section. */
export const SECTION_NAME = new RegExp(`[a-zA-Z][-_.a-zA-Z0-9]*${PYTHON_SPACE}*`, "y");
/** Pattern of the end of a marked section (`markedsectionclose`). */
export const SECTION_CLOSE = new RegExp(`\\]${PYTHON_SPACE}*\\]${PYTHON_SPACE}*>`, "g");
/** Pattern of the end of an office program's section (`msmarkedsectionclose`). */
export const OFFICE_SECTION_CLOSE = new RegExp(`\\]${PYTHON_SPACE}*>`, "g");
