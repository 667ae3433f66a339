/** What an archive may cost. Counted on the bytes that really come out, never on what its headers claim. */
import { InputError } from '../../../toolchains/contract.ts';
import { printable } from './printable.ts';

export interface ArchiveLimits {
  readonly totalBytes: number;
  readonly fileBytes: number;
  readonly entries: number;
  /** Folders and files on the way to a file. */
  readonly depth: number;
  readonly nameBytes: number;
  /** Unpacked to packed, looked at from `ratioFromBytes` on: text with one repeated line reaches 1000 honestly. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  totalBytes: 4 * 1024 ** 3,
  fileBytes: 2 * 1024 ** 3,
  entries: 200_000,
  depth: 64,
  nameBytes: 1_024,
  ratio: 200,
  ratioFromBytes: 256 * 1024 ** 2,
};

const UNPACK_YOURSELF = 'If you trust it, unpack it yourself and name the folder';

/** An archive that is refused as a whole, at the entry that is at fault. */
export function refuse(archive: string, problem: string, entry?: string): InputError {
  return new InputError(printable(archive), entry === undefined ? problem : `entry "${printable(entry)}" ${problem}`, UNPACK_YOURSELF);
}

/** Counts what comes out of one archive. */
export class UnpackBudget {
  private total = 0;
  private entries = 0;

  constructor(private readonly archive: string, private readonly packedBytes: number, private readonly limits: ArchiveLimits) {}

  countEntry(entry: string): void {
    this.entries += 1;
    if (this.entries > this.limits.entries) throw refuse(this.archive, `is one more than the ${this.limits.entries} entries allowed`, entry);
  }

  /** Passes bytes of a file on, and stops as soon as they are too many. */
  async *count(entry: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let own = 0;
    for await (const chunk of source) {
      own += chunk.length;
      if (own > this.limits.fileBytes) throw refuse(this.archive, `is larger than the ${this.limits.fileBytes} bytes allowed`, entry);
      this.countBytes(chunk.length, entry);
      yield chunk;
    }
  }

  private countBytes(bytes: number, entry: string): void {
    this.total += bytes;
    if (this.total > this.limits.totalBytes) throw refuse(this.archive, `makes the whole larger than the ${this.limits.totalBytes} bytes allowed`, entry);
    if (this.total > this.limits.ratioFromBytes && this.total > this.limits.ratio * this.packedBytes) {
      throw refuse(this.archive, `makes the whole more than ${this.limits.ratio} times as large as the archive`, entry);
    }
  }
}
