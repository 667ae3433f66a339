/**
 * Outputs of attempts, kept once by the SHA-256 of their bytes. Small ones stand in the database; large ones
 * in files, compressed, written under a temporary name, synced and renamed before the row that names them is
 * committed. Content that no longer matches its hash is never handed out.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzip, gzipSync } from 'node:zlib';
import type { Output } from '../../../toolchains/contract.ts';
import { sha256 } from './canonical.ts';
import type { Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';
import { StoreError } from './connection.ts';
import { voidPackets } from './damaged.ts';

/** Below this gzip costs more time than its gain in space is worth (some 80 µs a call). */
const PLAIN_BYTES = 2048;
/** Compressed size up to which SQLite is as quick as a file. https://sqlite.org/intern-v-extern-blob.html */
const INLINE_BYTES = 100_000;
/** From this size on, compressing is left to another thread by {@link OutputStore.prepare}. */
const LARGE_BYTES = 1_000_000;
/** Level 1 halves solver text at some 100 MB/s; higher levels cost more than they save. */
const FAST = { level: 1 } as const;

type Coding = 'plain' | 'gzip' | 'file';
interface OutputRow { readonly coding: Coding; readonly content: Buffer | null }
interface Packed { readonly coding: 'plain' | 'gzip'; readonly content: Buffer }

/** An output of an earlier run: its bytes are read when they are asked for. */
export class KeptOutput implements Output {
  readonly #read: () => Buffer | undefined;
  constructor(readonly name: string, readonly sha256: string, readonly bytes: number, readonly truncated: boolean, read: () => Buffer | undefined) {
    this.#read = read;
  }
  /** Empty where the evidence is gone from the store; the hash still says what it was. */
  get content(): Buffer { return this.#read() ?? Buffer.alloc(0); }
}

const hashes = new WeakMap<Buffer, string>();

/** SHA-256 of an output's kept bytes, without reading them where they are in the store already. */
export function outputHash(output: Output): string {
  if (output instanceof KeptOutput) return output.sha256;
  let hash = hashes.get(output.content);
  if (hash === undefined) hashes.set(output.content, hash = sha256(output.content));
  return hash;
}

export class OutputStore {
  readonly #prepared = new Map<string, Packed>();
  constructor(private readonly database: LedgerDatabase) {}

  /** Compresses large outputs off the main thread, so that recording them later is quick. */
  async prepare(outputs: readonly Output[]): Promise<void> {
    for (const output of outputs) {
      if (output instanceof KeptOutput || output.content.length < LARGE_BYTES) continue;
      this.#prepared.set(outputHash(output), { coding: 'gzip', content: await promisify(gzip)(output.content, FAST) });
    }
  }

  /** To be called within the transaction that writes the verdict. @returns the hash */
  keep(connection: Connection, output: Output): string {
    const hash = outputHash(output);
    if (output instanceof KeptOutput) return hash;
    this.keepBytes(connection, hash, output.content);
    return hash;
  }

  keepBytes(connection: Connection, hash: string, content: Buffer): void {
    const row = connection.get<OutputRow>('SELECT coding, NULL AS content FROM outputs WHERE sha256 = ?', [hash]);
    if (row && (row.coding !== 'file' || existsSync(this.#path(hash)))) return;
    const packed = this.#prepared.get(hash) ?? pack(content);
    this.#prepared.delete(hash);
    const asFile = this.database.kept && packed.content.length > INLINE_BYTES;
    if (asFile) this.#writeFile(hash, packed.coding === 'gzip' ? packed.content : gzipSync(packed.content, FAST));
    connection.run('INSERT OR REPLACE INTO outputs (sha256, bytes, coding, content) VALUES (?, ?, ?, ?)',
      [hash, content.length, asFile ? 'file' : packed.coding, asFile ? null : packed.content]);
  }

  /** Undefined where it was never kept, cannot be read, or no longer has this hash (then a notice says so). */
  read(hash: string): Buffer | undefined {
    const row = this.database.read((connection) => connection.get<OutputRow>('SELECT coding, content FROM outputs WHERE sha256 = ?', [hash]), undefined);
    if (!row) return undefined;
    const stored = row.coding === 'file' ? this.#readFile(hash) : row.content ?? undefined;
    if (!stored) return undefined;
    const content = row.coding === 'plain' ? stored : unpack(stored);
    if (content && sha256(content) === hash) return content;
    this.database.notice(`the kept output ${hash} is damaged and no longer believed`, row.coding === 'file' ? this.#path(hash) : this.database.file);
    this.database.write((connection) => {
      connection.run('DELETE FROM outputs WHERE sha256 = ?', [hash]); // the next run that makes it keeps it anew
      voidPackets(connection, 'body LIKE ?', `%${hash}%`);
    });
    return undefined;
  }

  #readFile(hash: string): Buffer | undefined {
    try { return readFileSync(this.#path(hash)); } catch (error) {
      this.database.notice(`the kept output cannot be read: ${error instanceof Error ? error.message : String(error)}`, this.#path(hash));
      return undefined;
    }
  }

  #path(hash: string): string {
    return join(this.database.home, 'outputs', hash.slice(0, 2), `${hash}.gz`);
  }

  #writeFile(hash: string, content: Buffer): void {
    const path = this.#path(hash);
    const fresh = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.new`;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const handle = openSync(fresh, 'wx', 0o600);
      try {
        for (let written = 0; written < content.length;) written += writeSync(handle, content, written);
        fsyncSync(handle);
      } finally { closeSync(handle); }
      renameSync(fresh, path);
      syncFolder(dirname(path));
    } catch (error) {
      rmSync(fresh, { force: true });
      throw asStoreError(error, path);
    }
  }
}

/** So that the new name survives a loss of power; not every system lets a folder be opened. */
function syncFolder(path: string): void {
  let handle: number;
  try { handle = openSync(path, 'r'); } catch { return; }
  try { fsyncSync(handle); } catch { /* refused by some file systems */ } finally { closeSync(handle); }
}

function asStoreError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOSPC': case 'EDQUOT': return new StoreError('full', file, error.message);
    case 'EROFS': return new StoreError('read-only', file, error.message);
    default: return new StoreError('unwritable', file, error.message);
  }
}

/** Undefined where it is not gzip any more. */
function unpack(stored: Buffer): Buffer | undefined {
  try { return gunzipSync(stored); } catch { return undefined; }
}

function pack(content: Buffer): Packed {
  if (content.length < PLAIN_BYTES) return { coding: 'plain', content };
  const packed = gzipSync(content, FAST);
  return packed.length < content.length ? { coding: 'gzip', content: packed } : { coding: 'plain', content };
}
