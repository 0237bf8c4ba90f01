import type { ArtifactOutcome, RefusalReason } from "../contract/artifact.js";
import { type FencedBlock, fencedBlocks } from "./markdown.js";

export interface ReadTsxOptions {
  /** Most UTF-8 bytes the source may have, default 100,000. */
  readonly maxBytes?: number;
}

/** Largest component accepted unless told otherwise, in UTF-8 bytes; deeper nesting than it allows ends the compiler. */
export const MAX_TSX_BYTES = 100_000;

const CODE_TAGS = new Set("tsx jsx ts js mjs typescript javascript react typescriptreact".split(" "));
/** How a line of code may begin where prose may stand before it. */
const CODE_START =
  /^[ \t]*(?:import\b.*(?:from|["'])|import\s*\{|export\s+(?:default|const|function|class|type|interface)\b|["']use client["']|(?:async\s+)?function\s+\w+\s*[(<]|const\s+[\w{[]|let\s+[\w{[]|class\s+\w+|type\s+\w.*=|interface\s+\w+|\/\/|\/\*)/m;
/** How a line of code may end where prose may follow. */
const CODE_END = /(?:[;})\]>]|\*\/|export\s+default\s+\w+)[ \t]*$/;

/**
 * Reads the React component out of what a model wrote. Total: every string gives an artifact or a refusal with its reason.
 * Whether the source compiles, and imports what it may, is found out when it is built.
 *
 * 1. A leading `<think>` block is dropped.
 * 2. Of the blocks in `<code>` tags, and of those fenced and tagged as JavaScript or TypeScript or not at all, the longest
 *    with a default export counts.
 * 3. Without any block: from the first line that reads like code to the last that ends like it.
 *
 * A block that is never closed is `truncated`, unless what it holds ends like a whole component. Code without a default
 * export, or none at all, is `no_component`.
 *
 * @example
 * readTsx("```tsx\nexport default () => <p>Hello</p>;\n```").status; // "ok"
 */
export function readTsx(text: string, { maxBytes = MAX_TSX_BYTES }: ReadTsxOptions = {}): ArtifactOutcome {
  if (text.trim() === "") return refuse("empty", "The answer is empty; a React component was expected.");
  const answer = text.replace(/^\s*<think>[\s\S]*?<\/think>/i, "");
  if (/^\s*<think>/i.test(answer)) return refuse("truncated", "The answer stops inside its <think> block.");
  const blocks = codeBlocks(answer);
  const block = longest(blocks.filter(({ body }) => hasDefault(body))) ?? longest(blocks);
  const source = (block ? block.body : bareCode(answer)).trim();
  if (source === "")
    return block
      ? refuse("empty", "The answer holds an empty code block.")
      : refuse(
          "no_component",
          "The answer holds no React component: no code block, and nothing that reads like code.",
        );
  const bytes = Buffer.byteLength(source);
  if (bytes > maxBytes)
    return refuse("too_large", `The component has ${bytes} bytes; at most ${maxBytes} are accepted.`);
  const cut = block?.closed === false;
  if (cut && !CODE_END.test(source))
    return refuse("truncated", "The answer stops inside its code block, in the middle of the component.");
  if (!hasDefault(source))
    return cut
      ? refuse("truncated", "The answer stops inside its code block, before the default export.")
      : refuse(
          "no_component",
          'The code has no default export; write the component as "export default function Widget() { ... }".',
        );
  return { status: "ok", artifact: { kind: "tsx", source } };
}

/** A module with a default export has this word outside of `switch` somewhere; whether it is one, the build finds out. */
const hasDefault = (code: string) =>
  /\bexport\s+default\b|\bas\s+default\b|\bexport\s*\{\s*default\b/.test(code);

function longest(blocks: readonly FencedBlock[]): FencedBlock | undefined {
  return blocks.reduce<FencedBlock | undefined>(
    (best, each) => (best === undefined || each.body.length > best.body.length ? each : best),
    undefined,
  );
}

/** Blocks in `<code>` tags, with the fence that may stand inside them taken off, else fenced ones. */
function codeBlocks(text: string): FencedBlock[] {
  const tagged = taggedBlocks(text);
  if (tagged.length > 0)
    return tagged.map((block) => {
      const inner = /^\s*(?:`{3,}|~{3,})/.test(block.body) ? fencedBlocks(block.body)[0] : undefined;
      return inner ? { ...inner, closed: block.closed } : block;
    });
  return fencedBlocks(text).filter(
    ({ tag, body }) => CODE_TAGS.has(tag) || (tag === "" && CODE_START.test(body)),
  );
}

/** `<code>` at the beginning of a line; elsewhere it is markup. */
function taggedBlocks(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  const opening = /^[ \t]*<code>/gim;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = opening.lastIndex;
    const end = text.indexOf("</code>", start);
    const body = end < 0 ? text.slice(start) : text.slice(start, end);
    if (CODE_START.test(body) || /^\s*(?:`{3}|~{3})/.test(body))
      blocks.push({ tag: "", body, closed: end >= 0 });
    if (end < 0) break;
    opening.lastIndex = end;
  }
  return blocks;
}

function bareCode(text: string): string {
  const start = text.search(CODE_START);
  if (start < 0) return "";
  const lines = text.slice(start).split("\n");
  const end = lines.findLastIndex((line) => CODE_END.test(line));
  return lines.slice(0, end + 1).join("\n");
}

function refuse(reason: RefusalReason, message: string): ArtifactOutcome {
  return { status: "refused", kind: "tsx", refusal: { reason, message } };
}
