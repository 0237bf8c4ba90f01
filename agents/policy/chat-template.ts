import { Template } from "@huggingface/jinja";
import { messageOf, UsageError } from "../../infra/errors.js";
import type { Message } from "./policy.js";
import type { MarkedText, Tokenizer } from "./tokenizer/tokenizer.js";

/** How a conversation becomes text with special tokens, as `tokenizer_config.json` says it. */
export interface ChatTemplate {
  /** What `transformers` calls the chat template. */
  readonly jinja: string;
  /** The special token that ends an answer, `eos_token` in the template. */
  readonly stop: string;
  /** Special tokens that end an answer, too; default none. */
  readonly otherStops?: readonly string[];
  /** `bos_token` in the template; default none. */
  readonly bos?: string;
}

/** The special tokens of the tokenizers trained here, in the order of their ids. */
export const CHAT_TOKENS = ["<|pad|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"] as const;

/** One special token before each message and one after it: `<|user|>...<|end|><|assistant|>`. */
export const plainTemplate: ChatTemplate = {
  jinja: [
    "{%- for message in messages -%}",
    "{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}",
    "{%- endfor -%}",
    "{%- if add_generation_prompt -%}{{ '<|assistant|>' }}{%- endif -%}",
  ].join(""),
  stop: "<|end|>",
};

/** ChatML, as Qwen and SmolLM speak it. */
export const chatMlTemplate: ChatTemplate = {
  jinja: [
    "{%- for message in messages -%}",
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}",
    "{%- endfor -%}",
    "{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}",
  ].join(""),
  stop: "<|im_end|>",
};

/** A conversation as tokens, ready for an answer. */
export interface EncodedPrompt {
  readonly tokens: Int32Array;
  /** Content tokens left out to keep within the limit. */
  readonly dropped: number;
}

/**
 * The tokens of a conversation up to where the answer starts, as `apply_chat_template` gives them, but that special tokens
 * count in the template's own text only: a message that reads `<|end|>` is text. When they are more than `maxTokens`, the longest
 * content loses its end until the rest fits; markup always stays. Throws a UsageError for a conversation that the
 * template refuses.
 */
export function encodePrompt(
  conversation: readonly Message[],
  template: ChatTemplate,
  tokenizer: Tokenizer,
  maxTokens: number,
): EncodedPrompt {
  const parts = renderConversation(conversation, template);
  const whole = tokenizer.encodeParts(parts);
  if (whole.length <= maxTokens) return { tokens: whole, dropped: 0 };
  const encoded = parts.map((part) => tokenizer.encodeParts([part]));
  const isContent = (index: number) => !parts[index]?.markup;
  let excess = encoded.reduce((sum, { length }) => sum + length, 0) - maxTokens;
  let dropped = 0;
  while (excess > 0) {
    const lengths = encoded.map(({ length }, i) => (isContent(i) ? length : 0));
    const longest = lengths.indexOf(Math.max(0, ...lengths));
    const content = encoded[longest];
    if (content === undefined || !isContent(longest) || content.length === 0) break;
    const cut = Math.min(excess, content.length);
    encoded[longest] = content.subarray(0, content.length - cut);
    excess -= cut;
    dropped += cut;
  }
  return { tokens: concatenate(encoded), dropped };
}

// Contents reach the template as marks, so that it is known afterwards which text is whose. The blanks around a mark tell
// whether the template trims; nothing else in a template is an em space.
const [OPEN, CLOSE, BLANK] = ["\uE000", "\uE001", "\u2003"];
const MARK = new RegExp(`(${BLANK}?)${OPEN}(\\d+)${CLOSE}(${BLANK}?)`, "g");

/** The text of a conversation up to where the answer starts, in order. */
function renderConversation(conversation: readonly Message[], template: ChatTemplate): MarkedText[] {
  const messages = conversation.map(({ role }, i) => ({
    role,
    content: `${BLANK}${OPEN}${i}${CLOSE}${BLANK}`,
  }));
  const text = render(template, messages);
  const parts: MarkedText[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    const [mark, before, index, after] = match;
    parts.push({ text: text.slice(at, match.index), markup: true });
    const content = conversation[Number(index)]?.content ?? "";
    const fromStart = before ? content : content.trimStart();
    parts.push({ text: after ? fromStart : fromStart.trimEnd(), markup: false });
    at = match.index + mark.length;
  }
  parts.push({ text: text.slice(at), markup: true });
  return parts.filter((part) => part.text !== "");
}

function render({ jinja, stop, bos = "" }: ChatTemplate, messages: readonly object[]): string {
  try {
    return parsed(jinja).render({
      messages,
      add_generation_prompt: true,
      bos_token: bos,
      eos_token: stop,
    });
  } catch (error) {
    throw new UsageError(`The model's chat template cannot take this conversation: ${messageOf(error)}`);
  }
}

/** The last template, parsed: a policy uses one again and again. */
let last: { readonly jinja: string; readonly template: Template } | undefined;

function parsed(jinja: string): Template {
  if (last?.jinja !== jinja) last = { jinja, template: new Template(jinja) };
  return last.template;
}

function concatenate(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
