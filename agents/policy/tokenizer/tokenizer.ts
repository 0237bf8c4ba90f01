import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { UsageError } from "../../../infra/errors.js";
import { createSplitter } from "./pieces.js";
import type { TokenizerJson } from "./tokenizer-json.js";

/** A piece of text, and whether special tokens in it count as such. */
export interface MarkedText {
  readonly text: string;
  readonly markup: boolean;
}

/** Text to token ids and back, for one `tokenizer.json`. */
export interface Tokenizer {
  /** Ids run from 0 to `vocabSize - 1`, special tokens included. */
  readonly vocabSize: number;
  /** The text's ids. Special tokens are never produced: text that reads `<|end|>` is text. */
  encode(text: string): Int32Array;
  /**
   * The ids of pieces that are one text: where no special token stands between, tokens may reach over from one to the next.
   * Special tokens are recognised in markup only: for templates, never for content.
   */
  encodeParts(parts: readonly MarkedText[]): Int32Array;
  /** The text of ids. Special tokens are left out unless `keepSpecialTokens`; broken UTF-8 becomes U+FFFD. */
  decode(ids: ArrayLike<number>, options?: { readonly keepSpecialTokens?: boolean }): string;
  /** The id of a special token. Throws a UsageError that lists them when there is none of that name. */
  specialToken(content: string): number;
  readonly json: TokenizerJson;
}

/** Distinct pieces whose ids are remembered. */
const CACHED_PIECES = 65536;

/**
 * Opens a `tokenizer.json`, ours or a published one. `@huggingface/tokenizers` does the work; where the file cuts text
 * by one regular expression without look-around (as `trainBpe` writes it) the ids of each piece are remembered, which makes encoding a page a
 * table look-up per piece.
 */
export function createTokenizer(json: TokenizerJson): Tokenizer {
  const config = { clean_up_tokenization_spaces: false };
  const full = new HuggingFaceTokenizer(json, config);
  const plain = new HuggingFaceTokenizer(
    { ...json, added_tokens: json.added_tokens.filter((token) => !token.special), post_processor: null },
    config,
  );
  const special = new Map(
    json.added_tokens.filter((token) => token.special).map((token) => [token.content, token.id]),
  );
  const marks = specialPattern([...special.keys()]);
  const split = pieceSplitter(json);
  const pieces = new Map<string, readonly number[]>();
  const encodePiece = (piece: string): readonly number[] => {
    const known = pieces.get(piece);
    if (known !== undefined) return known;
    const { ids } = plain.encode(piece, { add_special_tokens: false });
    if (pieces.size >= CACHED_PIECES) pieces.clear();
    pieces.set(piece, ids);
    return ids;
  };
  const encodeText = (text: string) => split(text).flatMap(encodePiece);
  return {
    json,
    vocabSize: vocabularySize(json),
    encode: (text) => Int32Array.from(encodeText(text)),
    encodeParts(parts) {
      const ids: number[] = [];
      let text = "";
      for (const part of parts)
        for (const piece of part.markup ? part.text.split(marks) : [part.text]) {
          const id = part.markup ? special.get(piece) : undefined;
          if (id === undefined) text += piece;
          else {
            ids.push(...encodeText(text), id);
            text = "";
          }
        }
      return Int32Array.from([...ids, ...encodeText(text)]);
    },
    decode: (ids, { keepSpecialTokens = false } = {}) =>
      ids.length === 0 ? "" : full.decode(Array.from(ids), { skip_special_tokens: !keepSpecialTokens }),
    specialToken(content) {
      const id = special.get(content);
      if (id !== undefined) return id;
      throw new UsageError(
        `The tokenizer has no special token "${content}"; it has ${[...special.keys()].join(", ") || "none"}.`,
      );
    },
  };
}

/** Finds special tokens, each of them whole when text is split by it. */
function specialPattern(tokens: readonly string[]): RegExp {
  const longestFirst = [...tokens].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((token) => token.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return escaped.length === 0 ? /(?!)/ : new RegExp(`(${escaped.join("|")})`);
}

function vocabularySize(json: TokenizerJson): number {
  let largest = -1;
  for (const id of Object.values(json.model.vocab)) largest = Math.max(largest, id);
  for (const { id } of json.added_tokens) largest = Math.max(largest, id);
  return largest + 1;
}

/** Cuts text where the file itself would cut it, or not at all when that cannot be known from outside. */
function pieceSplitter(json: TokenizerJson): (text: string) => string[] {
  const whole = (text: string) => (text === "" ? [] : [text]);
  if (json.normalizer !== null || json.added_tokens.some((token) => !token.special)) return whole;
  const steps = (json.pre_tokenizer as { pretokenizers?: PreTokenizerStep[] } | null)?.pretokenizers ?? [];
  const [first, second] = steps;
  const pattern = first?.type === "Split" ? first.pattern?.Regex : undefined;
  const onlyBytesAfter = steps.length === 2 && second?.type === "ByteLevel" && second.use_regex === false;
  const lookAround = pattern !== undefined && /\(\?[=!<]|\\[bB]|\^|\$/.test(pattern.replaceAll("[^", ""));
  if (pattern === undefined || !onlyBytesAfter || lookAround) return whole;
  return createSplitter(pattern);
}

interface PreTokenizerStep {
  readonly type: string;
  readonly pattern?: { readonly Regex?: string };
  readonly use_regex?: boolean;
}
