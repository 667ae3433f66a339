/** Offsets of a text to lines and columns (1-based; columns in UTF-16 code units) and back. */
import type { Position, Range } from './contract.ts';

export class Places {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  at(offset: number): Position {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle; else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.starts[low]! + 1 };
  }

  /** Of a place beyond the text its end. */
  offset({ line, column }: Position): number { return Math.min(this.text.length, (this.starts[line - 1] ?? this.text.length) + column - 1); }

  range(start: number, end: number): Range { return { start: this.at(start), end: this.at(end) }; }

  line(number: number): string {
    const start = this.starts[number - 1];
    return start === undefined ? '' : this.text.slice(start, this.starts[number] ?? this.text.length).trim();
  }
}
