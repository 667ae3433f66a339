/** Unpacks .tar and .tar.gz. Only regular files and folders; the end-of-archive mark must be there, else it was cut off. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { InputError } from '../../../toolchains/contract.ts';
import { refuse, type ArchiveLimits, type UnpackBudget } from './archive-limits.ts';
import type { ArchiveNames } from './archive-names.ts';
import { isDiskFull } from './system-errors.ts';
import type { UnpackTarget } from './unpack-target.ts';

export interface UnpackJob {
  /** As the user named it, for messages. */
  readonly archive: string;
  /** Open at the archive; closed by the unpacker. */
  readonly fd: number;
  readonly limits: ArchiveLimits;
  readonly names: ArchiveNames;
  readonly budget: UnpackBudget;
  readonly target: UnpackTarget;
  readonly signal: AbortSignal;
}

/** Two zero blocks end an archive (POSIX.1-2017, pax, "ustar Interchange Format"). */
const END_BYTES = 1_024;

export async function unpackTar(job: UnpackJob, gzip: boolean): Promise<void> {
  const end = new EndOfArchive(job);
  const source: Readable = createReadStream('', { fd: job.fd, start: 0 });
  const tar = extract();
  const raw = (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> => end.watch(chunks);
  const feeding = gzip
    ? pipeline(source, createGunzip(), raw, tar, { signal: job.signal })
    : pipeline(source, raw, tar, { signal: job.signal });
  const failures: unknown[] = [];
  const fed = feeding.catch((error: unknown) => { failures.push(error); });
  try {
    for await (const entry of tar) await unpackEntry(job, entry.header, entry as unknown as AsyncIterable<Buffer>);
  } catch (error) {
    failures.push(error);
  } finally {
    source.destroy();
    tar.destroy();
  }
  await fed;
  job.signal.throwIfAborted();
  if (failures.length > 0) throw asRefusal(job.archive, causeOf(failures));
  if (!end.seen()) throw refuse(job.archive, 'is cut off: its end mark is missing');
}

async function unpackEntry(job: UnpackJob, header: Header, content: AsyncIterable<Buffer>): Promise<void> {
  job.budget.countEntry(header.name);
  const problem = problemOf(header);
  if (problem !== undefined) throw refuse(job.archive, problem, header.name);
  const folder = header.type === 'directory';
  const path = job.names.accept(header.name, folder);
  if (folder) {
    job.target.makeFolder(path);
    for await (const chunk of content) if (chunk.length > 0) throw refuse(job.archive, 'is a folder with content', header.name);
  } else {
    await job.target.writeFile(path, job.budget.count(header.name, content));
  }
}

function problemOf(header: Header): string | undefined {
  if (Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse'))) return 'is a sparse file, which is not read';
  switch (header.type) {
    case 'file': case 'contiguous-file': case 'directory': return undefined;
    case 'link': case 'symlink': return 'is a link';
    case 'block-device': case 'character-device': case 'fifo': return 'is a device or pipe';
    default: return 'is of a kind that is not read';
  }
}

/** Reading and writing end each other: a refusal is the cause, a closed stream never is while there is another. */
function causeOf(failures: readonly unknown[]): unknown {
  return failures.find((error) => error instanceof InputError)
    ?? failures.find((error) => (error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE')
    ?? failures[0];
}

function asRefusal(archive: string, error: unknown): unknown {
  if (error instanceof InputError || isDiskFull(error)) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR' || message === 'Unexpected end of data') return refuse(archive, 'is cut off');
  if (code?.startsWith('Z_')) return refuse(archive, `is damaged: ${message}`);
  if (/tar header|Invalid header|Header exceeds/.test(message)) return refuse(archive, 'is not a tar archive, or damaged');
  return error;
}

/** Remembers the last bytes of the plain tar, and bounds them: headers alone can be endless too. */
class EndOfArchive {
  private tail: Buffer = Buffer.alloc(0);
  private bytes = 0;

  constructor(private readonly job: UnpackJob) {}

  async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    // A file costs its header, padding and perhaps two extended headers beside its content.
    const most = this.job.limits.totalBytes + this.job.limits.entries * 4 * 1_024;
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      if (this.bytes > most) throw refuse(this.job.archive, `is larger than the ${this.job.limits.totalBytes} bytes allowed`);
      this.tail = chunk.length >= END_BYTES ? chunk.subarray(-END_BYTES) : Buffer.concat([this.tail, chunk]).subarray(-END_BYTES);
      yield chunk;
    }
  }

  seen(): boolean {
    return this.tail.length === END_BYTES && this.tail.every((byte) => byte === 0);
  }
}
