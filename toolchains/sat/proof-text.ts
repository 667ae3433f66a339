/** Reads the numbers of a text proof line by line, without making strings: proofs are long. */

export type ProofLine =
  | { readonly kind: 'end' }
  | { readonly kind: 'defect'; readonly line: number; readonly problem: string }
  /** `deletes` where a `d` stood at the beginning (DRAT) or after the first number (LRAT). */
  | { readonly kind: 'numbers'; readonly line: number; readonly deletes: boolean; readonly numbers: readonly number[] };

const END: ProofLine = { kind: 'end' };

export class ProofText {
  #at = 0;
  #line = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** The next line that is neither empty nor a comment. A last line without its newline is cut off: a defect. */
  next(): ProofLine {
    const { bytes } = this;
    for (;;) {
      if (this.#at >= bytes.length) return END;
      const end = bytes.indexOf(10, this.#at);
      this.#line++;
      if (end < 0) return { kind: 'defect', line: this.#line, problem: 'the proof breaks off inside a line' };
      const start = this.#at;
      this.#at = end + 1;
      if (end === start || bytes[start] === 0x63 /* c */) continue;
      return this.#numbers(start, end);
    }
  }

  #numbers(start: number, end: number): ProofLine {
    const { bytes } = this;
    const numbers: number[] = [];
    let deletes = false;
    for (let i = start; i < end;) {
      let byte = bytes[i]!;
      if (byte === 32 || byte === 13) { i++; continue; }
      if (byte === 0x64 /* d */ && numbers.length < 2 && !deletes) { deletes = true; i++; continue; }
      const negative = byte === 45;
      if (negative) i++;
      let value = 0;
      const digits = i;
      for (; i < end && (byte = bytes[i]!) >= 48 && byte <= 57; i++) value = value * 10 + byte - 48;
      if (i === digits || value > 0x7fffffff) return { kind: 'defect', line: this.#line, problem: 'the proof holds something that is no number' };
      numbers.push(negative ? -value : value);
    }
    return { kind: 'numbers', line: this.#line, deletes, numbers };
  }
}
