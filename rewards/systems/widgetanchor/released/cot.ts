import { blocksBetween, strip } from "../../../metrics/ports/python-text.js";
import { REACT_FENCE } from "./extract-code.js";

/**
 * Accepts or refuses an annotated answer: `<think>...</think><code>...</code>` in this order, else null. Without `<code>`
 * the first fenced block becomes one; a code block that holds neither `import` nor `export default` is a placeholder and is
 * replaced by the true source. Source: WidgetAnchor, `generate_cot`.
 */
export function acceptReasoning(raw: string, source: string): string | null {
  const answer = withCodeTags(raw);
  const [think, endThink, code, endCode] = ["<think>", "</think>", "<code>", "</code>"].map((tag) =>
    answer.indexOf(tag),
  ) as [number, number, number, number];
  if (!(think >= 0 && think < endThink && endThink < code && code < endCode)) return null;
  const inner = answer.slice(code + "<code>".length, endCode);
  if (inner.includes("import") || inner.includes("export default")) return answer;
  return `${answer.slice(0, code)}<code>\n${source}\n</code>${answer.slice(endCode + "</code>".length)}`;
}

function withCodeTags(text: string): string {
  if (text.includes("<code>")) return text;
  const fence = blocksBetween(text, REACT_FENCE, "```")[0];
  if (!fence) return text;
  return `${text.slice(0, fence.start)}<code>\n${strip(fence.inner)}\n</code>${text.slice(fence.end)}`;
}
