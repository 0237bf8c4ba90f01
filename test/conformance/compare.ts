/**
 * The first place where `actual` differs from `expected`, as a sentence, or null when they agree. Numbers agree when they
 * differ by at most `tolerance` (absolute, on every numeric leaf; 0 means equal); everything else must be equal. A key
 * whose value is undefined counts as absent; typed arrays count as arrays.
 */
export function firstDifference(
  actual: unknown,
  expected: unknown,
  tolerance: number,
  path = "value",
): string | null {
  if (typeof expected === "number" && typeof actual === "number") {
    const agree = actual === expected || Math.abs(actual - expected) <= tolerance;
    return agree ? null : `${path}: expected ${expected}, got ${actual} (off by ${actual - expected})`;
  }
  const wanted = asList(expected);
  if (wanted) {
    const got = asList(actual);
    if (!got) return `${path}: expected a list of ${wanted.length}, got ${show(actual)}`;
    if (got.length !== wanted.length)
      return `${path}: expected ${wanted.length} entries, got ${got.length}: ${show(got)}`;
    for (let i = 0; i < wanted.length; i++) {
      const difference = firstDifference(got[i], wanted[i], tolerance, `${path}[${i}]`);
      if (difference) return difference;
    }
    return null;
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return `${path}: expected ${show(expected)}, got ${show(actual)}`;
    const keys = new Set([...definedKeys(expected), ...definedKeys(actual)]);
    for (const key of keys) {
      const difference = firstDifference(actual[key], expected[key], tolerance, `${path}.${key}`);
      if (difference) return difference;
    }
    return null;
  }
  return actual === expected ? null : `${path}: expected ${show(expected)}, got ${show(actual)}`;
}

function asList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return [...(value as Uint8Array)];
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !asList(value);
}

function definedKeys(record: Record<string, unknown>): string[] {
  return Object.keys(record).filter((key) => record[key] !== undefined);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 160 ? `${text.slice(0, 160)}...` : text;
}
