/** FrontCoder: full marks up to 12,000 tokens, none from 16,000. */
export const LENGTH_FULL = 12_000;
/** Tokens from which an answer has no marks for its length (FrontCoder). */
export const LENGTH_NONE = 16_000;

/** FrontCoder's estimate where no tokenizer is at hand (its released code always uses it). */
export const TOKENS_PER_CHARACTER = 0.75;

/** Length score in 0..1: 1 up to `full` tokens, 0 from `none`, linear between (FrontCoder, S_len). */
export function lengthScore(tokens: number, full = LENGTH_FULL, none = LENGTH_NONE): number {
  if (tokens <= full) return 1;
  if (tokens >= none) return 0;
  return (none - tokens) / (none - full);
}

/** Number of code points. */
export function codePointLength(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
