/** The JSON of `verus --output-json --time`. */
import { RECORDED, recorded, type Lie, type Reader, type Recording } from './reader.ts';

type Output = typeof import('../../../toolchains/verus/output.ts');
interface Question { readonly truncated?: true }
interface Told { readonly results?: Readonly<Record<string, unknown>>; readonly functions?: readonly { readonly name: string; readonly success?: boolean }[]; readonly details?: readonly string[]; readonly more?: Readonly<Record<string, unknown>> }

const VERUS = { version: '0.2026.06.07.cd03505' };
function report({ results = {}, functions = [{ name: 'a::f' }, { name: 'a::g' }], details = functions.map((one) => one.name), more = {} }: Told = {}): string {
  return `${JSON.stringify({
    'func-details': Object.fromEntries(details.map((name) => [name, {}])),
    'verification-results': { 'encountered-error': false, 'encountered-vir-error': false, success: true, verified: functions.length, errors: 0, 'is-verifying-entire-crate': true, ...results },
    'times-ms': { smt: { 'smt-run-module-times': [{ 'function-breakdown': functions.map(({ name, success = true }) => ({ function: name, 'mode:': 'proof', time: 0, success })) }] } }, verus: VERUS, ...more,
  }, null, 2)}\n`;
}
const lie = (name: string, text: string, question: Question = {}): Lie<Question> => ({ name, text, question });
const text = recorded(RECORDED, 'verus-0.2026.06.07-ok.json.txt');
const records = (names: readonly string[]): Recording<Question>['records'] => Object.fromEntries(names.map((name) => [name, [/"success": true/, new RegExp(`"function": "${name}"`), /"success": true/]]));

export const verusOutput: Reader<Output, Question> = {
  name: 'Verus JSON',
  source: 'toolchains/verus/output.ts',
  load: () => import('../../../toolchains/verus/output.ts'),
  green(module, said, { truncated = false }) {
    const reading = module.readOutput(Buffer.from(said, 'latin1'), truncated);
    if (reading.doubt !== undefined || reading.reports.some((one) => one.doubt !== undefined || one.encounteredVirError || one.entireCrate !== true || one.success === undefined || one.verified === undefined || one.errors === undefined)) return [];
    return reading.reports.flatMap((one) => (one.functions ?? []).filter((each) => each.success).map((each) => each.name));
  },
  recordings: [
    ...(text === undefined ? [] : [{ name: 'verus-0.2026.06.07-ok', text, question: {}, records: records(['ok::add1', 'ok::main', 'ok::min_le']), end: /^}$/, mayEndOpen: true } as const]),
    { name: 'two functions', text: report(), question: {}, records: records(['a::f', 'a::g']), end: /^}$/, mayEndOpen: true },
  ],
  lies: [
    lie('cut by us', report(), { truncated: true }), lie('a second report that is cut', `${report()}{ "verification-results": {`), lie('a second report that is no JSON', `${report()}{ no }\n`), lie('JSON of another shape', `${report()}{"verified": 3}\n`),
    lie('success stands twice', report().replace('"success": true,', '"success": false, "success": true,')), lie('of no Verus', report({ more: { verus: {} } })),
    lie('success and an error', report({ functions: [{ name: 'a::f' }, { name: 'a::g', success: false }], results: { 'encountered-error': true, success: true, verified: 1, errors: 1 } })),
    lie('no success and no error', report({ results: { success: false } })), lie('a function that it does not name', report({ details: ['a::f'] })),
    lie('more functions than it counts', report({ results: { verified: 1 } })), lie('errors, and no function failed', report({ results: { 'encountered-error': true, success: false, errors: 1 } })),
    lie('a record without success', report().replace(/"success": true\n/, '"rlimit": 3\n')), lie('a part of the crate', report({ results: { 'is-verifying-entire-crate': false } })), lie('no word of the crate', report({ results: { 'is-verifying-entire-crate': undefined } })),
  ],
};
