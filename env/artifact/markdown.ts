/** A fenced code block of a Markdown answer. */
export interface FencedBlock {
  /** Lower-case language tag, empty when there is none. */
  readonly tag: string;
  readonly body: string;
  /** False when the answer stops before the closing fence. */
  readonly closed: boolean;
}

const MARKUP_TAGS = new Set(["html", "htm", "xhtml", "svg", "xml"]);

/**
 * The fenced blocks that hold markup: tagged as such, or untagged and beginning with a tag or doctype.
 * Inside a document a fence does not end the block before `</html>` was seen, so a page may show code fences itself.
 */
export function htmlBlocks(text: string): FencedBlock[] {
  return fencedBlocks(text).filter(
    ({ tag, body }) => MARKUP_TAGS.has(tag) || (tag === "" && /^\s*<(?:!doctype|!--|[a-z])/i.test(body)),
  );
}

/** All fenced blocks of an answer. */
export function fencedBlocks(text: string): FencedBlock[] {
  const lines = text.split(/\r\n|\n|\r/);
  const blocks: FencedBlock[] = [];
  let patience = 50;
  for (let i = 0; i < lines.length; i++) {
    const opening = /^\s*(?:>\s*)?(`{3,}|~{3,})[ \t]*([\w+-]*)[ \t]*([^`]*)$/.exec(lines[i] as string);
    if (!opening) continue;
    const [, fence = "", tag = "", sameLine = ""] = opening;
    const closing = new RegExp(`^\\s*${fence[0] === "`" ? "`" : "~"}{${fence.length},}\\s*$`);
    const end = endOfBlock(lines, i + 1, closing, fence, patience > 0);
    if (end.fruitless) patience--;
    const inner = lines.slice(i + 1, end.line);
    if (sameLine.trim() !== "") inner.unshift(sameLine);
    if (end.tail !== "") inner.push(end.tail);
    blocks.push({ tag: tag.toLowerCase(), body: inner.join("\n"), closed: end.closed });
    i = end.line;
  }
  return blocks;
}

interface BlockEnd {
  /** Index of the line of the closing fence; the number of lines when there is none. */
  readonly line: number;
  readonly closed: boolean;
  /** Text of that line before the fence. */
  readonly tail: string;
  /** True when the text was searched to its end for a later fence in vain. */
  readonly fruitless: boolean;
}

function endOfBlock(
  lines: readonly string[],
  from: number,
  closing: RegExp,
  fence: string,
  patient: boolean,
): BlockEnd {
  let first: BlockEnd | undefined;
  let opened = false;
  let ended = false;
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as string;
    opened ||= /<html[\s>]/i.test(line);
    ended ||= /<\/html>/i.test(line);
    if (closing.test(line)) {
      const end = { line: i, closed: true, tail: "", fruitless: false };
      if (!opened || ended || !patient) return end;
      first ??= { ...end, fruitless: true };
    } else if (line.trimEnd().endsWith(fence) && /<\/html>|<\/\w+>\s*[`~]+\s*$/i.test(line)) {
      return { line: i, closed: true, tail: line.trimEnd().slice(0, -fence.length), fruitless: false };
    }
  }
  return first ?? { line: lines.length, closed: false, tail: "", fruitless: false };
}
