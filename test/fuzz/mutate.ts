import type { RandomStream } from "../../infra/random.js";

/** Longest text that is tried, in UTF-16 units. */
export const LONGEST = 16_384;

const CHARACTERS = "<>/!-\"'`~{}[]()=;:,.*#@\\ \n\r\t\0a\u00e9\ud800\u2028";

/** A text made of others: pieces cut out, doubled, exchanged, repeated, joined, words and characters put in. */
export function mutate(corpus: readonly string[], words: readonly string[], random: RandomStream): string {
  const pick = <T>(list: readonly T[]): T => random.pick(list);
  const below = (most: number) => random.integer(0, most);
  let text = pick(corpus);
  for (let change = 1 + below(4); change > 0; change--) {
    const at = below(text.length + 1);
    const end = Math.min(text.length, at + below(random.next() < 0.8 ? 20 : text.length + 1));
    const [head, piece, tail] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
    const changes = [
      () => head + tail,
      () => head + piece + piece + tail,
      () => head + piece.repeat(1 + below(200)) + tail,
      () => head + pick(words) + tail,
      () => head + pick(words) + piece + tail,
      () => head + pick([...CHARACTERS]) + tail,
      () => head + pick(words).repeat(1 + below(100)) + tail,
      () => head + pick(corpus).slice(below(100)) + tail,
      () => head,
    ];
    text = pick(changes)().slice(0, LONGEST);
  }
  return text;
}
