/** Reads git's index (gitformat-index(5), versions 2 to 4). Throws RangeError or GitFormatError on anything else. */

export interface IndexEntry {
  readonly path: string;
  /** st_mode as git keeps it: 0o100644, 0o100755, 0o120000 link, 0o160000 submodule, 0o040000 folder of a sparse index. */
  readonly mode: number;
  /** Bytes in the working tree, modulo 2^32; 0 also where git was in doubt. */
  readonly size: number;
  /** Times of the last change of content and of the inode, when git looked last. */
  readonly modifiedSeconds: number;
  readonly modifiedNanoseconds: number;
  readonly changedSeconds: number;
  readonly changedNanoseconds: number;
  /** Of the hash in the index file: spelled out only where it is needed. */
  readonly hashAt: number;
  readonly conflicted: boolean;
  /** Sparse checkout: rightly absent from the working tree. */
  readonly skipped: boolean;
  /** Added by name only. */
  readonly intended: boolean;
}

export interface GitIndex {
  readonly entries: readonly IndexEntry[];
  /** Hash of the tree that a commit of this index would have, where git noted it. */
  readonly tree?: string;
  hashOf(entry: IndexEntry): string;
}

export class GitFormatError extends Error {}

const HEADER_BYTES = 12;
const FIXED_BYTES = 40;

export function parseIndex(data: Buffer, hashBytes: 20 | 32): GitIndex {
  if (data.toString('latin1', 0, 4) !== 'DIRC') throw new GitFormatError('no index');
  const version = data.readUInt32BE(4);
  if (version < 2 || version > 4) throw new GitFormatError(`index version ${version}`);
  const count = data.readUInt32BE(8);
  if (count > data.length / (FIXED_BYTES + hashBytes)) throw new GitFormatError('more entries than bytes');
  const entries: IndexEntry[] = [];
  let at = HEADER_BYTES;
  let previous = Buffer.alloc(0);
  for (let index = 0; index < count; index += 1) {
    const flagsAt = at + FIXED_BYTES + hashBytes;
    const flags = data.readUInt16BE(flagsAt);
    const extended = (flags & 0x4000) !== 0 ? data.readUInt16BE(flagsAt + 2) : 0;
    let nameAt = flagsAt + ((flags & 0x4000) !== 0 ? 4 : 2);
    let kept = 0;
    if (version === 4) {
      const { value, next } = offsetVarint(data, nameAt);
      kept = previous.length - value;
      if (kept < 0) throw new GitFormatError('name shorter than nothing');
      nameAt = next;
    }
    const end = data.indexOf(0, nameAt);
    if (end < 0) throw new GitFormatError('name without end');
    let path: string;
    if (version === 4) {
      previous = Buffer.concat([previous.subarray(0, kept), data.subarray(nameAt, end)]);
      path = previous.toString('utf8');
    } else {
      path = data.toString('utf8', nameAt, end);
    }
    if (leavesWorktree(path)) throw new GitFormatError('name that leaves the working tree');
    entries.push({
      path, mode: data.readUInt32BE(at + 24), size: data.readUInt32BE(at + 36),
      changedSeconds: data.readUInt32BE(at), changedNanoseconds: data.readUInt32BE(at + 4),
      modifiedSeconds: data.readUInt32BE(at + 8), modifiedNanoseconds: data.readUInt32BE(at + 12),
      hashAt: at + FIXED_BYTES,
      conflicted: (flags & 0x3000) !== 0, skipped: (extended & 0x4000) !== 0, intended: (extended & 0x2000) !== 0,
    });
    // Versions 2 and 3 pad each entry with 1 to 8 NULs to a multiple of 8.
    at = version === 4 ? end + 1 : at + Math.ceil((end + 1 - at) / 8) * 8;
  }
  return { entries, tree: noted(data, at, hashBytes), hashOf: (entry) => data.toString('hex', entry.hashAt, entry.hashAt + hashBytes) };
}

/** Git itself never writes such a name (verify_path in its read-cache.c). */
const leavesWorktree = (path: string): boolean => /(?:^|\/)(?:\.\.?|\.git)?(?:\/|$)/i.test(path);

/** The root of the cached tree extension; undefined where it is absent or void. */
function noted(data: Buffer, start: number, hashBytes: number): string | undefined {
  let tree: string | undefined;
  for (let at = start; at + 8 <= data.length - hashBytes;) {
    const signature = data.toString('latin1', at, at + 4);
    const size = data.readUInt32BE(at + 4);
    const body = data.subarray(at + 8, at + 8 + size);
    if (body.length < size) throw new GitFormatError('extension cut off');
    // Small letters mark what a reader must understand; a split index has its entries elsewhere.
    if (signature === 'link') throw new GitFormatError('split index');
    const root = signature === 'TREE' ? /^\0(\d+) \d+\n/.exec(body.toString('latin1', 0, 40)) : null;
    if (root) tree = body.toString('hex', root[0].length, root[0].length + hashBytes);
    at += 8 + size;
  }
  return tree?.length === hashBytes * 2 ? tree : undefined;
}

/** The variable-width number of pack offsets and of version 4 names. */
export function offsetVarint(data: Buffer, start: number): { readonly value: number; readonly next: number } {
  let at = start;
  let byte = data.readUInt8(at);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    at += 1;
    byte = data.readUInt8(at);
    value = (value + 1) * 128 + (byte & 0x7f);
    if (value > 2 ** 31) throw new GitFormatError('number too large');
  }
  return { value, next: at + 1 };
}
