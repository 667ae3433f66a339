/** Unpacks .zip by its central directory, after a look at all of it: what two readers could read differently is refused. */
import { closeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { InputError } from '../../../toolchains/contract.ts';
import { refuse } from './archive-limits.ts';
import { isDiskFull } from './system-errors.ts';
import type { UnpackJob } from './tar.ts';

/** APPNOTE.TXT 4.3.7: the fixed part of a local file header. */
const LOCAL_HEADER_BYTES = 30;

interface Planned { readonly entry: Entry; readonly name: string; readonly folder: boolean; readonly path: string }

export async function unpackZip(job: UnpackJob, archiveBytes: number): Promise<void> {
  let zip: ZipFile | undefined;
  try {
    zip = await yauzl.fromFdPromise(job.fd, { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: true });
    if (zip.entryCount > job.limits.entries) throw refuse(job.archive, `has ${zip.entryCount} entries, more than the ${job.limits.entries} allowed`);
    const planned: Planned[] = [];
    for await (const entry of zip.eachEntry()) {
      job.signal.throwIfAborted();
      planned.push(plan(job, entry));
    }
    refuseOverlaps(job, planned, archiveBytes);
    for (const item of planned) await unpackEntry(job, zip, item);
  } catch (error) {
    job.signal.throwIfAborted();
    if (error instanceof InputError || isDiskFull(error)) throw error;
    throw refuse(job.archive, `is not a zip archive, or damaged or cut off: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    if (zip) zip.close();
    else closeSync(job.fd);
  }
}

function plan(job: UnpackJob, entry: Entry): Planned {
  const raw: unknown = entry.fileName; // a Buffer, as strings are not decoded
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(String(raw));
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, bytes, entry.extraFields, true);
  job.budget.countEntry(name);
  const folder = name.endsWith('/');
  const problem = problemOf(entry, folder);
  if (problem !== undefined) throw refuse(job.archive, problem, name);
  return { entry, name, folder, path: job.names.accept(name, folder) };
}

function problemOf(entry: Entry, folder: boolean): string | undefined {
  if (entry.isEncrypted()) return 'is encrypted';
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) return `is packed by method ${entry.compressionMethod}, which is not read`;
  // Upper half: st_mode of the system that packed it (APPNOTE.TXT 4.5.7, Info-ZIP); 0 where that has none.
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === 0o120000) return 'is a link';
  if (kind !== 0 && kind !== (folder ? 0o040000 : 0o100000)) return 'is a device or of another kind that is not read';
  if (folder && entry.uncompressedSize > 0) return 'is a folder with content';
  return undefined;
}

/** Entries that share bytes of the archive are how a small archive holds petabytes. */
function refuseOverlaps(job: UnpackJob, planned: readonly Planned[], archiveBytes: number): void {
  const order = [...planned].sort((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const { entry, name } of order) {
    if (entry.relativeOffsetOfLocalHeader < end) throw refuse(job.archive, 'shares its bytes with another entry', name);
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
    if (end > archiveBytes) throw refuse(job.archive, 'claims to lie beyond the end of the archive', name);
  }
}

async function unpackEntry(job: UnpackJob, zip: ZipFile, { entry, name, folder, path }: Planned): Promise<void> {
  job.signal.throwIfAborted();
  const header = await zip.readLocalFileHeaderPromise(entry, { minimal: false });
  if (!header.fileName.equals(entry.fileNameRaw)) throw refuse(job.archive, 'has another name in its own header', name);
  if (folder) return job.target.makeFolder(path);
  const sum = { value: 0 };
  const content = await zip.openReadStreamPromise(entry);
  await job.target.writeFile(path, summed(job.budget.count(name, content as AsyncIterable<Buffer>), sum)).catch((error: unknown) => {
    if (error instanceof InputError || isDiskFull(error) || job.signal.aborted) throw error;
    throw refuse(job.archive, `cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`, name);
  });
  if (sum.value !== entry.crc32) throw refuse(job.archive, 'does not match its checksum', name);
}

async function* summed(chunks: AsyncIterable<Buffer>, sum: { value: number }): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    sum.value = crc32(chunk, sum.value);
    yield chunk;
  }
}
