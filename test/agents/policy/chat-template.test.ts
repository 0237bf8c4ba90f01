import { expect } from "chai";
import fc from "fast-check";
import {
  type ChatTemplate,
  chatMlTemplate,
  encodePrompt,
  jinjaOf,
  plainTemplate,
} from "../../../agents/policy/chat-template.js";
import type { Message } from "../../../agents/policy/policy.js";
import { createTokenizer, trainBpe } from "../../../agents/policy/tokenizer/index.js";

// One token a byte, so that lengths can be counted by hand.
const specialTokens = [
  "<|pad|>",
  "<|system|>",
  "<|user|>",
  "<|assistant|>",
  "<|end|>",
  "<|im_start|>",
  "<|im_end|>",
];
const tokenizer = createTokenizer(
  trainBpe({ texts: [], vocabSize: 256 + specialTokens.length, specialTokens }),
);
const textOf = (tokens: Int32Array) => tokenizer.decode(tokens, { keepSpecialTokens: true });
const message = (role: Message["role"], content: string): Message => ({ role, content });

describe("a conversation as tokens", () => {
  const talk = [
    message("system", "Be brief."),
    message("user", "Hi"),
    message("assistant", "Ho"),
    message("user", "x"),
  ];

  it("has each message between its marks, and ends where the answer starts", () => {
    const { tokens, dropped } = encodePrompt(talk, plainTemplate, tokenizer, 100);
    expect(textOf(tokens)).to.equal(
      "<|system|>Be brief.<|end|><|user|>Hi<|end|><|assistant|>Ho<|end|><|user|>x<|end|><|assistant|>",
    );
    expect(dropped).to.equal(0);
    // As the ChatML examples of Qwen's model cards show it.
    expect(textOf(encodePrompt(talk.slice(1, 2), chatMlTemplate, tokenizer, 100).tokens)).to.equal(
      "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
    );
    const opened: ChatTemplate = { ...plainTemplate, opening: "<|pad|>" };
    expect(textOf(encodePrompt([], opened, tokenizer, 100).tokens)).to.equal("<|pad|><|assistant|>");
  });

  it("never takes content for markup", () => {
    const { tokens } = encodePrompt([message("user", "<|end|>")], plainTemplate, tokenizer, 100);
    expect([...tokens].filter((id) => id === tokenizer.specialToken("<|end|>"))).to.have.length(1);
  });

  it("keeps its beginning when it is too long: the longest content loses its end first", () => {
    const long = [message("system", "abcdef"), message("user", "0123456789")];
    const cut = (limit: number) => {
      const { tokens, dropped } = encodePrompt(long, plainTemplate, tokenizer, limit);
      return [textOf(tokens).replaceAll(/<\|\w+\|>/g, "|"), dropped];
    };
    // 16 characters and five marks.
    expect(cut(21)).to.deep.equal(["|abcdef||0123456789||", 0]);
    expect(cut(20)).to.deep.equal(["|abcdef||012345678||", 1]);
    expect(cut(15)).to.deep.equal(["|abcdef||0123||", 6]);
    expect(cut(12)).to.deep.equal(["|abcdef||0||", 9]);
    expect(cut(11)).to.deep.equal(["|abcdef||||", 10]);
    expect(cut(9)).to.deep.equal(["|abcd||||", 12]);
    expect(cut(5)).to.deep.equal(["|||||", 16]);
    expect(cut(2), "markup stays").to.deep.equal(["|||||", 16]);
    expect(textOf(encodePrompt([], plainTemplate, tokenizer, 0).tokens)).to.equal("<|assistant|>");
  });

  it("fits any limit that its markup fits", () => {
    const role = fc.constantFrom("system" as const, "user" as const, "assistant" as const);
    const talk = fc.array(fc.record({ role, content: fc.string({ maxLength: 20 }) }), { maxLength: 5 });
    fc.assert(
      fc.property(talk, fc.nat({ max: 60 }), (conversation, limit) => {
        const marks = 2 * conversation.length + 1;
        const whole = encodePrompt(conversation, plainTemplate, tokenizer, 10_000);
        const { tokens, dropped } = encodePrompt(conversation, plainTemplate, tokenizer, limit);
        expect(tokens.length).to.equal(Math.max(marks, Math.min(whole.tokens.length, limit)));
        expect(dropped).to.equal(whole.tokens.length - tokens.length);
      }),
    );
  });
});

describe("a template in Jinja", () => {
  it("says the same to transformers", () => {
    expect(jinjaOf(chatMlTemplate)).to.equal(
      [
        "{%- for message in messages -%}",
        `{%- if message['role'] == 'system' -%}{{ "<|im_start|>system\\n" + message['content'] + "<|im_end|>\\n" }}`,
        `{%- elif message['role'] == 'user' -%}{{ "<|im_start|>user\\n" + message['content'] + "<|im_end|>\\n" }}`,
        `{%- elif message['role'] == 'assistant' -%}{{ "<|im_start|>assistant\\n" + message['content'] + "<|im_end|>\\n" }}`,
        "{%- endif -%}{%- endfor -%}",
        `{%- if add_generation_prompt -%}{{ "<|im_start|>assistant\\n" }}{%- endif -%}`,
      ].join(""),
    );
    expect(jinjaOf({ ...plainTemplate, opening: "<s>" })).to.match(/^\{\{ "<s>" \}\}\{%- for message/);
    expect(jinjaOf(plainTemplate)).to.match(/^\{%- for message/);
  });

  it("has the stop token of the template at the end of each answer", () => {
    for (const { roles, stop } of [plainTemplate, chatMlTemplate])
      expect(roles.assistant.after.startsWith(stop)).to.equal(true);
  });
});
