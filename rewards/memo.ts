/** Remembers the results of a pure function for its last `capacity` arguments (by value, so strings work well). */
export function memoize<Key, Result>(capacity: number, compute: (key: Key) => Result): (key: Key) => Result {
  const known = new Map<Key, Result>();
  return (key) => {
    if (known.has(key)) {
      const result = known.get(key) as Result;
      known.delete(key);
      known.set(key, result);
      return result;
    }
    const result = compute(key);
    known.set(key, result);
    if (known.size > capacity) known.delete(known.keys().next().value as Key);
    return result;
  };
}

/** Remembers the results of a function of an object for as long as the object lives. */
export function memoizeByObject<Key extends object, Result>(
  compute: (key: Key) => Result,
): (key: Key) => Result {
  const known = new WeakMap<Key, Result>();
  return (key) => {
    if (known.has(key)) return known.get(key) as Result;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}
