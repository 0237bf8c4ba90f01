import type { DomNode } from "./dom-sequence.js";
import { lcsLength } from "./lcs.js";

/**
 * Structural similarity of two DOM sequences in 0..1: length of their longest common subsequence over the longer length
 * (FrontCoder, S_struct). Nodes are equal when tag and all attributes are. Two empty sequences give 1. Symmetric.
 */
export function domLcsRatio(a: readonly DomNode[], b: readonly DomNode[]): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 1;
  const numbers = new Map<string, number>();
  const number = ({ key }: DomNode): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const integers = (nodes: readonly DomNode[]): Int32Array => {
    const out = new Int32Array(nodes.length);
    for (let i = 0; i < nodes.length; i++) out[i] = number(nodes[i]!);
    return out;
  };
  return lcsLength(integers(a), integers(b)) / longer;
}
