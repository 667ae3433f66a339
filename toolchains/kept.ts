/**
 * What a toolchain keeps between checks, and how it is ended. Modules that keep something say so when they are loaded,
 * so that ending loads none that was not used.
 */
export class Kept {
  readonly #endings: (() => Promise<void>)[] = [];

  add(end: () => Promise<void>): void { this.#endings.push(end); }

  /** Ends all that waits; what is asked for afterwards is started afresh. */
  async end(): Promise<void> { await Promise.all(this.#endings.map((end) => end())); }
}
