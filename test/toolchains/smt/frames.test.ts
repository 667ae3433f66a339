/** The reader of framed output, driven by mutations of a real success: no answer without its own complete frame. */
import { describe, expect, it } from 'vitest';
import { expectedTags, readFrames, type FramePlan } from '../../../toolchains/smt/frames.ts';
import { standingAnswers } from '../../../toolchains/smt/standing.ts';

const plan: FramePlan = { nonce: '0123456789abcdef0123456789abcdef', checks: [1, 2, 3] };
const [start, begin1, end1, details1, begin2, end2, details2, begin3, end3, details3, done] = expectedTags(plan) as readonly string[];
const success = [
  start, begin1, 'unsat', end1, '(:reason-unknown "unknown")', '(error "line 3 column 70: model is not available")', details1,
  begin2, 'sat', end2, '(', '  (define-fun x () Int', '    1)', ')', details2, begin3, 'unsat', end3, details3, done,
] as readonly string[];

const text = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
const exited = { exit: { code: 0, signal: null, reason: 'exited' }, stdout: { content: Buffer.alloc(0), bytes: 0, truncated: false } } as const;
const ended = { ...exited, exit: { code: null, signal: 'SIGKILL', reason: 'wall' } } as const;
const standing = (lines: readonly string[], result: Parameters<typeof standingAnswers>[1] = exited): string =>
  standingAnswers(readFrames(text(lines), plan), result).map((answer) => `${answer.check}${answer.answer}`).join(' ');

describe('frames', () => {
  it('reads a whole output', () => {
    expect(standing(success)).toBe('1unsat 2sat 3unsat');
    expect(readFrames(text(success), plan)).toMatchObject({ complete: true, ended: true, open: undefined });
  });

  it('reads tags in quotes and Windows line ends', () => {
    expect(standing(success.map((line) => (line.startsWith('assay-') ? `"${line}"` : line)))).toBe('1unsat 2sat 3unsat');
    expect(standing(success.map((line) => `${line}\r`))).toBe('1unsat 2sat 3unsat');
  });

  it('lets nothing stand where the output of an exited solver was cut, at any byte', () => {
    const whole = text(success);
    for (let length = 0; length < whole.length; length++)
      expect(standingAnswers(readFrames(whole.subarray(0, length), plan), exited), String(length)).toEqual([]);
  });

  it('lets only complete frames stand where the solver was ended by us', () => {
    for (let lines = 0; lines <= success.length; lines++) {
      const expected = [success.indexOf(end1!), success.indexOf(end2!), success.indexOf(end3!)].filter((at) => at < lines).length;
      expect(standing(success.slice(0, lines), ended).split(' ').filter(Boolean).length, String(lines)).toBe(expected);
    }
  });

  it('lets no check stand that a dropped line belongs to, nor a later one', () => {
    success.forEach((line, at) => {
      const left = standing(success.filter((_, index) => index !== at));
      const owner = [details1, details2, details3].findIndex((tag) => at <= success.indexOf(tag!));
      // Text of the details is only shown; tags and answers decide.
      const decides = line.startsWith('assay-') || line === 'sat' || line === 'unsat';
      if (!decides) return;
      for (const number of [1, 2, 3]) {
        const tagOfDetails = line === [details1, details2, details3][number - 1];
        if (owner + 1 <= number && !(tagOfDetails && owner + 1 === number)) expect(left, line).not.toContain(String(number));
      }
      if (owner < 0) expect(left).toBe('');
    });
  });

  it('voids from a doubled line on', () => {
    success.forEach((line, at) => {
      if (!line.startsWith('assay-') && line !== 'sat' && line !== 'unsat') return;
      const left = standing([...success.slice(0, at + 1), line, ...success.slice(at + 1)]);
      const owner = [end1, end2, end3].findIndex((tag) => at < success.indexOf(tag!));
      for (const number of [1, 2, 3]) if (owner >= 0 && number >= owner + 1) expect(left, `${line} twice`).not.toContain(String(number));
    });
  });

  it.each([
    ['an error before the answer', [start, '(error "line 2 column 1: unknown constant x")', begin1, 'unsat', end1, details1]],
    ['text in front', [start, 'unsat', begin1, 'unsat', end1, details1]],
    ['an error inside', [start, begin1, '(error "line 2 column 1: unknown constant x")', 'unsat', end1, details1]],
    ['two answers', [start, begin1, 'unsat', 'unsat', end1, details1]],
    ['an answer with blanks', [start, begin1, ' unsat', end1, details1]],
    ['no answer', [start, begin1, end1, details1]],
    ['another word', [start, begin1, 'timeout', end1, details1]],
    ['tags in another order', [start, end1, 'unsat', begin1, details1]],
    ['a tag within a line', [start, `x${begin1}`, 'unsat', end1, details1]],
    ['another nonce', [start, begin1!.replace('0', 'f'), 'unsat', end1!.replace('0', 'f'), details1]],
  ] as const)('voids all after %s', (_, lines) => {
    expect(standing([...lines, ...success.slice(success.indexOf(begin2!))] as string[])).toBe('');
  });

  it('passes over an option that this version does not know, with its list', () => {
    const error = [`(error "line 1 column 21: unknown parameter 'foo' at module 'smt'`, 'Legal parameters are:', '  arith.nl (bool) (default: true)', '  qi.cost (string) (default: (+ weight generation))")'];
    expect(standing([start!, ...error, ...success.slice(1)])).toBe('1unsat 2sat 3unsat');
    expect(standing([start!, ...error.slice(0, -1), '(error "line 9 column 1: unknown constant x")', ...success.slice(1)])).toBe('');
  });

  it('believes nothing of a process that broke', () => {
    expect(standing(success, { ...exited, exit: { code: null, signal: 'SIGSEGV', reason: 'signalled' } })).toBe('');
  });
});
