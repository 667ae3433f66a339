/** What `lean --json` says while it elaborates, and what Assay's audit of a build prints. */
import { type Lie, type Reader } from './reader.ts';

type Messages = typeof import('../../../toolchains/lean/messages.ts');
type Audit = typeof import('../../../toolchains/lean/audit.ts');
interface Question { readonly truncated?: true }

const SOURCE = 'theorem a : True := trivial\ntheorem b : 1 = 1 := by sorry\n';
/** As Lean 4.31 writes it. */
const message = (severity: string, line: number, data: string, kind = '[anonymous]'): string => `${JSON.stringify({ caption: '', data, endPos: { column: 9, line }, fileName: 'X.lean', isSilent: false, keepFullRange: false, kind, pos: { column: 8, line }, severity })}\n`;
const warnings = message('warning', 2, 'declaration uses `sorry`', 'hasSorry') + message('information', 1, 'note') + message('warning', 1, 'unused variable', 'linter.unusedVariables');
const lie = (name: string, text: string, question: Question = {}): Lie<Question> => ({ name, text, question });

/** A file without an error; that Lean also wrote the module is asked elsewhere (test/toolchains/lean). */
export const leanMessages: Reader<Messages, Question> = {
  name: 'Lean messages',
  source: 'toolchains/lean/messages.ts',
  load: () => import('../../../toolchains/lean/messages.ts'),
  green(module, text, { truncated = false }) {
    const reading = module.readMessages(Buffer.from(text), truncated, SOURCE);
    return reading.doubt === undefined && !reading.messages.some((one) => one.severity === 'error') ? ['no error'] : [];
  },
  recordings: [{ name: 'lean 4.31, warnings', text: warnings, question: {}, records: { 'no error': [] }, end: /^/ }],
  lies: [
    lie('cut by us', warnings, { truncated: true }), lie('cut inside a line', `${warnings}{"severity":"err`), lie('an error that is half', `${warnings}{"severity":"error"\n`), lie('an error without a place', `${warnings}{"severity":"error","data":"x","fileName":"X.lean","kind":"x"}\n`),
    lie('an error', `${warnings}${message('error', 1, 'type mismatch')}`), lie('of an unknown gravity', `${warnings}${message('fatal', 1, 'x')}`),
  ],
};

const NONCE = '0123456789abcdef';
interface Told { readonly name: string; readonly axioms?: readonly string[]; readonly more?: Readonly<Record<string, unknown>> }
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const record = ({ name, axioms = [], more = {} }: Told): string => line({ nonce: NONCE, name, kind: 'theorem', private: false, unsafe: false, axioms, missing: [], ...more });
const head = line({ nonce: NONCE, begin: 'X', lean: '4.31.0' }), end = (count: number): string => line({ nonce: NONCE, end: 'X', count });
const a: Told = { name: 'a', axioms: ['propext'] }, b: Told = { name: 'b', axioms: ['sorryAx'] }, c: Told = { name: 'c' };

export const leanAudit: Reader<Audit, Question> = {
  name: 'Lean axioms',
  source: 'toolchains/lean/audit.ts',
  load: () => import('../../../toolchains/lean/audit.ts'),
  green(module, text, { truncated = false }) {
    const reading = module.readAudit(Buffer.from(text), truncated, NONCE, 'X');
    if (reading.kind !== 'read') return [];
    return [...reading.constants.values()].filter((one) => { const { sorry, others } = module.sortAxioms(one.axioms); return !sorry && others.length === 0; }).map((one) => one.name);
  },
  recordings: [{ name: 'three theorems', text: head + record(a) + record(b) + record(c) + end(3), question: {}, records: { a: [/"begin":"X"/, /"name":"a"/, /"count":3/], c: [/"begin":"X"/, /"name":"c"/, /"count":3/] }, end: /"end":"X","count":3/ }],
  lies: [
    lie('cut by us', head + record(a) + end(1), { truncated: true }), lie('its last line without an end', (head + record(a) + end(1)).trimEnd()), lie('the beginning of another module', line({ nonce: NONCE, begin: 'Y', lean: '4.31.0' }) + record(a) + end(1)),
    lie('no beginning', record(c) + record(a) + end(1)), lie('no end', head + record(a) + record(c)), lie('another count', head + record(a) + end(2)), lie('the end of another module', head + record(a) + line({ nonce: NONCE, end: 'Y', count: 1 })),
    lie('a line of someone else', head + record(a) + record({ ...c, more: { nonce: 'f00' } }) + end(2)), lie('a line that is not whole', head + record({ ...a, more: { unsafe: 'no' } }) + end(1)),
    lie('a line that names what is not in the build', head + record({ ...a, more: { missing: ['Gone'] } }) + end(1)), lie('a name twice', head + record(b) + record({ name: 'b' }) + end(2)),
    lie('an axiom of its own', head + record({ name: 'a', axioms: ['conjured'] }) + end(1)),
  ],
};
