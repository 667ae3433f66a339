/**
 * Reads DIMACS CNF, strictly: what two solvers could read differently is refused with the line and a remedy, so
 * that a verdict means the same formula to everyone. Takes the file in chunks of any size.
 *
 * Accepted: comments (`c` where a token may begin, up to the end of the line), one header `p cnf V C` before the
 * first clause, clauses over any number of lines, CR LF, and SATLIB's end mark (a line `%`, then `0`).
 */
import type { Formula } from './formula.ts';

/** A solver keeps variable v as 2·v or 2·v+1 in a signed 32-bit integer (MiniSat, PicoSAT): larger ones would wrap. */
export const MAXIMUM_VARIABLE = 2 ** 30 - 1;
const MAXIMUM_CLAUSES = 2 ** 31 - 1;
/** A header longer than this is no header. */
const MAXIMUM_HEADER_BYTES = 200;

export type Parsed =
  | { readonly ok: true; readonly formula: Formula }
  | { readonly ok: false; readonly line: number; readonly problem: string };

export function parseDimacs(bytes: Uint8Array): Parsed {
  const parser = new DimacsParser();
  parser.push(bytes);
  return parser.finish();
}

const enum Place { Body, Comment, Header, AfterEnd }

const NEWLINE = 10, RETURN = 13, SPACE = 32, TAB = 9, MINUS = 45, ZERO = 48, NINE = 57, PERCENT = 37;

export class DimacsParser {
  #place = Place.Body;
  #line = 1;
  #bytes = 0;
  #defect: { line: number; problem: string } | undefined;
  #header: { variables: number; clauses: number } | undefined;
  #headerText = '';
  #literals = new Int32Array(1024);
  #length = 0;
  #clauses = 0;
  #largest = 0;
  /** Line on which the open clause began, 0 where none is open. */
  #openSince = 0;
  #negative = false;
  #digits = 0;
  #value = 0;

  push(chunk: Uint8Array): void {
    if (this.#defect) return;
    if (this.#bytes === 0 && chunk[0] === 0xef) return this.#fail('starts with a byte-order mark or is not ASCII text; save it as plain ASCII without a mark');
    if (this.#bytes === 0 && (chunk[0] === 0xff || chunk[0] === 0xfe)) return this.#fail('is UTF-16 text or binary; save it as plain ASCII');
    this.#bytes += chunk.length;
    for (let i = 0; i < chunk.length && !this.#defect; i++) {
      const byte = chunk[i]!;
      switch (this.#place) {
        case Place.Comment: {
          const end = chunk.indexOf(NEWLINE, i);
          const nul = chunk.subarray(i, end < 0 ? chunk.length : end).indexOf(0);
          if (nul >= 0) { this.#fail('holds a NUL byte: this is a binary file'); break; }
          if (end < 0) return;
          i = end;
          this.#line++;
          this.#place = Place.Body;
          break;
        }
        case Place.Header:
          if (byte === NEWLINE) { this.#readHeader(); this.#line++; } else this.#headerText += String.fromCharCode(byte);
          if (this.#headerText.length > MAXIMUM_HEADER_BYTES) this.#fail('has a header line that never ends');
          break;
        case Place.AfterEnd:
          if (byte === NEWLINE) this.#line++;
          else if (byte !== SPACE && byte !== TAB && byte !== RETURN && byte !== ZERO) this.#fail('has text after the end mark "%"; remove it');
          break;
        case Place.Body:
          i = this.#plain(chunk, i);
          if (i < chunk.length) this.#body(chunk[i]!);
          break;
      }
    }
  }

  finish(): Parsed {
    if (!this.#defect && this.#bytes === 0) this.#fail('is empty; a DIMACS file needs at least the header "p cnf VARIABLES CLAUSES"');
    if (!this.#defect && this.#place === Place.Header) this.#readHeader();
    if (!this.#defect) this.#endToken();
    if (!this.#defect && !this.#header) this.#fail('has no header "p cnf VARIABLES CLAUSES"');
    if (!this.#defect && this.#openSince > 0) this.#fail(`ends inside the clause that began on line ${this.#openSince}; close it with 0`);
    const header = this.#header;
    if (!this.#defect && header && header.clauses !== this.#clauses)
      this.#fail(`declares ${header.clauses} clauses and has ${this.#clauses}; correct the header or the clauses`);
    if (this.#defect) return { ok: false, ...this.#defect };
    return {
      ok: true,
      formula: {
        declaredVariables: header!.variables, largestVariable: this.#largest, clauses: this.#clauses,
        literals: this.#literals.subarray(0, this.#length),
      },
    };
  }

  #fail(problem: string): void {
    this.#defect ??= { line: this.#line, problem };
  }

  /** The quick way through numbers, blanks and line ends; stops before the first byte that `#body` must judge. */
  #plain(chunk: Uint8Array, start: number): number {
    if (!this.#header) return start;
    const { variables } = this.#header;
    let literals = this.#literals, length = this.#length, clauses = this.#clauses, largest = this.#largest;
    let line = this.#line, openSince = this.#openSince, value = this.#value, digits = this.#digits, negative = this.#negative;
    let i = start;
    for (; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte >= ZERO && byte <= NINE) {
        const next = value * 10 + (byte - ZERO);
        if (next > MAXIMUM_VARIABLE) break;
        value = next;
        digits++;
      } else if (byte === SPACE || byte === NEWLINE) {
        if (digits > 0) {
          if (value > variables || (value === 0 && negative)) break;
          if (length === literals.length) { this.#grow(); literals = this.#literals; }
          literals[length++] = negative ? -value : value;
          if (value === 0) { clauses++; openSince = 0; }
          else {
            if (value > largest) largest = value;
            if (openSince === 0) openSince = line;
          }
          negative = false;
          digits = 0;
          value = 0;
        } else if (negative) break;
        if (byte === NEWLINE) line++;
      } else if (byte === MINUS && digits === 0 && !negative) negative = true;
      else break;
    }
    this.#length = length; this.#clauses = clauses; this.#largest = largest;
    this.#line = line; this.#openSince = openSince; this.#value = value; this.#digits = digits; this.#negative = negative;
    return i;
  }

  #body(byte: number): void {
    if (byte >= ZERO && byte <= NINE) {
      this.#value = this.#value * 10 + (byte - ZERO);
      this.#digits++;
      if (this.#value > MAXIMUM_VARIABLE) this.#fail(`has a number above ${MAXIMUM_VARIABLE}, the largest variable that solvers can hold`);
    } else if (byte === SPACE || byte === TAB || byte === RETURN || byte === NEWLINE) {
      this.#endToken();
      if (byte === NEWLINE) this.#line++;
    } else if (this.#digits > 0 || this.#negative) {
      this.#fail(`has ${describe(byte)} inside a number`);
    } else if (byte === MINUS) {
      this.#negative = true;
    } else if (byte === 0x63 /* c */) {
      this.#place = Place.Comment;
    } else if (byte === 0x70 /* p */) {
      if (this.#header) this.#fail('has a second header');
      else if (this.#openSince > 0) this.#fail('has its header inside a clause');
      else { this.#place = Place.Header; this.#headerText = 'p'; }
    } else if (byte === PERCENT) {
      if (!this.#header) this.#fail('has the end mark "%" before the header');
      else if (this.#openSince > 0) this.#fail(`has the end mark "%" inside the clause that began on line ${this.#openSince}`);
      else this.#place = Place.AfterEnd;
    } else if (byte === 0x78 /* x */) {
      this.#fail('has an XOR clause ("x"), an extension of one solver; write it as plain clauses');
    } else if (byte === 0x61 || byte === 0x65 /* a, e */) {
      this.#fail('has a quantifier line: this is QDIMACS, which no SAT solver reads');
    } else {
      this.#fail(`has ${describe(byte)} where a literal, a comment or the header belongs`);
    }
  }

  #endToken(): void {
    if (this.#digits === 0) {
      if (this.#negative) this.#fail('has a minus without a number');
      return;
    }
    if (!this.#header) return this.#fail('has a clause before the header "p cnf VARIABLES CLAUSES"');
    const value = this.#value;
    if (value === 0 && this.#negative) return this.#fail('has "-0", which is neither a literal nor the end of a clause');
    if (value > this.#header.variables) return this.#fail(`uses variable ${value} and declares ${this.#header.variables}`);
    if (this.#length === this.#literals.length) this.#grow();
    this.#literals[this.#length++] = this.#negative ? -value : value;
    if (value === 0) { this.#clauses++; this.#openSince = 0; }
    else {
      if (value > this.#largest) this.#largest = value;
      if (this.#openSince === 0) this.#openSince = this.#line;
    }
    this.#negative = false;
    this.#digits = 0;
    this.#value = 0;
  }

  #grow(): void {
    const larger = new Int32Array(this.#literals.length * 2);
    larger.set(this.#literals);
    this.#literals = larger;
  }

  #readHeader(): void {
    this.#place = Place.Body;
    const text = this.#headerText.trim();
    const words = text.split(/[ \t]+/);
    if (words[0] !== 'p') return this.#fail(`has ${JSON.stringify(text)} where the header "p cnf VARIABLES CLAUSES" belongs`);
    if (words[1] !== 'cnf') return this.#fail(`has the header ${JSON.stringify(text)}: only "p cnf" is read`);
    if (words.length !== 4 || !/^\d+$/.test(words[2]!) || !/^\d+$/.test(words[3]!)) return this.#fail(`has the header ${JSON.stringify(text)}; it must be "p cnf VARIABLES CLAUSES"`);
    const variables = Number(words[2]), clauses = Number(words[3]);
    if (variables > MAXIMUM_VARIABLE) return this.#fail(`declares ${words[2]} variables; solvers hold at most ${MAXIMUM_VARIABLE}`);
    if (clauses > MAXIMUM_CLAUSES) return this.#fail(`declares ${words[3]} clauses; at most ${MAXIMUM_CLAUSES} can be held`);
    this.#header = { variables, clauses };
  }
}

function describe(byte: number): string {
  if (byte === 0) return 'a NUL byte';
  return byte > 32 && byte < 127 ? `"${String.fromCharCode(byte)}"` : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
}
