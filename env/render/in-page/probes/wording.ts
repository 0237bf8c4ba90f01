import { plain } from "./scene.js";

/** Lower case, white space collapsed, quotes and dashes of one kind. */
export function simple(text: string): string {
  return plain(text.normalize("NFKC"))
    .replace(/[‘’‚‛′`´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―−]/g, "-");
}

/** The words asked for, whatever arrows, quotes, bullets or full stops stand around them. */
export function core(text: string): string {
  const whole = simple(text);
  const inner = whole.replace(/^[^\p{L}\p{N}$€£¥]+|[^\p{L}\p{N}%€£¥]+$/gu, "");
  return inner === "" ? whole : inner;
}

/** Words of a text; `$9/month` has two. */
export function wordsOfText(text: string): string[] {
  return simple(text)
    .split(/[\s/|·•:;,()]+/u)
    .map(core)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Whether a short text begins or ends with the words asked for and adds at most three: `$9 / month`, `Ada, a guest`, `1. Ask`. */
export function isPhraseOf(text: string, asked: readonly string[]): boolean {
  const words = wordsOfText(text);
  const more = words.length - asked.length;
  if (asked.length === 0 || more < 0 || more > 3) return false;
  return (
    asked.every((word, at) => words[at] === word) || asked.every((word, at) => words[more + at] === word)
  );
}

/** Whether a text holds a phrase that is not a part of longer words. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const [whole, part] = [simple(text), simple(phrase)];
  const joins = (a: string | undefined, b: string | undefined) =>
    /[\p{Script=Latin}\p{N}]/u.test(a ?? "") && /[\p{Script=Latin}\p{N}]/u.test(b ?? "");
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const end = at + part.length;
    if (!joins(whole[at - 1], part[0]) && !joins(part.at(-1), whole[end])) return true;
  }
  return false;
}
