/** One listener a signal however many jobs wait on it: a signal's own list of listeners is searched from its start for each removal. */
export class AbortIndex<T> {
  readonly #bySignal = new Map<AbortSignal, { readonly items: Set<T>; readonly listener: () => void }>();

  constructor(readonly aborted: (item: T) => void) {}

  add(signal: AbortSignal, item: T): void {
    let entry = this.#bySignal.get(signal);
    if (!entry) {
      const items = new Set<T>();
      const listener = (): void => {
        this.#bySignal.delete(signal);
        for (const each of items) this.aborted(each);
      };
      entry = { items, listener };
      this.#bySignal.set(signal, entry);
      signal.addEventListener('abort', listener, { once: true });
    }
    entry.items.add(item);
  }

  remove(signal: AbortSignal, item: T): void {
    const entry = this.#bySignal.get(signal);
    if (!entry?.items.delete(item) || entry.items.size > 0) return;
    signal.removeEventListener('abort', entry.listener);
    this.#bySignal.delete(signal);
  }
}
