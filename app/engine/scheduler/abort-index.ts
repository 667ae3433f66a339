/** One listener a signal however many jobs wait on it: a signal's own list of listeners is searched from its start for each removal. */
interface Group<T> { readonly items: Set<T>; readonly listener: () => void }

export class AbortIndex<T> {
  readonly #bySignal = new Map<AbortSignal, Group<T>>();

  constructor(readonly aborted: (item: T) => void) {}

  add(signal: AbortSignal, item: T): void {
    let group = this.#bySignal.get(signal);
    if (!group) {
      const items = new Set<T>();
      const listener = (): void => {
        this.#bySignal.delete(signal);
        for (const each of items) this.aborted(each);
      };
      group = { items, listener };
      this.#bySignal.set(signal, group);
      signal.addEventListener('abort', listener, { once: true });
    }
    group.items.add(item);
  }

  remove(signal: AbortSignal, item: T): void {
    const group = this.#bySignal.get(signal);
    if (!group?.items.delete(item) || group.items.size > 0) return;
    signal.removeEventListener('abort', group.listener);
    this.#bySignal.delete(signal);
  }
}
