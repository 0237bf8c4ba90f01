/** Elements whose content is text up to their own end tag. */
const TEXT_ONLY = new Set("style title textarea xmp iframe noembed noframes noscript".split(" "));
/** Tags of HTML that end a drawing or formula they stand in. */
const BREAKOUT = new Set(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split(
    " ",
  ),
);
/** Elements of drawings and formulas in which HTML stands again. */
const HTML_WITHIN = {
  svg: new Set("foreignobject desc title".split(" ")),
  math: new Set("mi mo mn ms mtext".split(" ")),
};

const SPACE = "\\t\\n\\f\\r ";
const TAG_NAME = new RegExp(`[^${SPACE}/>]*`, "y");
const BEFORE_ATTRIBUTE = new RegExp(`[${SPACE}/]*`, "y");
const ATTRIBUTE = new RegExp(`=?[^${SPACE}/>=]*[${SPACE}]*(=[${SPACE}]*)?`, "y");
const UNQUOTED = new RegExp(`[^${SPACE}>]*`, "y");
const SCRIPT_PIECE = new RegExp(`<!--|-->|<(/?)script(?=[${SPACE}/>])`, "gi");
const COMMENT_END = /--!?>/g;

/**
 * What the markup is still inside of when it ends, in words, or undefined when it ends between elements.
 * Elements left open do not count: HTML closes them by itself. It goes through the text once, by the rules of HTML's
 * tokenizer; of the tree it knows only whether it is inside a drawing or formula, where scripts and styles are markup.
 *
 * @example
 * unclosedAtEnd('<p>Hello <a href="x'); // "a tag"
 */
export function unclosedAtEnd(html: string): string | undefined {
  const foreign: Foreign[] = [];
  let at = 0;
  for (;;) {
    at = html.indexOf("<", at);
    if (at < 0) return undefined;
    const next = html[at + 1];
    if (next === undefined || (next === "/" && at + 2 === html.length)) return "a tag";
    const isEnd = next === "/";
    if (/[a-z]/i.test((isEnd ? html[at + 2] : next) ?? "")) {
      const start = at + (isEnd ? 2 : 1);
      const name = match(TAG_NAME, html, start).toLowerCase();
      const tag = endOfTag(html, start + name.length);
      if (tag === undefined) return "a tag";
      at = tag.end;
      if (isEnd) leave(foreign, name);
      else if (isForeign(foreign) || name === "svg" || name === "math") enter(foreign, name, tag.selfClosing);
      else if (name === "plaintext") return undefined;
      else if (name === "script" || TEXT_ONLY.has(name)) {
        const end = name === "script" ? endOfScript(html, at) : endOfText(html, at, name);
        if (end < 0) return `a <${name}>`;
        at = end;
      }
    } else if (html.startsWith("<!--", at)) {
      const end = endOfComment(html, at + 4);
      if (end < 0) return "a comment";
      at = end;
    } else if (isEnd || next === "!" || next === "?") {
      const isCdata = isForeign(foreign) && html.startsWith("<![CDATA[", at);
      const end = isCdata ? html.indexOf("]]>", at) + 2 : html.indexOf(">", at);
      if (end < (isCdata ? 2 : 0)) {
        if (isCdata) return "a CDATA section";
        return /^<!doctype$/i.test(html.slice(at, at + 9)) ? "the doctype" : undefined;
      }
      at = end + 1;
    } else at++;
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

/** Where a tag whose name ends at `at` is over; undefined when the text is before. */
function endOfTag(
  html: string,
  from: number,
): { readonly end: number; readonly selfClosing: boolean } | undefined {
  let at = from;
  for (;;) {
    at += match(BEFORE_ATTRIBUTE, html, at).length;
    if (at >= html.length) return undefined;
    if (html[at] === ">") return { end: at + 1, selfClosing: html[at - 1] === "/" };
    ATTRIBUTE.lastIndex = at;
    const attribute = ATTRIBUTE.exec(html);
    at = ATTRIBUTE.lastIndex;
    if (attribute?.[1] === undefined) continue;
    const quote = html[at];
    if (quote === '"' || quote === "'") {
      const end = html.indexOf(quote, at + 1);
      if (end < 0) return undefined;
      at = end + 1;
    } else at += match(UNQUOTED, html, at).length;
  }
}

function endOfComment(html: string, from: number): number {
  if (html[from] === ">") return from + 1;
  if (html.startsWith("->", from)) return from + 2;
  COMMENT_END.lastIndex = from;
  return COMMENT_END.test(html) ? COMMENT_END.lastIndex : -1;
}

function endOfText(html: string, from: number, name: string): number {
  const closing = new RegExp(`</${name}(?=[${SPACE}/>])`, "gi");
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? -1;
}

/** A script may hold `<!--`, after which `<script` opens another that has to be closed first. */
function endOfScript(html: string, from: number): number {
  let inside: "script" | "comment" | "script in comment" = "script";
  SCRIPT_PIECE.lastIndex = from;
  for (let piece = SCRIPT_PIECE.exec(html); piece; piece = SCRIPT_PIECE.exec(html)) {
    const isTag = piece[1] !== undefined;
    if (piece[0] === "<!--") {
      if (inside === "script") {
        inside = "comment";
        SCRIPT_PIECE.lastIndex = piece.index + 2;
      }
    } else if (!isTag) inside = "script";
    else if (piece[1] === "") {
      if (inside === "comment") inside = "script in comment";
    } else if (inside === "script in comment") inside = "comment";
    else return piece.index;
  }
  return -1;
}

/** An element of a drawing or formula, and by which rules its content is read. */
interface Foreign {
  readonly name: string;
  readonly within: "svg" | "math" | "html";
}

const isForeign = (stack: readonly Foreign[]) => (stack.at(-1)?.within ?? "html") !== "html";
/** Most open elements that an end tag looks through; people nest three. */
const DEEPEST = 50;

/** A start tag in, or of, a drawing or formula. */
function enter(stack: Foreign[], name: string, selfClosing: boolean): void {
  const within = stack.at(-1)?.within ?? "html";
  if (within !== "html" && BREAKOUT.has(name)) breakOut(stack);
  else if (selfClosing) return;
  else if (name === "svg" || name === "math") stack.push({ name, within: within === "html" ? name : within });
  else if (within !== "html" && HTML_WITHIN[within].has(name)) stack.push({ name, within: "html" });
}

/** An end tag in a drawing or formula. */
function leave(stack: Foreign[], name: string): void {
  if (isForeign(stack) && (name === "p" || name === "br")) breakOut(stack);
  for (let depth = 1; depth <= Math.min(DEEPEST, stack.length); depth++) {
    if (stack.at(-depth)?.name === name) stack.length -= depth;
    else if (stack.at(-depth)?.within !== "html") continue;
    return;
  }
}

function breakOut(stack: Foreign[]): void {
  while (isForeign(stack)) stack.pop();
}
