/** Walks over the lines and deltas of an AIGER file; every read past the end is an {@link InputError}. */
import { InputError } from '../../contract.ts';

const LINE_FEED = 10;

export class AigerCursor {
  private at = 0;
  private lines = 0;

  constructor(private readonly file: string, private readonly content: Uint8Array) {}

  atEnd(): boolean {
    return this.at >= this.content.length;
  }

  problem(text: string): InputError {
    return new InputError(this.file, `line ${this.lines}: ${text}`);
  }

  line(): string {
    this.lines++;
    const end = this.content.indexOf(LINE_FEED, this.at);
    if (end < 0) throw this.problem('the file ends in the middle of a line');
    const text = Buffer.from(this.content.buffer, this.content.byteOffset + this.at, end - this.at).toString('utf8');
    this.at = end + 1;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }

  /** The numbers of the next line, separated by single blanks. */
  numbersOfLine(least: number, most: number): number[] {
    const line = this.line();
    const numbers = line.split(' ').map((field) => (/^\d{1,10}$/.test(field) ? Number(field) : Number.NaN));
    if (numbers.length < least || numbers.length > most || numbers.some((value) => !(value <= 0xffffffff)))
      throw this.problem(`"${line.slice(0, 40)}" is not ${least === most ? least : `${least} to ${most}`} literals`);
    return numbers;
  }

  /** A variable-length number of the binary format: 7 bits a byte, least significant first. */
  delta(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.content[this.at++];
      if (byte === undefined) throw this.problem('the file ends in the middle of the gates');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw this.problem('a gate has a number of more than five bytes');
  }
}
