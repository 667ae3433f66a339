/** Lies in Verus: of its programs, of what it prints, of who prints it. Whole recorded runs, mutated: test/toolchains/verus. */
import { says, type Case, type Family, type Place, type Program, type Verdicts } from '../case.ts';
import { shell } from '../programs.ts';
import { ALL_GREEN, solver, verusLike } from '../verus-program.ts';

const HEAD = 'use vstd::prelude::*;\nverus! {\n', TAIL = '} // verus!\n';
const crate = (...lines: readonly string[]): string => `${HEAD}${lines.join('\n')}\n${TAIL}`;
const GOOD = 'proof fn good() ensures true, {}', BAD = 'proof fn bad() ensures false, {}';
const files = { 'a.rs': crate(GOOD, BAD) };
const honest = { '::good': 'proved', '::bad': 'failed' };
const crashed = { '::good': 'crashed', '::bad': 'crashed' };
const by = (manner?: string): Record<string, Program> => ({ verus: verusLike(manner), z3: solver });
const lie = (name: string, manner: string, verdicts: Verdicts = crashed): Case => ({ name, files, tools: by(manner), steps: says(verdicts) });
const both = { tools: by() };
const liar = shell('case "$1" in -smt2) printf "unsat\\nunsat\\n";; *) echo "Z3 version 4.12.5 - 64 bit";; esac');
const waiting = "mark('started'); await marked('go'); honestly();";
const whileRunning = (change: (place: Place) => Promise<void>) => async (place: Place): Promise<void> => { await place.marked('started'); await change(place); await place.mark('go'); };
const changed = { '::good': 'not-run: input-changed', '::bad': 'not-run: input-changed' };

export const families: readonly Family[] = [
  {
    name: 'verus: output forged from inside the input',
    cases: [
      lie('a report that a build script or a macro prints before', "fs.writeSync(1, JSON.stringify({ 'verification-results': { success: true, verified: 2, errors: 0, 'encountered-error': false, 'encountered-vir-error': false, 'is-verifying-entire-crate': true } }) + '\\n'); honestly();"),
      lie('a report in a message of the compiler', "answer('', [message('note', JSON.stringify(report())), message('error', 'x'), message('error', 'aborting due to 1 previous error')], 1);", { '::good': ['malformed', 'crashed'], '::bad': ['malformed', 'crashed'] }),
      lie('a report inside a text of another', "answer(JSON.stringify({ note: JSON.stringify(report()) }), [], 0);"),
      lie('a report on the other channel', "fs.writeSync(2, JSON.stringify(report(), null, 2) + '\\n');"),
      { name: 'two functions', control: true, files, ...both, steps: says(honest, { exit: 1 }) },
    ],
  },
  {
    name: 'verus: truncation',
    cases: [
      lie('half a report', 'const text = JSON.stringify(report(), null, 2); answer(text.slice(0, -30));'), lie('a report of failure, and one of success after it', `honestly(); ${ALL_GREEN}`),
      lie('nothing at all', ';'), lie('a report without functions', "answer(report({ records: undefined, more: { 'times-ms': undefined }, results: { 'encountered-error': false, success: true, verified: 2, errors: 0 } }), [], 0);", { '::good': ['crashed', 'unknown', 'nothing-to-prove'], '::bad': ['crashed', 'unknown', 'nothing-to-prove'] }),
      lie('half a record', "answer(report({ records: [record(functions[0]), { function: functions[1].name }], results: { 'encountered-error': false, success: true, verified: 2, errors: 0 } }), [], 0);"),
      { name: 'whole', control: true, files: { 'a.rs': crate(GOOD) }, ...both, steps: says({ '::good': 'proved' }, { exit: 0 }) },
    ],
  },
  {
    name: 'verus: missing and extra names',
    cases: [
      lie('a function that has no record', "answer(report({ records: [record(functions[0])], results: { 'encountered-error': false, success: true, verified: 1, errors: 0 } }), [], 0);", { '::good': 'proved', '::bad': ['unknown', 'nothing-to-prove'] }),
      lie('a record of another in its place', "answer(report({ records: [record(functions[0]), { ...record(functions[1]), function: 'a::worse', success: true }], details: [functions[0].name, 'a::worse'], results: { 'encountered-error': false, success: true, verified: 2, errors: 0 } }), [], 0);", { '::good': 'proved', '::bad': ['unknown', 'nothing-to-prove'], '::worse': 'proved' }),
      lie('a record of a function that it does not name elsewhere', "answer(report({ details: [functions[0].name], records: functions.map((one) => record({ ...one, bad: false })), results: { 'encountered-error': false, success: true, verified: 2, errors: 0 } }), [], 0);"),
      lie('an error that belongs to no function', "answer(report(), [message('error', 'something else', []), message('error', 'aborting due to 1 previous error')]);", { '::good': 'unknown', '::bad': 'failed', 'a.rs:1:1': 'failed' }),
      { name: 'both named', control: true, files, ...both, steps: says(honest) },
    ],
  },
  {
    name: 'verus: exit codes',
    cases: [
      lie('0 of one that failed', 'answer(report(), errors(), 0);'), lie('1 of a success', "answer(report({ results: { 'encountered-error': false, success: true, verified: 2, errors: 0 }, records: functions.map((one) => record({ ...one, bad: false })) }), [], 1);"),
      lie('a panic after a good report', `${ALL_GREEN} process.exitCode = 134; fs.writeSync(2, "thread 'main' panicked at rust_verify/src/verifier.rs:1\\n");`), lie('killed after a good report', `${ALL_GREEN} process.kill(process.pid, 'SIGKILL');`),
      lie('success and an error at once', "answer(report({ results: { 'encountered-error': false, success: true, verified: 2, errors: 0 }, records: functions.map((one) => record({ ...one, bad: false })) }), errors(), 0);"),
      { name: '0 of a success', control: true, files: { 'a.rs': crate(GOOD) }, ...both, steps: says({ '::good': 'proved' }) },
    ],
  },
  {
    name: 'verus: limits',
    cases: [
      lie('a function that ran out of its count', "answer(report(), [message('error', 'function body check: Resource limit (rlimit) exceeded; consider rerunning with --profile for more details', [span(bad[0].line)]), message('error', 'aborting due to 1 previous error')]);", { '::good': 'proved', '::bad': 'out-of-resource' }),
      { name: 'a run that does not end', files, tools: by(`await sleep(600); ${ALL_GREEN}`), steps: says({ '::good': ['timeout', 'cancelled', 'not-run'], '::bad': ['timeout', 'cancelled', 'not-run'] }, { options: { deadlineSeconds: 2 } }) },
      lie('only a part was verified', "answer(report({ results: { 'encountered-error': false, success: true, verified: 2, errors: 0, 'is-verifying-entire-crate': false }, records: functions.map((one) => record({ ...one, bad: false })) }), [], 0);"),
      { name: 'within its limits', control: true, files: { 'a.rs': crate(GOOD) }, ...both, steps: says({ '::good': 'proved' }) },
    ],
  },
  {
    name: 'verus: cache',
    cases: [
      { name: 'a green file that is edited', files: { 'a.rs': crate(GOOD) }, ...both, steps: [{ verify: { '::good': 'proved' } }, { act: (place) => place.write('a.rs', crate(GOOD.replace('true', 'false'))) }, { verify: { '::good': 'failed' } }] },
      { name: 'a module in another file that is edited', files: { 'a.rs': `mod b;\n${crate(GOOD)}`, 'b.rs': '// one\n' }, tools: by("honestly();"), steps: [{ verify: { '::good': 'proved' } }, { act: (place) => place.write('b.rs', '// two\n') }, { verify: { '::good': 'proved' } }] },
      { name: 'a line that is added and changes nothing', files: { 'a.rs': crate(GOOD) }, ...both, steps: [{ verify: { '::good': 'proved' } }, { act: (place) => place.write('a.rs', `${crate(GOOD)}\n`) }, { verify: { '::good': 'proved' } }] },
      { name: 'an unchanged one', control: true, files: { 'a.rs': crate(GOOD) }, ...both, steps: [{ verify: { '::good': 'proved' } }, { verify: { '::good': 'proved' }, cached: true }] },
    ],
  },
  {
    name: 'verus: replaced tool',
    cases: [
      { name: 'a solver that says unsat to everything', files, tools: { verus: verusLike(ALL_GREEN), z3: liar }, steps: says(crashed) },
      { name: 'a solver in the repository', files: { ...files, z3: '#!/bin/sh\necho unsat\n' }, tools: { verus: verusLike(ALL_GREEN) }, steps: says({ '::good': 'tool-missing', '::bad': 'tool-missing' }) },
      { name: 'another Verus after a green run', files, tools: by(ALL_GREEN), steps: [{ verify: { '::good': 'proved', '::bad': 'proved' } }, { act: (place) => place.replace('verus', verusLike()) }, { verify: honest }] },
      { name: 'another solver after a green run', files, tools: by(ALL_GREEN), steps: [{ verify: { '::good': 'proved', '::bad': 'proved' } }, { act: (place) => place.replace('z3', liar) }, { verify: crashed }] },
      { name: 'the same Verus', control: true, files, ...both, steps: says(honest) },
    ],
  },
  {
    name: 'verus: filters and empty results',
    cases: [
      { name: 'no function', files: { 'a.rs': crate('') }, ...both, steps: says({ 'a.rs#a.rs': 'nothing-to-prove' }, { exit: 3 }) },
      { name: '--only that matches nothing', files, ...both, steps: says({}, { options: { only: 'ugly' }, exit: 3 }) },
      lie('zero verified, zero errors', "answer(report({ records: [], results: { 'encountered-error': false, success: true, verified: 0, errors: 0 } }), [], 0);", { '::good': ['unknown', 'nothing-to-prove'], '::bad': ['unknown', 'nothing-to-prove'] }),
      { name: 'Rust without Verus', files: { 'a.rs': 'fn good() {}\n' }, ...both, steps: says({}, { exit: 3 }) },
      { name: '--only one of them', control: true, files, ...both, steps: says({ '::good': 'proved' }, { options: { only: '*::good' }, exit: 0 }) },
    ],
  },
  {
    name: 'verus: prebuilt artefacts',
    cases: [
      { name: 'a report beside the program', files: { ...files, 'a.json': '{"verification-results":{"success":true,"verified":2,"errors":0}}', stdout: 'verification results:: 2 verified, 0 errors\n' }, ...both, steps: says(honest) },
      { name: 'logs of queries that were unsat', files: { ...files, '.verus-log/root.air': '(check-valid) ;; valid\n', '.verus-log/root.smt_transcript': 'unsat\n' }, ...both, steps: says(honest) },
      { name: 'a target folder that says fresh', files: { ...files, 'target/debug/.fingerprint/a/invoked.timestamp': '', 'target/verus/a.vir': 'proved' }, ...both, steps: says(honest) },
      { name: 'nothing beside it', control: true, files: { 'a.rs': crate(GOOD) }, ...both, steps: says({ '::good': 'proved' }) },
    ],
  },
  {
    name: 'verus: changed while running',
    cases: [
      { name: 'the program was edited', files, tools: by(waiting), steps: says(changed, { meanwhile: whileRunning((place) => place.write('a.rs', `${files['a.rs']}\n`)) }) },
      { name: 'the program was taken away', files, tools: by(waiting), steps: says(changed, { meanwhile: whileRunning((place) => place.remove('a.rs')) }) },
      { name: 'a module in another file was edited', files: { 'a.rs': `mod b;\n${crate(GOOD)}`, 'b.rs': '// one\n' }, tools: by(waiting), steps: says({ '::good': 'not-run: input-changed' }, { meanwhile: whileRunning((place) => place.write('b.rs', '// two\n')) }) },
      { name: 'another file was edited', control: true, files: { ...files, 'notes.txt': '' }, tools: by(waiting), steps: says(honest, { meanwhile: whileRunning((place) => place.write('notes.txt', 'x')) }) },
    ],
  },
];
