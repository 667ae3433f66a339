/** Byte offsets of a text to lines and columns (1-based; columns in UTF-16 code units), for offsets asked in rising order. */
import type { Position } from '../contract.ts';

export class PositionReader {
  private offset = 0;
  private line = 1;
  private column = 1;

  constructor(private readonly bytes: Buffer) {}

  at(offset: number): Position {
    // Only the new bytes are looked at: a script may be one line of 100 MB.
    const added = this.bytes.subarray(this.offset, offset);
    let lineStart = 0;
    for (let next = added.indexOf(10); next >= 0; next = added.indexOf(10, next + 1)) {
      this.line++;
      this.column = 1;
      lineStart = next + 1;
    }
    this.column += added.toString('utf8', lineStart).length;
    this.offset = offset;
    return { line: this.line, column: this.column };
  }
}
