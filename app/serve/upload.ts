/** A file that was dropped on the window in a browser: kept in the data folder, so that the engine can open it by its path. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';

const LARGEST = 2 * 1024 ** 3;

/** The path of the copy, or why there is none. */
export async function keepUpload(request: IncomingMessage, home: string): Promise<{ path: string } | { problem: string }> {
  const name = nameOf(request.headers['x-assay-name']);
  if (name === undefined) return { problem: 'The file has no usable name' };
  const folder = join(home, 'uploads', randomBytes(8).toString('hex'));
  const path = join(folder, name);
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > LARGEST ? new Error('The file is larger than 2 GiB. Unpack it, and open the folder by its path') : null, chunk);
    },
  });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await pipeline(request, bounded, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return { path };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The last part of the name, of harmless characters: it only has to be known again, and to keep its ending. */
function nameOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  let name: string;
  try { name = decodeURIComponent(header); } catch { return undefined; }
  const plain = (name.split(/[\\/]/).at(-1) ?? '').replace(/[^\p{L}\p{N}._ +-]/gu, '_').replace(/^\.+/, '').slice(-120);
  return plain === '' ? undefined : plain;
}
