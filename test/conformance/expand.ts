import type { JsonValue } from "../../infra/json.js";

/**
 * Expands the builders that keep vector files small, at any depth:
 * `{"$concat":[parts]}` joins strings; `{"$repeat":[text, n]}` repeats one; `{"$list":[[value, n], ...]}` builds an
 * array; `{"$lcg":{seed, n, alphabet}}` emits n pseudo-random characters (`s = s * 1664525 + 1013904223 mod 2^32`, then
 * `alphabet[(s >>> 16) mod length]`, in code points).
 */
export function expandInput(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => expandInput(item as JsonValue));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value as Record<string, JsonValue>);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only) {
    const [key, argument] = only;
    if (key === "$concat") return (argument as JsonValue[]).map((part) => String(expandInput(part))).join("");
    if (key === "$repeat") {
      const [text, count] = argument as [JsonValue, number];
      return String(expandInput(text)).repeat(count);
    }
    if (key === "$list") {
      const runs = argument as [JsonValue, number][];
      return runs.flatMap(([item, count]) => new Array<JsonValue>(count).fill(expandInput(item)));
    }
    if (key === "$lcg") return pseudoRandomText(argument as unknown as PseudoRandomText);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, expandInput(item)]));
}

interface PseudoRandomText {
  readonly seed: number;
  readonly n: number;
  readonly alphabet: string;
}

function pseudoRandomText({ seed, n, alphabet }: PseudoRandomText): string {
  const letters = [...alphabet];
  const text: string[] = [];
  let state = seed >>> 0;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text.push(letters[(state >>> 16) % letters.length] as string);
  }
  return text.join("");
}
