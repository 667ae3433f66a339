/** Programs that pass for Verus 0.2026.06.07 and its solver, in the recorded form: `ensures false` fails, the rest holds. */
import type { Program } from './case.ts';
import { node, shell } from './programs.ts';

export const solver: Program = shell('case "$1" in -smt2) printf "sat\\nunsat\\n";; *) echo "Z3 version 4.12.5 - 64 bit";; esac');

/**
 * `manner` sees `functions` ({name, bad, line}), `report(changes)` (the JSON object of an honest run with some of its parts
 * changed: `results`, `records`, `details`), `errors()` (the lines of standard error) and `answer(report, errors, code)`.
 */
export function verusLike(manner = 'honestly();'): Program {
  return node(`
if (args.includes('--version')) { console.log(JSON.stringify({ verus: { profile: 'release', version: '0.2026.06.07.cd03505', toolchain: '1.95.0-x86_64-unknown-linux-gnu' } }, null, 2)); return; }
const file = args[0];
const crate = file.split('/').at(-1).replace(/\\.rs$/, '');
const lines = fs.readFileSync(file, 'utf8').split('\\n');
const functions = lines.flatMap((text, index) => { const match = /^(?:proof )?fn (\\w+)\\(.*?\\)(?: ensures (.*?),)? \\{/.exec(text); return match ? [{ name: crate + '::' + match[1], bad: match[2] === 'false', line: index + 1 }] : []; });
const bad = functions.filter((one) => one.bad);
const record = (one) => ({ function: one.name, 'mode:': 'proof', time: 1, 'time-micros': 300, rlimit: 729, success: !one.bad });
const report = ({ results = {}, records = functions.map(record), details = functions.map((one) => one.name), more = {} } = {}) => ({
  'func-details': Object.fromEntries(details.map((name) => [name, { obligation_proof_notes: [], failed_proof_notes: [] }])),
  'verification-results': { 'encountered-error': bad.length > 0, 'encountered-vir-error': false, success: bad.length === 0, verified: functions.length - bad.length, errors: bad.length, 'is-verifying-entire-crate': true, ...results },
  'times-ms': { 'verus-build': { profile: 'release', version: '0.2026.06.07.cd03505' }, 'num-threads': 1, smt: { 'smt-run-module-times': [{ module: '', time: 1, 'function-breakdown': records }] } },
  verus: { profile: 'release', version: '0.2026.06.07.cd03505' }, ...more,
});
const message = (level, text, spans = [], code = null) => JSON.stringify({ '$message_type': 'diagnostic', message: text, code, level, spans, children: [] });
const span = (line) => ({ file_name: file, line_start: line, line_end: line, column_start: 1, column_end: 6, is_primary: true, label: null, text: [{ text: lines[line - 1], highlight_start: 1, highlight_end: 6 }] });
const errors = () => (bad.length === 0 ? [] : [...bad.map((one) => message('error', 'postcondition not satisfied', [span(one.line)])), message('error', bad.length === 1 ? 'aborting due to 1 previous error' : 'aborting due to ' + bad.length + ' previous errors')]);
const answer = (value, said = errors(), code = bad.length > 0 ? 1 : 0) => {
  fs.writeSync(1, (typeof value === 'string' ? value : JSON.stringify(value, null, 2)) + '\\n');
  fs.writeSync(2, said.map((line) => line + '\\n').join(''));
  process.exitCode = code;
};
const honestly = () => answer(report());
${manner}`);
}

/** The report of a run in which everything held, and nothing on standard error. */
export const ALL_GREEN = `answer(report({ results: { 'encountered-error': false, success: true, verified: functions.length, errors: 0 }, records: functions.map((one) => record({ ...one, bad: false })) }), [], 0);`;
