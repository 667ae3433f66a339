/** Writes the files of an archive into an empty private folder: names already accepted, files new, no right to execute. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export class UnpackTarget {
  private readonly made = new Set<string>();

  constructor(private readonly folder: string, private readonly signal: AbortSignal) {}

  makeFolder(path: string): void {
    if (path === '' || path === '.' || this.made.has(path)) return;
    mkdirSync(join(this.folder, path), { recursive: true, mode: 0o700 });
    this.made.add(path);
  }

  async writeFile(path: string, content: AsyncIterable<Buffer>): Promise<void> {
    this.makeFolder(dirname(path));
    // "wx": never over or through something that is already there.
    await pipeline(content, createWriteStream(join(this.folder, path), { flags: 'wx', mode: 0o600 }), { signal: this.signal });
  }
}
