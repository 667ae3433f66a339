/** Splitting scripts into commands: strings, symbols, comments, depth, size and broken bytes. */
import { describe, expect, it } from 'vitest';
import { readScript } from '../../../toolchains/smt/script.ts';

const read = (text: string | Buffer) => readScript(typeof text === 'string' ? Buffer.from(text) : text);

describe('scanner', () => {
  it.each([
    ['a string with parentheses and quotes', '(declare-const s String)(assert (= s "a"")(check-sat)("))(check-sat)', 1],
    ['a check in a string', '(assert (= "(check-sat)" "x"))', 0],
    ['a check in a comment', '; (check-sat)\n(check-sat) ; (check-sat)', 1],
    ['a comment that a carriage return ends', '; old Mac\r(check-sat)', 1],
    ['a quoted symbol over lines', '(declare-const |a (check-sat)\nunsat " ; | Bool)(check-sat)', 1],
    ['blanks before the name', '( ; why not\n check-sat )', 1],
    ['a byte-order mark', '\ufeff(check-sat)', 1],
    ['Windows line ends', '(set-logic QF_BV)\r\n(check-sat)\r\n', 1],
    ['after exit', '(check-sat)(exit)(check-sat) garbage )(', 1],
    ['bytes beyond ASCII in a string and a symbol', Buffer.from([...Buffer.from('(declare-const |'), 0xff, 0xe4, ...Buffer.from('| Bool)(check-sat)')]), 1],
  ] as const)('%s', (_, text, checks) => {
    const script = read(text);
    expect(script.problem).toBeUndefined();
    expect(script.checks.length).toBe(checks);
  });

  it.each([
    ['an open parenthesis', '(check-sat)\n(assert (and true', 2, /never closed/],
    ['a spare parenthesis', '(check-sat)\n)', 2, /without its opening/],
    ['stray text', '(check-sat)\nunsat\n', 2, /belongs to no command/],
    ['an open string', '(check-sat)\n\n(assert "abc)', 3, /string that is never closed/],
    ['an open symbol', '(assert |abc)', 1, /quoted symbol that is never closed/],
    ['a backslash in a symbol', '(declare-const |a\\| Bool)', 1, /backslash/],
    ['NUL', '(check-sat)\n\0', 2, /NUL/],
    ['NUL in a string', '(assert "a\0b")', 1, /NUL/],
    ['a control character', '(check-sat\u0007)', 1, /0x07/],
    ['UTF-16', Buffer.from('\ufeff(check-sat)', 'utf16le'), 1, /UTF-16/],
    ['letters beyond ASCII outside strings', '(declare-const é Bool)', 1, /0xc3/],
  ] as const)('names the line of %s', (_, text, line, message) => {
    const { problem } = read(text);
    expect(problem?.line).toBe(line);
    expect(problem?.message).toMatch(message);
  });

  it('gives lines and columns in UTF-16 units', () => {
    const { checks } = read('(set-logic ALL)\n(assert (= "𝔸" "x")) (check-sat)\n  (check-sat)');
    expect(checks.map((check) => check.range.start)).toEqual([{ line: 2, column: 23 }, { line: 3, column: 3 }]);
  });

  it('applies a status to the next check only', () => {
    const { checks } = read('(set-info :status sat)(check-sat)(check-sat)(set-info :status unsat)(reset)(check-sat)(set-info :status unknown)(check-sat-assuming (a))');
    expect(checks.map((check) => check.status)).toEqual(['sat', undefined, undefined, 'unknown']);
  });

  it('refuses what follows a command that it does not know, or that reads a file', () => {
    for (const command of ['(include "x.smt2")', '(frobnicate)', '(|check-sat|)', '(declare-oracle-fun f (Int) Int "./program")']) {
      const { checks } = read(`(check-sat)${command}(check-sat)`);
      expect(checks.map((check) => check.refused !== undefined), command).toEqual([false, true]);
    }
  });

  it('reads a hundred thousand parentheses and 10 MB of garbage without recursion', () => {
    expect(read(`(assert ${'(not '.repeat(100_000)}true${')'.repeat(100_000)})(check-sat)`).checks.length).toBe(1);
    expect(read('('.repeat(10_000_000)).problem?.message).toMatch(/never closed/);
    expect(read(Buffer.alloc(10_000_000, 'x')).problem?.message).toMatch(/belongs to no command/);
    expect(read(Buffer.alloc(10_000_000, '; comment\n')).checks).toEqual([]);
  });

  it('reads one line with many checks in linear time', () => {
    const { checks } = read('(check-sat)'.repeat(200_000));
    expect(checks.at(-1)?.range.start).toEqual({ line: 1, column: 199_999 * 11 + 1 });
  });
});
