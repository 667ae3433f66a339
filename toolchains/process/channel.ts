/** One output stream of a program, read to its end into a bounded buffer. */
import type { Readable } from 'node:stream';
import type { CapturedStream } from '../process.ts';
import { KeptBytes } from './kept.ts';

/**
 * Once the tree is gone only a process that no trace led to can hold a pipe open. Rounds, not one timer: after
 * a busy stretch timers run before what waits in the pipes is read.
 */
const QUIET_ROUNDS = 10;
const ROUND_MS = 20;

export class Channel {
  readonly #kept: KeptBytes;
  #ended = false;
  #broken = false;

  constructor(private readonly stream: Readable, keptLimit: number) { this.#kept = new KeptBytes(keptLimit); }

  get bytes(): number { return this.#kept.bytes; }
  get ended(): boolean { return this.#ended; }

  listen(onChunk: (chunk: Buffer) => void, onEnd?: () => void): void {
    this.stream.on('data', (chunk: Buffer) => { this.#kept.add(chunk); onChunk(chunk); });
    this.stream.once('end', () => { this.#ended = true; onEnd?.(); });
    this.stream.once('close', () => { this.#broken ||= !this.#ended; this.#ended = true; });
    this.stream.once('error', () => { this.#broken = true; this.#ended = true; });
  }

  close(): void {
    if (!this.#ended) this.#broken = true;
    this.stream.destroy();
  }

  /** A stream that did not come to its end counts as truncated, whatever was kept. */
  captured(): CapturedStream {
    const captured = this.#kept.captured();
    return this.#broken ? { ...captured, truncated: true } : captured;
  }

  whenEnded(): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      for (const event of ['end', 'close', 'error']) this.stream.once(event, () => { resolve(); });
    });
  }
}

/** Waits until all streams have ended, or nothing has come for a while; then closes them. */
export async function settled(...channels: readonly Channel[]): Promise<void> {
  const total = (): number => channels.reduce((sum, channel) => sum + channel.bytes, 0);
  const ended = Promise.all(channels.map((channel) => channel.whenEnded()));
  for (let quiet = 0, before = total(); quiet < QUIET_ROUNDS && channels.some((channel) => !channel.ended); quiet++) {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([ended, new Promise((resolve) => { timer = setTimeout(resolve, ROUND_MS); })]);
    clearTimeout(timer);
    if (total() !== before) { before = total(); quiet = -1; }
  }
  for (const channel of channels) channel.close();
}
