/** One entry of a manifest, as written: nothing is normalised or judged yet. */
export type ManifestToken =
  | { readonly kind: "open"; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: "action"; readonly attributes: ReadonlyMap<string, string>; readonly body: string }
  | { readonly kind: "stray"; readonly text: string }
  | { readonly kind: "close" }
  /** The answer ends here, inside something. */
  | { readonly kind: "cut"; readonly inside: string }
  /** A tag that is none. */
  | { readonly kind: "bad_tag"; readonly text: string };

const ARTIFACT = "<webArtifact";
const ACTION = "<webAction";
const CLOSE_ARTIFACT = "</webArtifact>";
const CLOSE_ACTION = "</webAction>";
const ATTRIBUTE = /\s+([A-Za-z][\w:-]{0,63})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*>/y;
const LONGEST_QUOTE = 80;
/** What `indexOf` says when there is none. */
const NONE = -1;

interface Tag {
  readonly attributes: ReadonlyMap<string, string>;
  /** Where the text after the tag begins. */
  readonly end: number;
}

/**
 * The manifest of an answer as a list of tokens: the first well-formed `<webArtifact ...>` and all its actions, up to its
 * `</webArtifact>`. Empty when there is none. It looks like XML and is not: a body is raw text that ends at the first
 * `</webAction>`, whatever it holds. Attributes may come in any order and in either quotes. Linear in the text's length.
 */
export function manifestTokens(text: string): ManifestToken[] {
  const tokens: ManifestToken[] = [];
  const open = findOpen(text);
  if (open === undefined) return tokens;
  tokens.push({ kind: "open", attributes: open.attributes });
  let at = open.end;
  const stray = (until: number) => {
    const between = text.slice(at, until).trim();
    if (between !== "") tokens.push({ kind: "stray", text: quote(between) });
  };
  let close = text.indexOf(CLOSE_ARTIFACT, at);
  for (;;) {
    if (close !== NONE && close < at) close = text.indexOf(CLOSE_ARTIFACT, at);
    const start = nextTag(text, ACTION, at, close === NONE ? text.length : close);
    if (start < 0) {
      if (close === NONE) tokens.push({ kind: "cut", inside: "its <webArtifact>" });
      else {
        stray(close);
        tokens.push({ kind: "close" });
      }
      return tokens;
    }
    stray(start);
    const tag = readTag(text, start + ACTION.length);
    if (tag === undefined) {
      const rest = text.slice(start);
      if (rest.includes(">")) tokens.push({ kind: "bad_tag", text: quote(rest) });
      else tokens.push({ kind: "cut", inside: "a <webAction> tag" });
      return tokens;
    }
    const end = text.indexOf(CLOSE_ACTION, tag.end);
    if (end < 0) {
      const what = tag.attributes.get("filePath") ?? tag.attributes.get("type") ?? "a <webAction>";
      tokens.push({ kind: "cut", inside: quote(what) });
      return tokens;
    }
    tokens.push({ kind: "action", attributes: tag.attributes, body: text.slice(tag.end, end).trim() });
    at = end + CLOSE_ACTION.length;
  }
}

/** The first opening tag that reads as one; a mention such as `<webArtifact>` in prose counts only when nothing else does. */
function findOpen(text: string): Tag | undefined {
  let bare: Tag | undefined;
  for (let at = text.indexOf(ARTIFACT); at >= 0; at = text.indexOf(ARTIFACT, at + 1)) {
    const tag = readTag(text, at + ARTIFACT.length);
    if (tag === undefined) continue;
    if (tag.attributes.size > 0) return tag;
    if (/^\s*<webAction\s/.test(text.slice(tag.end, tag.end + 200))) bare ??= tag;
  }
  return bare;
}

/** Where a tag of this name begins, before `until`; -1 when there is none. */
function nextTag(text: string, name: string, from: number, until: number): number {
  for (let at = text.indexOf(name, from); at >= 0 && at < until; at = text.indexOf(name, at + 1)) {
    if (/[\s>]/.test(text[at + name.length] ?? " ")) return at;
  }
  return -1;
}

/** Reads attributes and the closing bracket; undefined when that is not what stands there. */
function readTag(text: string, from: number): Tag | undefined {
  const attributes = new Map<string, string>();
  let at = from;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(text);
    if (!found) break;
    const [, name = "", double, single] = found;
    if (!attributes.has(name)) attributes.set(name, double ?? single ?? "");
    at = ATTRIBUTE.lastIndex;
  }
  TAG_END.lastIndex = at;
  return TAG_END.test(text) ? { attributes, end: TAG_END.lastIndex } : undefined;
}

function quote(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
