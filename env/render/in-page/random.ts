/**
 * Runs in the page before its own scripts, in each of its frames. Uses nothing from outside its own body. Chance comes from a seed:
 * `Math.random`, random values and identifiers, and the keys of ciphers that are symmetric.
 */
export function seedChance(seed: number): void {
  let state = seed | 0 || 1;
  const random32 = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const fill = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = random32() >>> 24;
    return bytes;
  };
  Math.random = () => random32() / 4294967296;
  Crypto.prototype.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    if (array !== null) fill(new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength));
    return array;
  };
  const hex = () => random32().toString(16).padStart(8, "0");
  Object.defineProperty(Crypto.prototype, "randomUUID", {
    value: () => {
      const [a, b, c] = [hex(), hex(), hex()];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${hex()}`;
    },
    configurable: true,
    writable: true,
  });
  if (typeof SubtleCrypto === "undefined") return;
  const { generateKey, importKey } = SubtleCrypto.prototype;
  const HMAC_BITS: Readonly<Record<string, number>> = {
    "SHA-1": 512,
    "SHA-256": 512,
    "SHA-384": 1024,
    "SHA-512": 1024,
  };
  const { apply } = Reflect;
  SubtleCrypto.prototype.generateKey = function (
    this: SubtleCrypto,
    algorithm: AlgorithmIdentifier,
    extractable: boolean,
    usages: readonly KeyUsage[],
  ): Promise<never> {
    const { name, length, hash } = (typeof algorithm === "string" ? { name: algorithm } : algorithm) as {
      name?: string;
      length?: number;
      hash?: string | { name: string };
    };
    const kind = String(name).toUpperCase();
    const digest = String(typeof hash === "object" ? hash.name : hash).toUpperCase();
    const bits = length ?? (kind === "HMAC" ? HMAC_BITS[digest] : undefined);
    // A pair of keys cannot be had from bytes alone.
    if (!/^(AES-|HMAC)/.test(kind) || bits === undefined || bits % 8 !== 0)
      return apply(generateKey, this, [algorithm, extractable, usages]) as Promise<never>;
    const bytes = fill(new Uint8Array(bits / 8));
    return apply(importKey, this, ["raw", bytes, algorithm, extractable, usages]) as Promise<never>;
  } as SubtleCrypto["generateKey"];
}
