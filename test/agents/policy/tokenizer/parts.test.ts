import { expect } from "chai";
import fc from "fast-check";
import { byteSymbols, toByteSymbols } from "../../../../agents/policy/tokenizer/byte-alphabet.js";
import { MaxHeap } from "../../../../agents/policy/tokenizer/max-heap.js";
import { createSplitter, pagePattern } from "../../../../agents/policy/tokenizer/pieces.js";
import { createTokenizer } from "../../../../agents/policy/tokenizer/tokenizer.js";
import { type TokenizerJson, tokenizerJson } from "../../../../agents/policy/tokenizer/tokenizer-json.js";
import { trainBpe } from "../../../../agents/policy/tokenizer/train-bpe.js";
import { UsageError } from "../../../../infra/errors.js";

describe("the byte-level alphabet", () => {
  it("is GPT-2's", () => {
    // openai/gpt-2, src/encoder.py: "!".."~", "¡".."¬" and "®".."ÿ" stand for themselves, the rest from 256 on.
    expect(toByteSymbols(" ")).to.equal("Ġ");
    expect(toByteSymbols("\n")).to.equal("Ċ");
    expect(toByteSymbols("\t")).to.equal("ĉ");
    expect(toByteSymbols("\u0000")).to.equal("Ā");
    expect(toByteSymbols("é")).to.equal("Ã©");
    expect(toByteSymbols("<p>a~!</p>")).to.equal("<p>a~!</p>");
    const symbol = (byte: number) => byteSymbols[byte]?.codePointAt(0);
    expect([0x20, 0x21, 0x7e, 0x7f, 0xa0, 0xa1, 0xac, 0xad, 0xae, 0xff].map(symbol)).to.deep.equal([
      0x120, 0x21, 0x7e, 0x121, 0x142, 0xa1, 0xac, 0x143, 0xae, 0xff,
    ]);
    expect(new Set(byteSymbols).size).to.equal(256);
  });
});

describe("the heap", () => {
  it("gives out what was put in from the largest on, whatever happens in between", () => {
    const actions = fc.array(fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(actions, (steps) => {
        const heap = new MaxHeap<number>((a, b) => a - b);
        const model: number[] = [];
        for (const step of steps) {
          if (step === undefined) expect(heap.pop()).to.equal(model.sort((a, b) => a - b).pop());
          else {
            heap.push(step);
            model.push(step);
          }
        }
        for (let left = model.length; left > 0; left--)
          expect(heap.pop()).to.equal(model.sort((a, b) => a - b).pop());
        expect(heap.pop()).to.equal(undefined);
      }),
    );
  });

  it("compares a number of times that grows with the logarithm", () => {
    let compared = 0;
    const heap = new MaxHeap<number>((a, b) => {
      compared++;
      return a - b;
    });
    for (let i = 0; i < 4096; i++) heap.push(i);
    compared = 0;
    heap.pop();
    expect(compared).to.be.at.most(2 * 12);
  });
});

describe("the pieces of a page", () => {
  const split = createSplitter(pagePattern);

  it("are runs of tags, rules, declarations, words, numbers and marks", () => {
    const cases: Record<string, string[]> = {
      "<ul>\n  <li>": ["<ul>\n  <li>"],
      "</li>\n</ul>": ["</li>\n</ul>"],
      "</p><p>": ["</p>", "<p>"],
      "\n.card { color: red; }": ["\n.card { color: red; }"],
      "margin: 0; padding: 4px;": ["margin: 0;", " padding: 4px;"],
      "fresh bread": ["fresh", " bread"],
      "Fresh Bread": ["Fresh", " ", "Bread"],
      "in 2024, now": ["in", " ", "2024", ",", " now"],
      "a\n\n  b": ["a", "\n\n  ", "b"],
      "étude naïve": ["étude", " naïve"],
      "": [],
    };
    for (const [text, pieces] of Object.entries(cases)) expect(split(text), text).to.deep.equal(pieces);
  });

  it("joined are the text again, also for a pattern that leaves gaps or finds nothing", () => {
    expect(createSplitter("\\d+")("a12b3")).to.deep.equal(["a", "12", "b", "3"]);
    expect(createSplitter("\\d*")("a1")).to.deep.equal(["a", "1"]);
    expect(createSplitter("x")("abc")).to.deep.equal(["abc"]);
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom(split, createSplitter("\\d*"), createSplitter("a|b")),
        (text, cut) => {
          const pieces = cut(text);
          expect(pieces.join("")).to.equal(text);
          expect(pieces).to.not.include("");
        },
      ),
    );
  });
});

describe("training of a vocabulary", () => {
  const train = (texts: readonly string[], slots: number, options: object = {}) => {
    const { model } = trainBpe({ texts, vocabSize: 256 + slots, pattern: "[a-z]+|[^a-z]", ...options });
    return { merges: model.merges, added: Object.keys(model.vocab).slice(256), vocab: model.vocab };
  };

  it("takes the pair that saves most, again and again, as Sennrich's example does", () => {
    // Sennrich et al. 2016, Algorithm 1, without the end-of-word mark: low 5, lower 2, newest 6, widest 3.
    const words = { low: 5, lower: 2, newest: 6, widest: 3 };
    const text = Object.entries(words)
      .flatMap(([word, count]) => Array(count).fill(word))
      .join(" ");
    const { merges } = train([text], 3);
    // "es" and "st" stand 9 times each; of equal gains the one that sorts first is taken, then "est", then "lo" or "ow".
    expect(merges[0]).to.deep.equal(["e", "s"]);
    expect(merges[1]).to.deep.equal(["es", "t"]);
    expect(merges[2]).to.deep.equal(["l", "o"]);
  });

  it("gives a piece that stands in enough texts a token of its own when that saves more", () => {
    const texts = ["header footer", "header aside", "header main"];
    const { merges, added } = train(texts, 1, { minimumPieceTexts: 3 });
    // "header" three times saves 3 * 5 tokens; the most frequent pair saves fewer.
    expect(added).to.deep.equal(["header"]);
    expect(merges).to.deep.equal([]);
    const rare = train(texts, 1, { minimumPieceTexts: 4 });
    expect(rare.added).to.have.length(1).and.not.include("header");
    expect(rare.merges).to.have.length(1);
    const repeated = train(["header header header"], 1, { minimumPieceTexts: 2 });
    expect(repeated.added, "three times in one text are not three texts").to.not.include("header");
  });

  it("counts no pair any more that stands in a piece with a token of its own", () => {
    const texts = ["abcd yz abx", "abcd yz abx", "abcd yz yz"];
    // "abcd" saves 9. Then "yz" stands 4 times, and "ab" outside of it only twice.
    expect(train(texts, 2, { minimumPieceTexts: 3 }).added).to.deep.equal(["abcd", "yz"]);
  });

  it("asks by default for three texts, or one in two hundred", () => {
    const holding = (count: number, of: number) =>
      Array.from({ length: of }, (_, i) => (i < count ? "header" : "xy"));
    expect(train(holding(3, 3), 1).added).to.deep.equal(["header"]);
    expect(train(holding(2, 2), 1).added).to.not.include("header");
    expect(train(holding(4, 1000), 4).added).to.not.include("header");
    expect(train(holding(5, 1000), 4).added).to.include("header");
  });

  it("takes nothing that saves less than two tokens", () => {
    expect(train(["ab"], 10).added).to.deep.equal([]);
    expect(train(["ab ab"], 10).added).to.deep.equal(["ab"]);
    expect(train(["ab ab", "cd ab"], 1).merges).to.deep.equal([["a", "b"]]);
  });

  it("counts a pair that overlaps itself as often as it can be merged", () => {
    const { merges } = train(["aaaa"], 1);
    expect(merges).to.deep.equal([["a", "a"]]);
    const tokenizer = createTokenizer(
      trainBpe({ texts: ["aaaa aaaa"], vocabSize: 257, pattern: "[a-z]+|[^a-z]" }),
    );
    expect(tokenizer.encode("aaaa")).to.have.length(2);
    expect(tokenizer.encode("aaa")).to.have.length(2);
  });

  it("saves on its own texts at least what a greedy search of pairs alone does", () => {
    const word = fc.constantFrom("ab", "abc", "bc", "cab", "aab", "bcb");
    const corpus = fc.array(
      fc.array(word, { minLength: 3, maxLength: 8 }).map((words) => words.join(" ")),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(corpus, fc.integer({ min: 0, max: 6 }), (texts, slots) => {
        const options = { texts, pattern: "[a-z]+|[^a-z]", minimumPieceTexts: 1000 };
        const json = trainBpe({ ...options, vocabSize: 256 + slots });
        expect(json.model.merges).to.deep.equal(naiveMerges(texts, slots));
      }),
      { numRuns: 60 },
    );
  });

  it("wants room for bytes and special tokens", () => {
    const train = (vocabSize: number) =>
      trainBpe({ texts: ["ab ab"], vocabSize, specialTokens: ["<|end|>", "<|pad|>"] });
    expect(() => train(257)).to.throw(
      UsageError,
      "A byte-level vocabulary needs 258 entries for the bytes and the special tokens, but vocabSize is 257. Ask for more.",
    );
    expect(Object.keys(train(258).model.vocab)).to.have.members([...byteSymbols]);
    expect(train(258).added_tokens.map(({ id, content }) => [id, content])).to.deep.equal([
      [256, "<|end|>"],
      [257, "<|pad|>"],
    ]);
  });
});

/** Merges by counting all pairs anew each time: the pair that stands most often, the first by its symbols among equals. */
function naiveMerges(texts: readonly string[], slots: number): [string, string][] {
  const words = texts.flatMap((text) => [...text.matchAll(/[a-z]+/g)].map(([word]) => [...word]));
  const merges: [string, string][] = [];
  while (merges.length < slots) {
    const counts = new Map<string, number>();
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++) {
        const pair = `${word[i]} ${word[i + 1]}`;
        // A piece that is one token already gains nothing more.
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    const [best] = [...counts]
      .filter(([, count]) => count >= 2)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    if (!best) break;
    const [left, right] = best[0].split(" ") as [string, string];
    merges.push([left, right]);
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++)
        if (word[i] === left && word[i + 1] === right) word.splice(i, 2, left + right);
  }
  return merges;
}

describe("a tokenizer file", () => {
  const vocabulary = new Map([...byteSymbols, "ab"].map((symbol, id) => [symbol, id]));
  const file = (changes: object = {}): TokenizerJson => ({
    ...tokenizerJson({
      vocabulary,
      merges: [["a", "b"]],
      specialTokens: ["<|end|>"],
      pattern: "[a-z]+|[^a-z]",
    }),
    ...changes,
  });

  it("says what Python's tokenizers must know", () => {
    const json = file();
    expect(json).to.deep.include({
      version: "1.0",
      truncation: null,
      padding: null,
      normalizer: null,
      post_processor: null,
      pre_tokenizer: {
        type: "Sequence",
        pretokenizers: [
          { type: "Split", pattern: { Regex: "[a-z]+|[^a-z]" }, behavior: "Isolated", invert: false },
          { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
        ],
      },
      decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    });
    expect(json.added_tokens).to.deep.equal([
      {
        id: 257,
        content: "<|end|>",
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      },
    ]);
    const { vocab, merges, ...model } = json.model;
    expect(model).to.deep.equal({
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
    });
    expect(vocab.ab).to.equal(256);
    expect(merges).to.deep.equal([["a", "b"]]);
  });

  it("is read the same way whether its pieces can be known or not", () => {
    const steps = (...pretokenizers: object[]) => ({ pre_tokenizer: { type: "Sequence", pretokenizers } });
    const bytes = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false };
    const splitBy = (Regex: string) => ({
      type: "Split",
      pattern: { Regex },
      behavior: "Isolated",
      invert: false,
    });
    const files = [
      file(),
      file(steps(bytes)),
      file(steps(splitBy("[a-z]+(?=b)|[^a-z]|[a-z]+"), bytes)),
      file(steps(splitBy("^a|[a-z]+"), bytes)),
      file({ pre_tokenizer: bytes }),
      file({ normalizer: { type: "NFC" } }),
    ];
    for (const json of files) {
      const tokenizer = createTokenizer(json);
      for (const text of ["abab ab", "", "ab<|end|>ba", "aab"])
        expect(tokenizer.decode(tokenizer.encode(text)), JSON.stringify([json.pre_tokenizer, text])).to.equal(
          text,
        );
      expect(tokenizer.vocabSize).to.equal(258);
    }
    const lookAhead = createTokenizer(file(steps(splitBy("a(?=b)|[^a]|a"), bytes)));
    expect([...lookAhead.encode("ab")]).to.deep.equal([vocabulary.get("a"), vocabulary.get("b")]);
  });

  it("counts its entries by their largest id", () => {
    expect(createTokenizer(file()).vocabSize).to.equal(258);
    expect(createTokenizer(file({ added_tokens: [] })).vocabSize).to.equal(257);
  });

  it("lists its special tokens when another is asked for", () => {
    expect(() => createTokenizer(file()).specialToken("<|x|>")).to.throw(
      UsageError,
      'The tokenizer has no special token "<|x|>"; it has <|end|>.',
    );
    expect(() => createTokenizer(file({ added_tokens: [] })).specialToken("<|x|>")).to.throw(/it has none\./);
    expect(createTokenizer(file()).specialToken("<|end|>")).to.equal(257);
  });

  it("gives nothing for nothing", () => {
    const tokenizer = createTokenizer(file());
    expect([...tokenizer.encode("")]).to.deep.equal([]);
    expect([...tokenizer.encodeParts([])]).to.deep.equal([]);
    expect(tokenizer.decode([])).to.equal("");
    expect(tokenizer.decode([257])).to.equal("");
    expect(tokenizer.decode([257], { keepSpecialTokens: true })).to.equal("<|end|>");
  });
});
