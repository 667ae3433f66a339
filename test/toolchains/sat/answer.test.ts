import { describe, expect, it } from 'vitest';
import { CLASP, COMPETITION, MINISAT, readAnswer, type AnswerFormat, type Reading } from '../../../toolchains/sat/answer.ts';

function read(format: AnswerFormat, stdout: string, exitCode: number | null, more: { truncated?: boolean; file?: string } = {}): Reading {
  return readAnswer(format, {
    exitCode, stdout: Buffer.from(stdout), stdoutTruncated: more.truncated ?? false, ...(more.file === undefined ? {} : { resultFile: Buffer.from(more.file) }),
  });
}

const SAT = 's SATISFIABLE\nv 1 -2 3\nv -4 0\n';
const CLASP_SAT = 'c clasp version 3.3.5\nc Answer: 1\nv 1 2 0\ns SATISFIABLE\nc \nc CPU Time       : 0.000s\n';

describe('what counts as an answer', () => {
  it('a status with its exit code', () => {
    expect(read(COMPETITION, 's UNSATISFIABLE\n', 20)).toEqual({ kind: 'unsat' });
    expect(read(COMPETITION, 'c x\nc\ns SATISFIABLE\nv 0\n', 10)).toEqual({ kind: 'sat', model: new Int32Array() });
    expect(read(COMPETITION, SAT, 10)).toEqual({ kind: 'sat', model: Int32Array.of(1, -2, 3, -4) });
    expect(read(CLASP, CLASP_SAT, 30)).toEqual({ kind: 'sat', model: Int32Array.of(1, 2) });
    expect(read(COMPETITION, 's UNKNOWN\n', 0)).toEqual({ kind: 'unknown' });
    expect(read(MINISAT, 'WARNING: x\nSATISFIABLE\n', 10, { file: 'SAT\n1 -2 0\n' })).toEqual({ kind: 'sat', model: Int32Array.of(1, -2) });
    expect(read(MINISAT, 'UNSATISFIABLE\n', 20, { file: 'UNSAT\n' })).toEqual({ kind: 'unsat' });
    expect(read(MINISAT, 'INDETERMINATE\n', 0)).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['unsat with the code of sat', COMPETITION, 's UNSATISFIABLE\n', 10],
    ['unsat with code 0', COMPETITION, 's UNSATISFIABLE\n', 0],
    ['sat with the code of unsat', COMPETITION, SAT, 20],
    ['no exit code', COMPETITION, 's UNSATISFIABLE\n', null],
    ['two status lines that agree', COMPETITION, 's UNSATISFIABLE\ns UNSATISFIABLE\n', 20],
    ['two status lines that do not', COMPETITION, 's SATISFIABLE\ns UNSATISFIABLE\n', 20],
    ['a status in a comment', COMPETITION, 'c s UNSATISFIABLE\n', 20],
    ['a status behind a blank', COMPETITION, ' s UNSATISFIABLE\n', 20],
    ['a status with more words', COMPETITION, 's UNSATISFIABLE (cached)\n', 20],
    ['a status that breaks off', COMPETITION, 's UNSATISFIABLE', 20],
    ['half a word', COMPETITION, 's UNSAT\n', 20],
    ['nothing at all', COMPETITION, '', 20],
    ['a model and unsat', COMPETITION, 's UNSATISFIABLE\nv 1 0\n', 20],
    ['a model without its end', COMPETITION, 's SATISFIABLE\nv 1 -2\n', 10],
    ['a model that goes on', COMPETITION, 's SATISFIABLE\nv 1 0\nv 2 0\n', 10],
    ['a model with words', COMPETITION, 's SATISFIABLE\nv one 0\n', 10],
    ['no model', COMPETITION, 's SATISFIABLE\n', 10],
    ['an error line', COMPETITION, 'error: disk full\ns UNSATISFIABLE\n', 20],
    ['MiniSat without a result file', MINISAT, 'UNSATISFIABLE\n', 20],
  ])('not %s', (_, format, stdout, code) => { expect(read(format, stdout, code).kind).toBe('unreadable'); });

  it.each([
    ['the file contradicts', 'UNSATISFIABLE\n', 20, 'SAT\n1 0\n'],
    ['the file breaks off', 'SATISFIABLE\n', 10, 'SAT\n1 -2'],
    ['the file has no closing 0', 'SATISFIABLE\n', 10, 'SAT\n1 -2\n'],
    ['the file is empty', 'UNSATISFIABLE\n', 20, ''],
    ['INDET in the file', 'UNSATISFIABLE\n', 20, 'INDET\n'],
    ['two words', 'UNSATISFIABLE\nUNSATISFIABLE\n', 20, 'UNSAT\n'],
  ])('not where MiniSat: %s', (_, stdout, code, file) => { expect(read(MINISAT, stdout, code, { file }).kind).toBe('unreadable'); });

  it('not an output that was longer than what was kept', () => {
    expect(read(COMPETITION, 's UNSATISFIABLE\n', 20, { truncated: true }).kind).toBe('unreadable');
  });
});

describe('a recorded success, damaged', () => {
  const recorded = [
    { format: COMPETITION, text: 'c version\ns UNSATISFIABLE\nc end\n', code: 20, needed: 1 },
    { format: COMPETITION, text: SAT, code: 10, needed: 0 },
    { format: CLASP, text: CLASP_SAT, code: 30, needed: 3 },
  ];
  it.each(recorded)('$text', ({ format, text, code, needed }) => {
    const lines = text.split(/(?<=\n)/);
    for (let at = 0; at < lines.length; at++) {
      const cut = read(format, lines.slice(0, at).join(''), code);
      if (at <= needed) expect(cut.kind).toBe('unreadable');
      if (at === needed) {
        expect(read(format, lines.toSpliced(at, 1).join(''), code).kind).toBe('unreadable');
        expect(read(format, lines.toSpliced(at, 0, lines[at]!).join(''), code).kind).toBe('unreadable');
      }
      // A model line that is missing or there twice gives no complete model with the same literals.
      for (const damaged of [lines.toSpliced(at, 1), lines.toSpliced(at, 0, lines[at]!)]) {
        const reading = read(format, damaged.join(''), code);
        if (reading.kind === 'sat' && lines[at]!.startsWith('v')) expect(reading.model.length).not.toBe(4);
      }
    }
  });
});
