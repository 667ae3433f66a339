/** Finds the tree of a commit among git's objects (gitformat-pack(5)). Undefined where that takes more than a look. */
import { closeSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync, constants } from 'node:zlib';
import { openRegular, readSmallFile } from './read.ts';

/** A commit is a few lines; a longer one is left alone. */
const OBJECT_BYTES = 1024 ** 2;
const MAXIMUM_PACKS = 200;
const COMMIT = 1;

export function treeOfCommit(gitFolder: string, commit: string): string | undefined {
  const content = looseObject(gitFolder, commit) ?? packedObject(gitFolder, commit);
  return /^tree ([0-9a-f]{40,64})\n/.exec(content ?? '')?.[1];
}

function looseObject(gitFolder: string, hash: string): string | undefined {
  const packed = readSmallFile(join(gitFolder, 'objects', hash.slice(0, 2), hash.slice(2)), OBJECT_BYTES);
  const text = packed && inflate(packed);
  return text?.startsWith('commit ') ? text.slice(text.indexOf('\0') + 1) : undefined;
}

function inflate(bytes: Buffer): string | undefined {
  try {
    // SYNC_FLUSH: the bytes end where we stopped reading, not where the stream does.
    return inflateSync(bytes, { maxOutputLength: OBJECT_BYTES, finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
  } catch {
    return undefined;
  }
}

function packedObject(gitFolder: string, hash: string): string | undefined {
  const folder = join(gitFolder, 'objects', 'pack');
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.idx')).slice(0, MAXIMUM_PACKS);
  } catch {
    return undefined;
  }
  for (const name of names) {
    const offset = withFile(join(folder, name), (read) => offsetInPack(read, Buffer.from(hash, 'hex')));
    if (offset === undefined) continue;
    return withFile(join(folder, name.replace(/idx$/, 'pack')), (read) => commitAt(read(offset, 64 * 1024)));
  }
  return undefined;
}

type Read = (at: number, bytes: number) => Buffer;

function withFile<T>(path: string, body: (read: Read) => T | undefined): T | undefined {
  let fd: number | undefined;
  try {
    fd = openRegular({ path, name: path, exact: false }).fd;
    const open = fd;
    return body((at, bytes) => {
      const buffer = Buffer.alloc(bytes);
      return buffer.subarray(0, readSync(open, buffer, 0, bytes, at));
    });
  } catch {
    return undefined; // unreadable, or not what its name says
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Version 2 index: fan-out table, sorted hashes, checksums, 31-bit offsets. */
function offsetInPack(read: Read, hash: Buffer): number | undefined {
  if (read(0, 8).toString('hex') !== 'ff744f6300000002') return undefined;
  const fanOut = (byte: number): number => (byte < 0 ? 0 : read(8 + byte * 4, 4).readUInt32BE(0));
  const hashes = 8 + 256 * 4;
  const total = fanOut(255);
  let low = fanOut(hash[0]! - 1);
  let high = fanOut(hash[0]!);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const order = Buffer.compare(read(hashes + middle * hash.length, hash.length), hash);
    if (order === 0) {
      const offset = read(hashes + total * (hash.length + 4) + middle * 4, 4).readUInt32BE(0);
      return offset >= 2 ** 31 ? undefined : offset;
    }
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

/** An object's head is its kind and its size; a commit that is stored as a difference is left alone. */
function commitAt(bytes: Buffer): string | undefined {
  let at = 0;
  if (((bytes.readUInt8(0) >> 4) & 7) !== COMMIT) return undefined;
  while ((bytes.readUInt8(at) & 0x80) !== 0) at += 1;
  return inflate(bytes.subarray(at + 1));
}
