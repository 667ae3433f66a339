/** Frames of an SMT solver's output: the reader, and which answers stand when it ended by itself. */
import { readFrames } from '../../../toolchains/smt/frames.ts';
import { standingAnswers } from '../../../toolchains/smt/standing.ts';
import { RECORDED, recorded, type Reader, type Recording } from './reader.ts';

type Module = Pick<typeof import('../../../toolchains/smt/frames.ts'), 'readFrames'>;
type Standing = Pick<typeof import('../../../toolchains/smt/standing.ts'), 'standingAnswers'>;
interface Question { readonly checks: readonly number[] }

const NONCE = '0123456789abcdef'.repeat(2);
const question: Question = { checks: [1, 2, 3] };
const tag = (name: string): string => `assay-${NONCE}-${name}`;
const record = (check: number): readonly RegExp[] => ['begin', 'end', 'details'].map((name) => new RegExp(`^"?${tag(`${check}-${name}`)}"?$`)).toSpliced(1, 0, /^unsat$/);

const recordings = ['z3-4.8.12', 'cvc5-1.0.3'].flatMap((solver): Recording<Question>[] => {
  const name = `${solver}-three-checks.txt`;
  const text = recorded(RECORDED, name);
  return text === undefined ? [] : [{ name, text, question, records: { 1: record(1), 3: record(3) }, end: new RegExp(`^"?${tag('done')}"?$`) }];
});
const lines = (...list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
const frame = (check: number, answer: readonly string[]): readonly string[] => [tag(`${check}-begin`), ...answer, tag(`${check}-end`), tag(`${check}-details`)];
const whole = (first: readonly string[]): string => lines(tag('start'), ...first, ...frame(2, ['sat']), ...frame(3, ['sat']), tag('done'));

function greenOf({ readFrames: read }: Module, { standingAnswers: standing }: Standing, text: string, checks: readonly number[]): readonly string[] {
  const stdout = { content: Buffer.from(text, 'latin1'), bytes: text.length, truncated: false };
  const reading = read(stdout.content, { nonce: NONCE, checks });
  return standing(reading, { exit: { code: 0, signal: null, reason: 'exited' }, stdout }).filter(({ answer }) => answer === 'unsat').map(({ check }) => String(check));
}

export const frames: Reader<Module, Question> = {
  name: 'smt frames',
  source: 'toolchains/smt/frames.ts',
  load: () => import('../../../toolchains/smt/frames.ts'),
  green: (module, text, { checks }) => greenOf(module, { standingAnswers }, text, checks),
  recordings,
  lies: [
    { name: 'an answer and an error', question, text: whole(frame(1, ['unsat', '(error "line 3 column 1: out of luck")'])) },
    { name: 'an error and an answer', question, text: whole(frame(1, ['(error "line 3 column 1: out of luck")', 'unsat'])) },
    { name: 'two answers', question, text: whole(frame(1, ['unsat', 'sat'])) },
    { name: 'an answer before its frame', question, text: lines(tag('start'), 'unsat', tag('1-begin'), tag('1-end'), tag('1-details'), tag('done')) },
    { name: 'an answer with a remark', question, text: whole(frame(1, ['unsat ; almost'])) },
    { name: 'an error before the first frame', question, text: lines(tag('start'), '(error "line 1 column 1: unknown constant x")', ...frame(1, ['unsat']), ...frame(2, ['sat']), ...frame(3, ['sat']), tag('done')) },
    { name: 'a strange line before the first frame', question, text: lines(tag('start'), 'success', ...frame(1, ['unsat']), ...frame(2, ['sat']), ...frame(3, ['sat']), tag('done')) },
    { name: 'frames in another order', question, text: lines(tag('start'), ...frame(2, ['sat']), ...frame(1, ['unsat']), ...frame(3, ['sat']), tag('done')) },
    { name: 'everything twice', question, text: whole(frame(1, ['unsat'])).repeat(2) },
    { name: 'tags that only hold the nonce', question, text: whole(frame(1, ['unsat'])).replace(tag('1-begin'), `x${tag('1-begin')}`) },
    { name: 'a details tag in place of an end tag', question, text: lines(tag('start'), tag('1-begin'), 'unsat', tag('1-details'), tag('1-end'), ...frame(2, ['sat']), ...frame(3, ['sat']), tag('done')) },
    { name: 'an error that only looks like an unknown option', question, text: lines(tag('start'), "(error \"line 1 column 1: unknown parameter 'x' and unknown constant y\")", ...frame(1, ['unsat']), ...frame(2, ['sat']), ...frame(3, ['sat']), tag('done')) },
  ],
};

/** The same outputs, by the file that says which answers of an ended run stand. */
export const standing: Reader<Standing, Question> = {
  name: 'smt answers that stand',
  source: 'toolchains/smt/standing.ts',
  load: () => import('../../../toolchains/smt/standing.ts'),
  green: (module, text, { checks }) => greenOf({ readFrames }, module, text, checks),
  recordings,
  lies: [],
};
