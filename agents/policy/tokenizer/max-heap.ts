/** A binary heap. `compare` is positive when its first argument comes out first. */
export class MaxHeap<T> {
  readonly #items: T[] = [];

  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  push(item: T): void {
    const items = this.#items;
    const compare = this.#compare;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compare(items[parent] as T, item) >= 0) break;
      items[at] = items[parent] as T;
      at = parent;
    }
    items[at] = item;
  }

  /** The first item, taken out; undefined when empty. */
  pop(): T | undefined {
    const items = this.#items;
    const compare = this.#compare;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && compare(items[child + 1] as T, items[child] as T) > 0) child++;
      if (compare(last, items[child] as T) >= 0) break;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = last;
    return top;
  }
}
