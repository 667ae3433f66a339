/** Writes a copy that is given in pieces: at once where it is small, in blocks where it is not. */
import { open, writeFile } from 'node:fs/promises';

const BLOCK_BYTES = 4 * 1024 * 1024;

export async function writePieces(file: string, pieces: readonly (Buffer | string)[]): Promise<void> {
  const buffers = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
  const total = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  if (total <= BLOCK_BYTES) return writeFile(file, Buffer.concat(buffers, total));
  const handle = await open(file, 'w');
  try {
    let block: Buffer[] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      // writeFile on a handle goes on where the last one stopped and writes everything.
      await handle.writeFile(block.length === 1 ? block[0]! : Buffer.concat(block, bytes));
      block = [];
      bytes = 0;
    };
    for (const buffer of buffers) {
      block.push(buffer);
      bytes += buffer.length;
      if (bytes >= BLOCK_BYTES) await flush();
    }
    if (bytes > 0) await flush();
  } finally { await handle.close(); }
}
