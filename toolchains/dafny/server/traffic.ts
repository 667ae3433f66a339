/** What was said about one document, in both directions: one JSON a line, with milliseconds since its first word. */
export class Traffic {
  readonly #lines: string[] = [];
  readonly #since = performance.now();
  readonly startedAt = new Date().toISOString();
  bytes = 0;

  add(from: 'client' | 'server', method: string, params: unknown): void {
    const line = JSON.stringify({ ms: Math.round(performance.now() - this.#since), from, method, params });
    this.bytes += line.length;
    this.#lines.push(line);
  }

  get seconds(): number { return (performance.now() - this.#since) / 1000; }
  get content(): Buffer { return Buffer.from(`${this.#lines.join('\n')}\n`); }
}
