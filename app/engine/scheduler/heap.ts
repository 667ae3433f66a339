/** A binary heap. Entries that must go are dropped when they surface (`discard`), so that cancelling costs nothing. */
export class Heap<T> {
  #items: T[] = [];

  constructor(readonly before: (a: T, b: T) => boolean, readonly discard: (item: T) => boolean = () => false) {}

  peek(): T | undefined {
    while (this.#items.length > 0 && this.discard(this.#items[0]!)) this.pop();
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let index = items.length;
    items.push(item);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.before(item, items[parent]!)) break;
      items[index] = items[parent]!;
      index = parent;
    }
    items[index] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0], last = items.pop();
    if (items.length > 0) this.#sink(0, last!);
    return first;
  }

  /** Every entry still wanted, in no order. */
  *values(): Iterable<T> {
    for (const item of this.#items) if (!this.discard(item)) yield item;
  }

  /** After what `before` compares has changed. */
  rebuild(): void {
    this.#items = [...this.values()];
    for (let index = (this.#items.length >> 1) - 1; index >= 0; index -= 1) this.#sink(index, this.#items[index]!);
  }

  #sink(from: number, item: T): void {
    const items = this.#items;
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.before(items[child + 1]!, items[child]!)) child += 1;
      if (!this.before(items[child]!, item)) break;
      items[index] = items[child]!;
      index = child;
    }
    items[index] = item;
  }
}
