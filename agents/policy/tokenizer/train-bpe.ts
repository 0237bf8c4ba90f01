import { UsageError } from "../../../infra/errors.js";
import { byteSymbols, toByteSymbols } from "./byte-alphabet.js";
import { MergeTable, type PieceCount } from "./merge-table.js";
import { createSplitter, pagePattern } from "./pieces.js";
import type { TokenizerJson } from "./tokenizer-json.js";
import { tokenizerJson } from "./tokenizer-json.js";

export interface TrainBpeOptions {
  readonly texts: readonly string[];
  /** Tokens in all: 256 bytes, merges, whole pieces and special tokens. Fewer when the texts run out of repetition. */
  readonly vocabSize: number;
  /** Get the last ids, in this order. Never produced by encoding text. */
  readonly specialTokens?: readonly string[];
  /** Regular expression of the pieces, in the common subset of JavaScript (`u` flag) and Oniguruma. */
  readonly pattern?: string;
  /**
   * A whole piece becomes a token only when at least this many texts hold it: a token seen in two pages cannot be
   * learnt. Default: one text in 200, at least 3.
   */
  readonly minimumPieceTexts?: number;
}

/**
 * Trains a byte-level BPE and returns it as the content of a Hugging Face `tokenizer.json`.
 *
 * Every vocabulary slot goes, greedily, to whatever shortens the texts most: a merge of two neighbouring tokens (saves
 * one token each time), or a whole piece (saves all of its tokens but one). Whole pieces need no chain of merges
 * below them because the file says `ignore_merges`, as Llama 3's does: a piece that is in the vocabulary is looked up
 * before merges are tried. Ties go to the symbol string that sorts first, so equal texts give equal files.
 *
 * Source of the merges: Sennrich et al., Neural Machine Translation of Rare Words with Subword Units,
 * https://arxiv.org/abs/1508.07909.
 *
 * @example
 * const json = trainBpe({ texts, vocabSize: 2048, specialTokens: ["<|end|>"] });
 * const tokenizer = createTokenizer(json);
 */
export function trainBpe({
  texts,
  vocabSize,
  specialTokens = [],
  pattern = pagePattern,
  minimumPieceTexts = Math.max(3, Math.ceil(texts.length / 200)),
}: TrainBpeOptions): TokenizerJson {
  const slots = vocabSize - byteSymbols.length - specialTokens.length;
  if (slots < 0) {
    throw new UsageError(
      `A byte-level vocabulary needs ${byteSymbols.length + specialTokens.length} entries for the bytes and the special ` +
        `tokens, but vocabSize is ${vocabSize}. Ask for more.`,
    );
  }
  const table = new MergeTable(countPieces(texts, pattern), minimumPieceTexts);
  const vocabulary = new Map(byteSymbols.map((symbol, id) => [symbol, id]));
  const merges: [string, string][] = [];
  while (vocabulary.size < byteSymbols.length + slots) {
    const best = table.takeBest();
    if (best === undefined) break;
    if (best.kind === "merge") merges.push([best.left, best.right]);
    if (!vocabulary.has(best.symbols)) vocabulary.set(best.symbols, vocabulary.size);
  }
  return tokenizerJson({ vocabulary, merges, specialTokens, pattern });
}

function countPieces(texts: readonly string[], pattern: string): PieceCount[] {
  const split = createSplitter(pattern);
  const counts = new Map<string, PieceCount & { lastText: number }>();
  texts.forEach((text, index) => {
    for (const piece of split(text)) {
      let entry = counts.get(piece);
      if (entry === undefined) {
        entry = { symbols: toByteSymbols(piece), count: 0, texts: 0, lastText: -1 };
        counts.set(piece, entry);
      }
      entry.count++;
      if (entry.lastText !== index) entry.texts++;
      entry.lastText = index;
    }
  });
  return [...counts.values()];
}
