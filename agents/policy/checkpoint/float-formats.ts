/** Number formats that weights are published in. */
export type FloatFormat = "F32" | "F16" | "BF16";

export const BYTES_PER_NUMBER: Readonly<Record<FloatFormat, number>> = { F32: 4, F16: 2, BF16: 2 };

/** Little-endian bytes of a format as float32, exactly. `bytes` is a whole number of numbers long. */
export function toFloat32(bytes: Uint8Array, format: FloatFormat): Float32Array {
  if (format === "F32") {
    const copy = bytes.slice();
    return new Float32Array(copy.buffer, copy.byteOffset, copy.byteLength / 4);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = new Uint32Array(bytes.byteLength / 2);
  for (let i = 0; i < bits.length; i++) {
    const half = view.getUint16(2 * i, true);
    bits[i] = format === "BF16" ? half << 16 : float16ToFloat32Bits(half);
  }
  return new Float32Array(bits.buffer);
}

/** IEEE 754 binary16 to binary32: same sign, exponent moved from bias 15 to 127; subnormals become normal. */
function float16ToFloat32Bits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  let fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  let shift = 0;
  while ((fraction & 0x400) === 0) {
    fraction <<= 1;
    shift++;
  }
  return sign | ((113 - shift) << 23) | ((fraction & 0x3ff) << 13);
}
