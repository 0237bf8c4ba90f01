import { MaxHeap } from "./max-heap.js";

/** One distinct piece: its byte symbols, how often it stands in the texts, and in how many of them. */
export interface PieceCount {
  readonly symbols: string;
  count: number;
  texts: number;
}

/** A vocabulary entry worth `gain` tokens of the corpus. */
export type Candidate =
  | { readonly kind: "merge"; readonly symbols: string; readonly left: string; readonly right: string }
  | { readonly kind: "piece"; readonly symbols: string };

interface Word {
  readonly symbols: string;
  readonly count: number;
  readonly eligible: boolean;
  /** Token ids, shrinking as merges apply. Empty once the piece is a token of its own. */
  tokens: number[];
}

interface Pair {
  readonly left: number;
  readonly right: number;
  count: number;
  readonly words: Set<number>;
}

interface Entry {
  readonly gain: number;
  readonly key: string;
  readonly pair?: Pair;
  readonly word?: number;
}

/**
 * The distinct pieces of a corpus under the merges taken so far, with the gain of every possible next entry. Counts of
 * pairs are kept up to date piece by piece; the heap is lazy: an entry whose gain has changed is put back when it
 * comes up.
 */
export class MergeTable {
  private readonly tokens: string[] = [];
  private readonly tokenIds = new Map<string, number>();
  private readonly words: Word[];
  private readonly pairs = new Map<number, Pair>();
  private readonly heap = new MaxHeap<Entry>((a, b) => a.gain - b.gain || (a.key < b.key ? 1 : -1));

  constructor(pieces: readonly PieceCount[], minimumPieceTexts: number) {
    this.words = pieces.map(({ symbols, count, texts }) => ({
      symbols,
      count,
      eligible: texts >= minimumPieceTexts,
      tokens: Array.from(symbols, (symbol) => this.idOf(symbol)),
    }));
    this.words.forEach((_, index) => {
      this.count(index, 1);
    });
    for (const pair of this.pairs.values()) this.pushPair(pair);
    this.words.forEach((_, index) => {
      this.pushWord(index);
    });
  }

  /** The entry that saves the most tokens now, applied; undefined when nothing saves at least two. */
  takeBest(): Candidate | undefined {
    for (let entry = this.heap.pop(); entry !== undefined; entry = this.heap.pop()) {
      const gain = entry.pair ? entry.pair.count : this.wordGain(entry.word as number);
      if (gain < 2) continue;
      if (gain !== entry.gain) {
        this.heap.push({ ...entry, gain });
        continue;
      }
      return entry.pair ? this.merge(entry.pair) : this.takeWhole(entry.word as number);
    }
    return undefined;
  }

  private takeWhole(index: number): Candidate {
    const word = this.words[index] as Word;
    this.count(index, -1);
    word.tokens = [];
    return { kind: "piece", symbols: word.symbols };
  }

  private merge(pair: Pair): Candidate {
    const left = this.tokens[pair.left] as string;
    const right = this.tokens[pair.right] as string;
    const symbols = left + right;
    const merged = this.idOf(symbols);
    const touched = new Set<Pair>();
    for (const index of [...pair.words]) {
      const word = this.words[index] as Word;
      this.count(index, -1);
      word.tokens = word.symbols === symbols ? [] : replacePair(word.tokens, pair, merged);
      for (const changed of this.count(index, 1)) touched.add(changed);
    }
    for (const changed of touched) this.pushPair(changed);
    return { kind: "merge", symbols, left, right };
  }

  /** Adds (`sign` 1) or takes away (-1) the pairs of one piece; returns the pairs it holds. */
  private count(index: number, sign: 1 | -1): Pair[] {
    const word = this.words[index] as Word;
    const held: Pair[] = [];
    for (let i = 0; i + 1 < word.tokens.length; i++) {
      const pair = this.pairOf(word.tokens[i] as number, word.tokens[i + 1] as number);
      pair.count += sign * word.count;
      if (sign > 0) pair.words.add(index);
      else pair.words.delete(index);
      held.push(pair);
    }
    return held;
  }

  private pairOf(left: number, right: number): Pair {
    const key = left * 65536 + right;
    let pair = this.pairs.get(key);
    if (pair === undefined) {
      pair = { left, right, count: 0, words: new Set() };
      this.pairs.set(key, pair);
    }
    return pair;
  }

  private pushPair(pair: Pair): void {
    if (pair.count < 2) return;
    const key = `${this.tokens[pair.left]} ${this.tokens[pair.right]}`;
    this.heap.push({ gain: pair.count, key, pair });
  }

  private pushWord(index: number): void {
    const { eligible, symbols } = this.words[index] as Word;
    if (eligible) this.heap.push({ gain: this.wordGain(index), key: symbols, word: index });
  }

  private wordGain(index: number): number {
    const { tokens, count } = this.words[index] as Word;
    return count * (tokens.length - 1);
  }

  private idOf(symbols: string): number {
    let id = this.tokenIds.get(symbols);
    if (id === undefined) {
      id = this.tokens.length;
      this.tokens.push(symbols);
      this.tokenIds.set(symbols, id);
    }
    return id;
  }
}

function replacePair(tokens: readonly number[], { left, right }: Pair, merged: number): number[] {
  const replaced: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i] === left && tokens[i + 1] === right) {
      replaced.push(merged);
      i++;
    } else {
      replaced.push(tokens[i] as number);
    }
  }
  return replaced;
}
