/** Parts the bytes of a value change dump into words, chunk by chunk; a word of absurd length is an error. */
import { InputError } from '../../contract.ts';

/** The longest word is a value; 64 Ki bits and room. */
const LONGEST_WORD = 1 << 17;

export class VcdTokens {
  private rest = '';

  constructor(private readonly file: string) {}

  *push(chunk: Uint8Array): Generator<string> {
    const text = this.rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    const words = text.split(/[ \t\r\n\f\v]+/);
    this.rest = words.pop()!;
    if (this.rest.length > LONGEST_WORD) throw new InputError(this.file, 'a word of the trace is too long');
    for (const word of words) if (word !== '') yield this.checked(word);
  }

  *end(): Generator<string> {
    if (this.rest !== '') yield this.checked(this.rest);
    this.rest = '';
  }

  private checked(word: string): string {
    if (word.length > LONGEST_WORD) throw new InputError(this.file, 'a word of the trace is too long');
    return word;
  }
}
