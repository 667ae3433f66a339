/** Writes archives byte by byte, so that tests can lie in every field. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface TarEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** "0" file, "1" hard link, "2" link, "3" "4" devices, "5" folder, "6" pipe, "x" extended header. */
  readonly type?: string;
  readonly link?: string;
  /** Claimed size, where it differs from the content's. */
  readonly size?: number;
}

export function tar(entries: readonly TarEntry[], end = true): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    return [tarHeader(entry, entry.size ?? content.length), content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(end ? 1024 : 0)]);
}

function tarHeader(entry: TarEntry, size: number): Buffer {
  const header = Buffer.alloc(512);
  Buffer.from(entry.name).copy(header, 0, 0, 100);
  header.write('0000644\0', 100, 'latin1');
  header.write('0000000\0', 108, 'latin1');
  header.write('0000000\0', 116, 'latin1');
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write(entry.type ?? '0', 156, 'latin1');
  header.write(entry.link ?? '', 157, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** One record of a POSIX extended header: its length counts itself. */
export function pax(key: string, value: string): TarEntry {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return { name: 'PaxHeader', type: 'x', content: `${length} ${key}=${value}\n` };
}

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  readonly localName?: string;
  /** Unix mode, upper half of the external attributes. */
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly size?: number;
  readonly crc?: number;
  /** Use the local header of this earlier entry instead of an own one. */
  readonly sharesWith?: number;
}

const UTF8 = 0x800;

export function zip(entries: readonly ZipEntry[], claimedCount = entries.length): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? UTF8, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.size ?? content.length, 18);
    const name = Buffer.from(entry.name);
    if (entry.sharesWith === undefined) {
      const localName = Buffer.from(entry.localName ?? entry.name);
      const local = Buffer.from(common);
      local.writeUInt16LE(localName.length, 22);
      const block = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), local, localName, packed]);
      offsets.push(offset);
      locals.push(block);
      offset += block.length;
    } else {
      offsets.push(offsets[entry.sharesWith]!);
    }
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
    tail.writeUInt32LE(offsets.at(-1)!, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, name]));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(claimedCount, 8);
  end.writeUInt16LE(claimedCount, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
