/** A pause between the last key and the question: the text of each key is not worth a check. */
export const PAUSE_MS = 250;

/** One timer a document: the last call counts. */
export class Pause {
  #timer: NodeJS.Timeout | undefined;

  after(milliseconds: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#timer = undefined; then(); }, milliseconds);
  }

  stop(): void { clearTimeout(this.#timer); this.#timer = undefined; }
}
