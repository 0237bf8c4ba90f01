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

/** All fenced blocks of an answer. Linear in its length. */
export function fencedBlocks(text: string): FencedBlock[] {
  const lines = text.split(/\r\n|\n|\r/);
  const marks = lines.map(markOf);
  const blocks: FencedBlock[] = [];
  let patience = MOST_SEARCHES;
  for (let i = 0; i < lines.length; i++) {
    const opening = marks[i]?.fences ? openingOf(lines[i] as string) : undefined;
    if (!opening) continue;
    const { fence, tag, sameLine } = opening;
    const end = endOfBlock({ lines, marks, from: i + 1, fence, patient: patience > 0 });
    if (end.fruitless) patience--;
    const inner = lines.slice(i + 1, end.line);
    if (sameLine.trim() !== "") inner.unshift(sameLine);
    if (end.tail !== "") inner.push(end.tail);
    blocks.push({ tag, body: inner.join("\n"), closed: end.closed });
    i = end.line;
  }
  return blocks;
}

/** Times an answer is searched to its end for the fence that closes a document. */
const MOST_SEARCHES = 20;

/** What matters of a line when the end of a block is looked for. */
interface Mark {
  readonly fences: boolean;
  readonly opensDocument: boolean;
  readonly endsDocument: boolean;
}

const PLAIN: Mark = { fences: false, opensDocument: false, endsDocument: false };

function markOf(line: string): Mark {
  const fences = line.includes("```") || line.includes("~~~");
  if (!fences && !line.includes("<")) return PLAIN;
  return { fences, opensDocument: /<html[\s>]/i.test(line), endsDocument: /<\/html>/i.test(line) };
}

interface Opening {
  readonly fence: string;
  readonly tag: string;
  readonly sameLine: string;
}

function openingOf(line: string): Opening | undefined {
  const [start = "", fence = ""] = /^\s*(?:>\s*)?(`{3,}|~{3,})/.exec(line) ?? [];
  const rest = line.slice(start.length);
  if (fence === "" || rest.includes("`")) return undefined;
  const [before = "", tag = ""] = /^[ \t]*([\w+-]*)[ \t]*/.exec(rest) ?? [];
  return { fence, tag: tag.toLowerCase(), sameLine: rest.slice(before.length) };
}

/** Whether a line is nothing but a fence at least as long as another. */
function closes(line: string, fence: string): boolean {
  const own = line.trim();
  return own.length >= fence.length && own[0] === fence[0] && /^(?:`+|~+)$/.test(own);
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

interface Search {
  readonly lines: readonly string[];
  readonly marks: readonly Mark[];
  readonly from: number;
  readonly fence: string;
  readonly patient: boolean;
}

function endOfBlock({ lines, marks, from, fence, patient }: Search): BlockEnd {
  let first: BlockEnd | undefined;
  let opened = false;
  let ended = false;
  for (let i = from; i < lines.length; i++) {
    const mark = marks[i] as Mark;
    if (mark === PLAIN) continue;
    const line = lines[i] as string;
    opened ||= mark.opensDocument;
    ended ||= mark.endsDocument;
    if (!mark.fences) continue;
    if (closes(line, fence)) {
      const end = { line: i, closed: true, tail: "", fruitless: false };
      if (!opened || ended || !patient) return end;
      first ??= { ...end, fruitless: true };
    } else if (line.trimEnd().endsWith(fence) && /<\/html>|<\/\w+>\s*[`~]+\s*$/i.test(line)) {
      return { line: i, closed: true, tail: line.trimEnd().slice(0, -fence.length), fruitless: false };
    }
  }
  return first ?? { line: lines.length, closed: false, tail: "", fruitless: false };
}
