import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { expect } from "chai";
import { byteSymbols } from "../../../../agents/policy/tokenizer/byte-alphabet.js";
import { createTokenizer } from "../../../../agents/policy/tokenizer/tokenizer.js";
import { type TokenizerJson, tokenizerJson } from "../../../../agents/policy/tokenizer/tokenizer-json.js";
import { UsageError } from "../../../../infra/errors.js";

const AB = 256;
const vocabulary = new Map([...byteSymbols, "ab"].map((symbol, id) => [symbol, id]));
const bytes = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false };
const cut = (Regex: string) => ({ type: "Split", pattern: { Regex }, behavior: "Isolated", invert: false });
const steps = (...pretokenizers: object[]) => ({ pre_tokenizer: { type: "Sequence", pretokenizers } });
const added = (content: string, id: number, special: boolean) => ({
  ...{ id, content, special, single_word: false, lstrip: false, rstrip: false, normalized: false },
});

/** A file whose only merge is that of "a" and "b". */
const file = (changes: object = {}, specialTokens: readonly string[] = ["<|end|>"]): TokenizerJson => ({
  ...tokenizerJson({ vocabulary, merges: [["a", "b"]], specialTokens, pattern: "[a-z]+|[^a-z]" }),
  ...changes,
});

describe("tokenizer files of any kind", () => {
  /** What the library makes of a whole text; special tokens in it are text. */
  const whole = (json: TokenizerJson, text: string) =>
    new HuggingFaceTokenizer(
      { ...json, added_tokens: json.added_tokens.filter(({ special }) => !special) },
      { clean_up_tokenization_spaces: false },
    ).encode(text, { add_special_tokens: false }).ids;

  it("are read as the library reads the whole text, also where a piece alone would be cut otherwise", () => {
    const [a, b] = [0x61, 0x62];
    const cases: readonly [changes: object, text: string, ids?: number[]][] = [
      [{}, "ab abab", [AB, 0x20, AB, AB]],
      // The first two letters are one piece because of what follows them, or stands before them.
      [steps(cut("ab(?=b)|a|b"), bytes), "abb", [AB, b]],
      [steps(cut("(?<=b)ab|a|b"), bytes), "bab", [b, AB]],
      [steps(cut("^a|ab|b"), bytes), "bab", [b, AB]],
      [steps(cut("\\Bab|a|b"), bytes), "bab", [b, AB]],
      [steps(cut("a|b"), { ...bytes, use_regex: true }), "abba ab"],
      [steps(cut("a|b"), bytes, cut("b")), "abba"],
      [steps(bytes), "ab ab"],
      [steps(), "abab"],
      [{ pre_tokenizer: bytes }, "ab ab"],
      [{ pre_tokenizer: null }, "abab"],
      // Composed, the letter and its accent are one character of two bytes.
      [{ normalizer: { type: "NFC" } }, "ae\u0301b", [a, 0xc3, 0xa9, b]],
      [{ added_tokens: [added("a<b", 257, false)] }, "ba<ba", [b, 257, a]],
    ];
    for (const [changes, text, ids] of cases) {
      const json = file(changes);
      const read = [...createTokenizer(json).encode(text)];
      expect(read, JSON.stringify([changes, text])).to.deep.equal([...whole(json, text)]);
      if (ids !== undefined) expect(read, JSON.stringify([changes, text])).to.deep.equal(ids);
    }
  });

  it("ask the library once for each piece where pieces can be known, and for each text where they cannot", () => {
    const { encode } = HuggingFaceTokenizer.prototype;
    const asked: string[] = [];
    HuggingFaceTokenizer.prototype.encode = function (
      this: HuggingFaceTokenizer,
      ...given: Parameters<typeof encode>
    ) {
      asked.push(given[0]);
      return encode.apply(this, given);
    };
    const questions = (changes: object) => {
      const tokenizer = createTokenizer(file(changes));
      asked.length = 0;
      for (const text of ["ab cd ab", "cd ab", "ab cd ab"]) tokenizer.encode(text);
      return [...asked];
    };
    try {
      const pieces = ["ab", " ", "cd"];
      expect(questions({})).to.deep.equal(pieces);
      expect(questions(steps(cut("[^ ]+| "), bytes))).to.deep.equal(pieces);
      for (const changes of [
        steps(cut("(?=x)|[^ ]+| "), bytes),
        steps(cut("[^ ]+| "), { ...bytes, use_regex: true }),
        steps(cut("[^ ]+| ")),
        steps({ ...cut("[^ ]+| "), type: "Digits" }, bytes),
        steps(cut("[^ ]+| "), bytes, bytes),
        { normalizer: { type: "NFC" } },
        { added_tokens: [added("x", 257, false)] },
      ])
        expect(questions(changes), JSON.stringify(changes)).to.deep.equal(["ab cd ab", "cd ab"]);
    } finally {
      HuggingFaceTokenizer.prototype.encode = encode;
    }
  });

  it("mark special tokens of any characters, the longest first", () => {
    const tokenizer = createTokenizer(file({}, ["[X]", "[X]Y", ".", "a|b"]));
    const mark = (text: string, markup = true) => [...tokenizer.encodeParts([{ text, markup }])];
    const plain = (text: string) => [...tokenizer.encode(text)];
    expect(mark("ab[X]ab[X]Y")).to.deep.equal([AB, 257, AB, 258]);
    expect(mark("cd.X")).to.deep.equal([...plain("cd"), 259, ...plain("X")]);
    expect(mark("a|b a b")).to.deep.equal([260, ...plain(" a b")]);
    expect(mark("[X]", false)).to.deep.equal(plain("[X]"));
    expect(mark("")).to.deep.equal([]);
    const none = createTokenizer(file({}, []));
    expect([...none.encodeParts([{ text: "abab", markup: true }])]).to.deep.equal([AB, AB]);
  });

  it("tell special tokens from others that were added", () => {
    const tokenizer = createTokenizer(
      file({ added_tokens: [added("<b>", 257, false), added("<s>", 300, true)] }),
    );
    expect(tokenizer.specialToken("<s>")).to.equal(300);
    expect(() => tokenizer.specialToken("<b>")).to.throw(
      UsageError,
      'The tokenizer has no special token "<b>"; it has <s>.',
    );
    expect(tokenizer.vocabSize).to.equal(301);
    expect(createTokenizer(file({}, ["<s>", "<e>"])).vocabSize).to.equal(259);
    expect(() => createTokenizer(file({}, ["<s>", "<e>"])).specialToken("x")).to.throw("it has <s>, <e>.");
  });

  it("give texts back as they were, spaces before marks too", () => {
    const tokenizer = createTokenizer(file());
    for (const text of ["do n't , ok .", "a  b !", "it 's"])
      expect(tokenizer.decode(tokenizer.encode(text))).to.equal(text);
  });
});
