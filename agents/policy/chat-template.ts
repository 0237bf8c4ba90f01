import type { Message } from "./policy.js";
import type { Tokenizer } from "./tokenizer/tokenizer.js";

/** Role of a message. */
type Role = Message["role"];

/** How a conversation becomes tokens. All strings are markup: their special tokens count as such. */
export interface ChatTemplate {
  /** Stands once before everything, e.g. a beginning-of-text token. */
  readonly opening: string;
  /** What stands around each message's content. The answer to be written starts after `assistant.before`. */
  readonly roles: Readonly<Record<Role, { readonly before: string; readonly after: string }>>;
  /** The special token that ends an answer. */
  readonly stop: string;
}

/** The special tokens of the tokenizers trained here, in the order of their ids. */
export const CHAT_TOKENS = ["<|pad|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"] as const;

/** One special token before each message and one after it: `<|user|>...<|end|><|assistant|>`. */
export const plainTemplate: ChatTemplate = {
  opening: "",
  roles: {
    system: { before: "<|system|>", after: "<|end|>" },
    user: { before: "<|user|>", after: "<|end|>" },
    assistant: { before: "<|assistant|>", after: "<|end|>" },
  },
  stop: "<|end|>",
};

/** ChatML, as Qwen and SmolLM speak it. */
export const chatMlTemplate: ChatTemplate = {
  opening: "",
  roles: {
    system: { before: "<|im_start|>system\n", after: "<|im_end|>\n" },
    user: { before: "<|im_start|>user\n", after: "<|im_end|>\n" },
    assistant: { before: "<|im_start|>assistant\n", after: "<|im_end|>\n" },
  },
  stop: "<|im_end|>",
};

/** A conversation as tokens, ready for an answer. */
export interface EncodedPrompt {
  readonly tokens: Int32Array;
  /** Content tokens left out to keep within the limit. */
  readonly dropped: number;
}

/**
 * The tokens of a conversation up to where the answer starts. When they are more than `maxTokens`, the longest content
 * loses its end until the rest fits; markup always stays.
 */
export function encodePrompt(
  conversation: readonly Message[],
  template: ChatTemplate,
  tokenizer: Tokenizer,
  maxTokens: number,
): EncodedPrompt {
  const markup = (text: string) => tokenizer.encodeMarkup(text);
  const contents = conversation.map(({ content }) => tokenizer.encode(content));
  const assemble = () => [
    markup(template.opening),
    ...conversation.flatMap(({ role }, i) => [
      markup(template.roles[role].before),
      contents[i] as Int32Array,
      markup(template.roles[role].after),
    ]),
    markup(template.roles.assistant.before),
  ];
  const total = assemble().reduce((sum, { length }) => sum + length, 0);
  let excess = Math.max(0, total - maxTokens);
  const dropped = Math.min(
    excess,
    contents.reduce((sum, { length }) => sum + length, 0),
  );
  while (excess > 0) {
    const lengths = contents.map(({ length }) => length);
    const longest = lengths.indexOf(Math.max(...lengths));
    const content = contents[longest];
    if (content === undefined || content.length === 0) break;
    const kept = Math.max(content.length - excess, 0);
    excess -= content.length - kept;
    contents[longest] = content.subarray(0, kept);
  }
  return { tokens: concatenate(assemble()), dropped };
}

/** The template as a Jinja `chat_template`, which `transformers` renders to the same text. */
export function jinjaOf({ opening, roles }: ChatTemplate): string {
  const literal = (text: string) => JSON.stringify(text);
  const branches = (["system", "user", "assistant"] as const).map((role, i) => {
    const { before, after } = roles[role];
    const test = `message['role'] == '${role}'`;
    return `{%- ${i === 0 ? "if" : "elif"} ${test} -%}{{ ${literal(before)} + message['content'] + ${literal(after)} }}`;
  });
  return [
    opening === "" ? "" : `{{ ${literal(opening)} }}`,
    "{%- for message in messages -%}",
    ...branches,
    "{%- endif -%}{%- endfor -%}",
    `{%- if add_generation_prompt -%}{{ ${literal(roles.assistant.before)} }}{%- endif -%}`,
  ].join("");
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
