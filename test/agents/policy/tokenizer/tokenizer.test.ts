import { expect } from "chai";
import fc from "fast-check";
import { CHAT_TOKENS, createTokenizer, type Tokenizer, trainBpe } from "../../../../agents/policy/index.js";
import { UsageError } from "../../../../infra/errors.js";
import { createRandom } from "../../../../infra/random.js";

const WORDS =
  "bread coffee studio garden pricing contact about team order now fresh modern simple start free trial".split(
    " ",
  );

/** Small pages that repeat themselves as generated pages do. */
function pages(count: number): string[] {
  const random = createRandom(4);
  const word = () => random.pick(WORDS);
  return Array.from({ length: count }, () => {
    const sections = Array.from(
      { length: 3 },
      () =>
        `  <section class="${word()}">\n    <h2>${word()} ${word()}</h2>\n    <p>${word()} ${word()}.</p>\n  </section>`,
    );
    const style = `<style>\nbody { margin: 0; color: #${random.integer(0, 9)}22; }\n.btn{padding:8px ${random.integer(1, 30)}px}\n</style>`;
    return `<!doctype html>\n<html lang="en">\n<head>\n${style}\n</head>\n<body>\n${sections.join("\n")}\n</body>\n</html>`;
  });
}

describe("BPE tokenizer", () => {
  let tokenizer: Tokenizer;
  const texts = pages(120);
  before(() => {
    tokenizer = createTokenizer(trainBpe({ texts, vocabSize: 420, specialTokens: CHAT_TOKENS }));
  });

  it("gives any well-formed text back", () => {
    const tricky = fc.constantFrom(
      "<",
      ">",
      "</",
      "{",
      "}",
      ";",
      ":",
      "\n",
      " ",
      "\t",
      "\r",
      "<|end|>",
      "é",
      "🙂",
      "\u0000",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.oneof(tricky, fc.string())).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => tokenizer.decode(tokenizer.encode(text)) === text),
      {
        numRuns: 150,
      },
    );
  });

  it("finds the ids that encoding the whole text at once finds", () => {
    const reference = createTokenizer({
      ...tokenizer.json,
      added_tokens: [
        ...tokenizer.json.added_tokens,
        // A non-special token makes encoding go through the library as a whole.
        {
          id: 419,
          content: "\u{10FFFF}",
          single_word: false,
          lstrip: false,
          rstrip: false,
          normalized: false,
          special: false,
        },
      ],
    });
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "binary" })), (text) => {
        fc.pre(!text.includes("\u{10FFFF}"));
        expect([...tokenizer.encode(text)]).to.deep.equal([...reference.encode(text)]);
      }),
    );
  });

  it("makes a token of a frequent run of tags", () => {
    const ids = tokenizer.encode("</p>\n  </section>");
    expect(ids).to.have.length(1);
    expect(tokenizer.decode(ids)).to.equal("</p>\n  </section>");
  });

  it("shortens pages it was not trained on", () => {
    const unseen = pages(200).slice(150);
    const characters = unseen.reduce((sum, text) => sum + text.length, 0);
    const tokens = unseen.reduce((sum, text) => sum + tokenizer.encode(text).length, 0);
    expect(characters / tokens).to.be.above(6);
  });

  it("is the same for the same texts", () => {
    const again = trainBpe({ texts, vocabSize: 420, specialTokens: CHAT_TOKENS });
    expect(again).to.deep.equal(tokenizer.json);
  });

  it("stops early when nothing repeats any more", () => {
    const { vocabSize } = createTokenizer(trainBpe({ texts: ["ab", "cd"], vocabSize: 1000 }));
    expect(vocabSize).to.equal(256);
  });

  it("reads special tokens in markup only, and leaves them out of text", () => {
    const end = tokenizer.specialToken("<|end|>");
    expect(end).to.equal(tokenizer.vocabSize - 1);
    const parts = (...given: readonly (readonly [string, boolean])[]) => [
      ...tokenizer.encodeParts(given.map(([text, markup]) => ({ text, markup }))),
    ];
    expect(parts(["<|end|>", true])).to.deep.equal([end]);
    expect(parts(["<|end|>", false])).to.deep.equal([...tokenizer.encode("<|end|>")]);
    expect(parts(["<|end|>b", true], ["re", false], ["ad<|end|>", true])).to.deep.equal([
      end,
      ...tokenizer.encode("bread"),
      end,
    ]);
    expect([...tokenizer.encode("<|end|>")]).not.to.include(end);
    const ids = [...tokenizer.encode("bread"), end];
    expect(tokenizer.decode(ids)).to.equal("bread");
    expect(tokenizer.decode(ids, { keepSpecialTokens: true })).to.equal("bread<|end|>");
  });

  it("says which special tokens there are, and how small a vocabulary can be", () => {
    expect(() => tokenizer.specialToken("<|stop|>")).to.throw(UsageError, "<|end|>");
    expect(() => trainBpe({ texts: [], vocabSize: 200 })).to.throw(UsageError, "256");
  });
});
