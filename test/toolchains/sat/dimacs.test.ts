import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DimacsParser, parseDimacs } from '../../../toolchains/sat/dimacs.ts';
import { dimacsChunks } from '../../../toolchains/sat/write-dimacs.ts';

function literals(text: string | Buffer): number[] {
  const parsed = parseDimacs(Buffer.from(text as string, 'latin1'));
  if (!parsed.ok) throw new Error(parsed.problem);
  return [...parsed.formula.literals];
}

describe('DIMACS that is read', () => {
  it.each([
    ['comments before, between and inside clauses', 'c a\nc\np cnf 3 2\n1 c rest\n2 0\nc p cnf 9 9\n-3 0\n', [1, 2, 0, -3, 0]],
    ['a comment without a blank', 'p cnf 3 1\nc1 -2 3 0\n1 2 3 0\n', [1, 2, 3, 0]],
    ['a clause over several lines, several on one', 'p cnf 3 3\n1\n2\n3 0 -1 0\t-2 0', [1, 2, 3, 0, -1, 0, -2, 0]],
    ['CR LF', 'p cnf 2 1\r\n1 -2 0\r\n', [1, -2, 0]],
    ['the empty clause', 'p cnf 0 1\n0\n', [0]],
    ['no clause at all', 'p cnf 5 0\n', []],
    ['SATLIB\'s end mark', 'p cnf 2 1\n 1 -2 0\n%\n0\n\n', [1, -2, 0]],
    ['repeated and opposite literals, as they stand', 'p cnf 1 1\n1 1 -1 0\n', [1, 1, -1, 0]],
    ['a comment that is not UTF-8', 'c \xff\xfe\np cnf 1 1\n1 0\n', [1, 0]],
  ])('%s', (_, text, expected) => { expect(literals(text)).toEqual(expected); });

  it('the same in chunks of any size', () => {
    const text = Buffer.from('c x\np cnf 12 3\n1 -12 0\nc y z\n-3 4\n 5 0 -6 0\n%\n0\n');
    for (let size = 1; size < text.length; size++) {
      const parser = new DimacsParser();
      for (let at = 0; at < text.length; at += size) parser.push(text.subarray(at, at + size));
      expect(parser.finish()).toEqual(parseDimacs(text));
    }
  });

  it('what is written for the solver is what was read', () => {
    const literal = fc.integer({ min: 1, max: 2 ** 30 - 1 }).chain((variable) => fc.constantFrom(variable, -variable));
    fc.assert(fc.property(fc.array(fc.array(literal, { maxLength: 5 }), { maxLength: 40 }), (clauses) => {
      const text = `p cnf ${2 ** 30 - 1} ${clauses.length}\n${clauses.map((clause) => [...clause, 0].join(' ')).join('\n')}\n`;
      const first = parseDimacs(Buffer.from(text));
      if (!first.ok) throw new Error(first.problem);
      expect([...first.formula.literals]).toEqual(clauses.flatMap((clause) => [...clause, 0]));
      const again = parseDimacs(Buffer.concat([...dimacsChunks(first.formula)]));
      expect(again.ok && [...again.formula.literals]).toEqual([...first.formula.literals]);
    }));
  });
});

describe('DIMACS that is refused', () => {
  it.each([
    ['', 1, /empty/],
    ['c only a comment\n', 2, /no header/],
    ['1 2 0\n', 1, /before the header/],
    ['p cnf 2 1\n1 0\n2 0\n', 4, /declares 1 clauses and has 2/],
    ['p cnf 2 3\n1 0\n2 0\n', 4, /declares 3 clauses and has 2/],
    ['p cnf 2 1\n1 3 0\n', 2, /variable 3 and declares 2/],
    ['p cnf 2 1\np cnf 2 1\n1 0\n', 2, /second header/],
    ['p cnf 2 1\n1\np cnf 2 1\n', 3, /second header/],
    ['p cnf 2 1\n1 -0\n', 2, /"-0"/],
    ['p cnf 2 1\n1 -00\n', 2, /"-0"/],
    ['p cnf 2 1\n1 - 2 0\n', 2, /minus without a number/],
    ['p cnf 2 1\n1 2-0\n', 2, /"-" inside a number/],
    ['p cnf 2 1\n1 +2 0\n', 2, /"\+"/],
    ['p cnf 2 1\n1 99999999999999999999 0\n', 2, /largest variable/],
    ['p cnf 99999999999 1\n1 0\n', 1, /at most/],
    ['p cnf 2 99999999999\n1 0\n', 1, /at most/],
    ['p cnf -2 1\n1 0\n', 1, /must be "p cnf/],
    ['p cnf 2\n1 0\n', 1, /must be "p cnf/],
    ['p cnf 2 1 7\n1 0\n', 1, /must be "p cnf/],
    ['p inccnf\n1 0\n', 1, /only "p cnf"/],
    ['p wcnf 2 1 3\n1 0\n', 1, /only "p cnf"/],
    ['p cnf 2 1\nx1 2 0\n', 2, /XOR/],
    ['p cnf 2 1\ne 1 0\n1 0\n', 2, /QDIMACS/],
    ['p cnf 2 1\n1 2\n', 3, /ends inside the clause that began on line 2/],
    ['p cnf 2 1\n1 2\n%\n0\n', 3, /inside the clause/],
    ['%\n0\n', 1, /before the header/],
    ['p cnf 2 1\n1 0\n%\n0\n-1 0\n', 5, /after the end mark/],
    ['\xef\xbb\xbfp cnf 1 1\n1 0\n', 1, /byte-order mark/],
    ['\xff\xfep\0', 1, /UTF-16/],
    ['p cnf 2 1\n1 \0 0\n', 2, /NUL/],
    ['c \0\np cnf 1 1\n1 0\n', 1, /NUL/],
    ['\x7fELF\x02\x01', 1, /0x7f/],
    ['(set-logic QF_UF)\n', 1, /"\("/],
    [`p${' '.repeat(300)}cnf 1 1\n1 0\n`, 1, /never ends/],
  ])('%j', (text, line, problem) => {
    const parsed = parseDimacs(Buffer.from(text, 'latin1'));
    expect(parsed.ok ? undefined : parsed.problem).toMatch(problem);
    expect(parsed.ok ? undefined : parsed.line).toBe(line);
  });

  it('every file that was cut short, but for blanks at its end', () => {
    const whole = 'c x\np cnf 12 3\n1 -12 0\n-3 4\n 5 0\n-6 0\n';
    for (let end = 0; end < whole.length - 1; end++) expect(parseDimacs(Buffer.from(whole.slice(0, end))).ok).toBe(false);
  });
});
