/** Puts candidates into a text, each on lines of its own, and finds them again by line. */
import { textOf, type Candidate } from './candidate.ts';

export interface Edited {
  readonly text: string;
  /** Candidate by line of the new text, from 1. */
  readonly lines: ReadonlyMap<number, Candidate>;
  /** Line of the base that a line of the new text is, or is nearest to. */
  baseLine(line: number): number;
}

export interface Muting {
  readonly offset: number;
  readonly text: string;
  /** Only where what was checked is not assumed. */
  readonly apart?: boolean;
}

/** @param muted small insertions without a line of their own; @param assumesChecked as Dafny does, and as every text that is offered must be */
export function insert(base: string, candidates: readonly Candidate[], muted: readonly Muting[] = [], assumesChecked = true): Edited {
  const groups = new Map<number, Candidate[]>();
  for (const candidate of candidates) { const list = groups.get(candidate.offset); if (list) list.push(candidate); else groups.set(candidate.offset, [candidate]); }
  const edits: { offset: number; pieces: (string | Candidate)[] }[] = muted.filter((one) => !assumesChecked || !one.apart).map(({ offset, text }) => ({ offset, pieces: [text] }));
  const end = base.includes('\r\n') ? '\r\n' : '\n';
  for (const [offset, group] of groups) {
    const ordered = [...group].sort((a, b) => a.order - b.order);
    const lineStart = base.lastIndexOf('\n', offset - 1) + 1;
    const before = base.slice(lineStart, offset);
    if (before.trim() === '') edits.push({ offset: lineStart, pieces: ordered.flatMap((one) => [one.indent, one, end]) });
    else edits.push({ offset, pieces: [end, ...ordered.flatMap((one) => [one.indent, one, end]), /^[ \t]*/.exec(before)![0]] });
  }
  edits.sort((a, b) => a.offset - b.offset);
  let text = '', line = 1, at = 0, own = 1;
  const from: number[] = [0, 1];
  const lines = new Map<number, Candidate>();
  const add = (piece: string, ofBase = false): void => {
    text += piece;
    for (let found = piece.indexOf('\n'); found >= 0; found = piece.indexOf('\n', found + 1)) { if (ofBase) own++; from[++line] = own; }
  };
  for (const { offset, pieces } of edits) {
    add(base.slice(at, offset), true);
    at = offset;
    for (const piece of pieces) {
      if (typeof piece === 'string') { add(piece); continue; }
      const first = line;
      add(textOf(piece, assumesChecked));
      for (let of = first; of <= line; of++) lines.set(of, piece);
    }
  }
  add(base.slice(at), true);
  return { text, lines, baseLine: (wanted) => from[wanted] ?? own };
}
