/**
 * JSON-RPC 2.0 over a byte stream as the Language Server Protocol 3.17 frames it ("Base Protocol"): headers in ASCII,
 * "\r\n" after each and an empty line, then as many bytes of UTF-8 as `Content-Length` says. A stream that breaks the
 * framing cannot be read further.
 */
export interface RpcMessage {
  readonly jsonrpc: '2.0';
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Larger is no message of a server but a broken header. */
const LARGEST_BYTES = 256 * 1024 * 1024;
const LARGEST_HEADER_BYTES = 4096;
const BLANK = Buffer.from('\r\n\r\n');

export function frame(message: RpcMessage): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

export class FrameReader {
  private chunks: Buffer[] = [];
  private length = 0;
  private awaited = 0;

  /** The messages that are complete with this chunk. Throws {@link FramingError}. */
  push(chunk: Buffer): RpcMessage[] {
    this.chunks.push(chunk);
    this.length += chunk.length;
    const messages: RpcMessage[] = [];
    while (this.length >= this.awaited) {
      const bytes = this.joined();
      const head = bytes.indexOf(BLANK);
      if (head < 0) {
        if (bytes.length > LARGEST_HEADER_BYTES) throw new FramingError('a header without an end');
        this.awaited = bytes.length + 1;
        break;
      }
      const body = head + BLANK.length;
      const length = lengthIn(bytes.subarray(0, head).toString('latin1'));
      if (bytes.length < body + length) { this.awaited = body + length; break; }
      messages.push(messageOf(bytes.subarray(body, body + length)));
      this.chunks = [bytes.subarray(body + length)];
      this.length = bytes.length - body - length;
      this.awaited = 1;
    }
    return messages;
  }

  private joined(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }
}

export class FramingError extends Error {}

function lengthIn(header: string): number {
  const found = header.split('\r\n').map((line) => /^content-length:\s*(\d+)\s*$/i.exec(line)?.[1]).find((one) => one !== undefined);
  const length = Number(found);
  if (found === undefined || length > LARGEST_BYTES) throw new FramingError('a header without a length that can be');
  return length;
}

function messageOf(body: Buffer): RpcMessage {
  let value: unknown;
  try { value = JSON.parse(body.toString('utf8')); } catch { throw new FramingError('a message that is no JSON'); }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FramingError('a message that is no object');
  return value as RpcMessage;
}
