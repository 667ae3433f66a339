/** The log of `dafny verify --json-output --log-format json`. */
import { RECORDED, recorded, SHARED, type Lie, type Reader, type Recording } from './reader.ts';

type Log = typeof import('../../../toolchains/dafny/log.ts');
interface Question { readonly truncated?: true }

const status = (value: string): string => `${JSON.stringify({ type: 'status', value })}\n`;
const closing = (verified: number, errors: number): string => status(`\nDafny program verifier finished with ${verified} verified, ${errors} error${errors === 1 ? '' : 's'}\n`);
interface Told { readonly name: string; readonly outcome?: string; readonly tasks?: readonly string[] }
const log = (...symbols: readonly Told[]): string => status(JSON.stringify({
  verificationResults: symbols.map(({ name, outcome = 'Correct', tasks = ['Valid'] }) => ({ name: `${name} (correctness)`, outcome, runTime: '00:00:00', resourceCount: 1, vcResults: tasks.map((task, index) => ({ vcNum: index + 1, outcome: task, runTime: '00:00:00.1', resourceCount: 1, assertions: [] })) })),
}));
const lie = (name: string, text: string, question: Question = {}): Lie<Question> => ({ name, text, question });
const A: Told = { name: 'A' }, B: Told = { name: 'B' };

function recording(name: string, symbols: readonly string[], text: string | undefined): Recording<Question>[] {
  return text === undefined ? [] : [{
    name, text, question: {}, records: Object.fromEntries(symbols.map((symbol) => [symbol, [/finished with \d+ verified/, new RegExp(`u0022${symbol.replace(/[()]/g, '\\$&')}.{1,5}u0022,`)]])), end: /verificationResults/, mayEndOpen: true,
  }];
}

export const dafnyLog: Reader<Log, Question> = {
  name: 'Dafny log',
  source: 'toolchains/dafny/log.ts',
  load: () => import('../../../toolchains/dafny/log.ts'),
  green(module, text, { truncated = false }) {
    const reading = module.readLog(Buffer.from(text, 'latin1'), truncated);
    if (!reading.closing || reading.doubt !== undefined) return [];
    return (reading.symbols ?? []).filter((symbol) => symbol.tasks.length > 0 && symbol.tasks.every((task) => task.outcome === 'Valid')).map((symbol) => `${symbol.name} (${symbol.aspect})`);
  },
  recordings: [
    ...recording('dafny-4.11-mixed', ['Sorted (well-formedness)', 'Search (well-formedness)', 'Search (correctness)', 'Sum (well-formedness)', 'Assumed (correctness)'], recorded(RECORDED, 'dafny-4.11-mixed.txt')),
    ...recording('mixed-log-json (shared)', ['Sorted (well-formedness)', 'Search (well-formedness)', 'Search (correctness)', 'Sum (well-formedness)', 'Assumed (correctness)'], recorded(SHARED, 'dafny-4.11/mixed-log-json.stdout')),
    { name: 'two lemmas', text: closing(2, 0) + log(A, B) + status('done'), question: {}, records: Object.fromEntries(['A', 'B'].map((name) => [`${name} (correctness)`, [/finished with 2 verified/, new RegExp(`${name} \\(correctness\\)`)]])), end: /^/, mayEndOpen: true },
  ],
  lies: [
    lie('cut by us', closing(1, 0) + log(A), { truncated: true }),
    lie('a log that cannot be read beside one that can', closing(1, 0) + log(A) + status('{"verificationResults":[{"name":"B"}]}')),
    lie('two results', closing(1, 0) + closing(1, 0) + log(A)), lie('two logs', closing(1, 0) + log(A) + log({ ...A, outcome: 'Errors', tasks: ['Invalid'] })),
    lie('another count', closing(2, 0) + log(A)), lie('no error for a task that is invalid', closing(1, 0) + log(A, { name: 'B', outcome: 'Errors', tasks: ['Invalid'] })),
    lie('errors, and all tasks valid', closing(1, 1) + log({ name: 'A', outcome: 'Errors' })), lie('no last line', log(A)), lie('no log', closing(1, 0)),
    lie('the last line in plain words', `Dafny program verifier finished with 1 verified, 0 errors\n${log(A)}`), lie('the last line with more to it', status('Dafny program verifier finished with 1 verified, 0 errors, perhaps') + log(A)),
  ],
};
