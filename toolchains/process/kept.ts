/** The head of a stream, up to a bound: the rest is counted and dropped, so that a flood costs no memory. */
import type { CapturedStream } from '../process.ts';

const FIRST_CAPACITY = 4096;

export class KeptBytes {
  #buffer: Buffer = Buffer.alloc(0);
  #kept = 0;
  #bytes = 0;

  /** @param limit bytes that are kept at most */
  constructor(private readonly limit: number) {}

  get bytes(): number { return this.#bytes; }

  /** Copies: a program that writes single bytes must not pin a whole read buffer for each. */
  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const wanted = Math.min(chunk.length, this.limit - this.#kept);
    if (wanted <= 0) return;
    if (this.#kept + wanted > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.limit, Math.max(FIRST_CAPACITY, 2 * (this.#kept + wanted))));
      this.#buffer.copy(larger, 0, 0, this.#kept);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.#kept, 0, wanted);
    this.#kept += wanted;
  }

  captured(): CapturedStream {
    return { content: Buffer.from(this.#buffer.subarray(0, this.#kept)), bytes: this.#bytes, truncated: this.#bytes > this.#kept };
  }
}
