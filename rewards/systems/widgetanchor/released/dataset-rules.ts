import { mersenneTwister, pythonShuffle } from "../../../metrics/ports/mersenne-twister.js";
import { byCodePoint, pythonPattern } from "../../../metrics/ports/python-text.js";

const TOKEN = pythonPattern("\\w+|[^\\w\\s]", "g");

/** Runs of word characters and single marks, the tokens by which WidgetAnchor grades difficulty. */
export function countCodeTokens(source: string): number {
  return source.match(TOKEN)?.length ?? 0;
}

/** Difficulty of a widget by the length of its code. */
export type Difficulty = "simple" | "medium" | "complex";

/** Fewer than 50 tokens are simple, up to 200 medium. */
export function difficultyOf(tokens: number): Difficulty {
  if (tokens < 50) return "simple";
  return tokens <= 200 ? "medium" : "complex";
}

/** Identifiers of widgets by split. */
export interface SplitIds {
  readonly train: readonly string[];
  readonly val: readonly string[];
  readonly test: readonly string[];
}

/** WidgetAnchor's split: ids sorted, shuffled as CPython's `random.seed(seed)` does, cut at 90 and 95 per cent. */
export function splitIds(ids: readonly string[], seed = 42): SplitIds {
  const sorted = [...ids].sort(byCodePoint);
  const order = pythonShuffle(sorted, mersenneTwister(seed, "cpython"));
  const train = Math.trunc(order.length * 0.9);
  const val = Math.trunc(order.length * 0.95);
  return { train: order.slice(0, train), val: order.slice(train, val), test: order.slice(val) };
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Width and height from the header of a PNG; 800 x 600 for anything else. */
export function pngSize(bytes: Uint8Array): readonly [width: number, height: number] {
  if (bytes.length < 24 || PNG_SIGNATURE.some((byte, i) => bytes[i] !== byte)) return [800, 600];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}
