/**
 * The byte-level alphabet of GPT-2, which every byte-level BPE of Hugging Face writes its vocabulary in: printable
 * bytes stand for themselves, the others for the code points from 256 on.
 * Source: `bytes_to_unicode` in openai/gpt-2, src/encoder.py.
 */
const BYTE_TO_SYMBOL: readonly string[] = (() => {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
})();

const encoder = new TextEncoder();

/** The 256 symbols, in byte order. */
export const byteSymbols: readonly string[] = BYTE_TO_SYMBOL;

/** The text's UTF-8 bytes, one symbol each. */
export function toByteSymbols(text: string): string {
  let symbols = "";
  for (const byte of encoder.encode(text)) symbols += BYTE_TO_SYMBOL[byte];
  return symbols;
}
