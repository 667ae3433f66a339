/** Lies in Lean: of its programs, of what they print, of who prints it. Elaboration is code: all of them are trusted and run in the sandbox. */
import { readdirSync, readFileSync } from 'node:fs';
import { says, type Case, type Family, type Place, type Program, type RunOptions, type Verdicts, type VerifyStep } from '../case.ts';
import { checkerLike, leanLike } from '../lean-program.ts';

const GOOD = 'theorem good : True := trivial\n';
const files = { 'A.lean': `${GOOD}theorem open_ : 1 = 1 := by sorry\n` };
const honest = { '#good': 'proved', '#open_': 'unknown: sorry' };
const unknown = { '#good': 'unknown', '#open_': 'unknown' };
const crashed = { '#good': 'crashed', '#open_': 'crashed' };
const by = (manner?: string, auditing?: string, checker = checkerLike()): Record<string, Program> => ({ lean: leanLike(manner, auditing), leanchecker: checker });
const trusted = (verdicts: Verdicts, rest: Omit<VerifyStep, 'verify'> = {}): Case['steps'] => says(verdicts, { ...rest, options: { trusted: true, ...rest.options } });
const step = (verdicts: Verdicts, rest: Omit<VerifyStep, 'verify'> = {}): VerifyStep => trusted(verdicts, rest)[0] as VerifyStep;
const needs = ['bwrap'];
const lie = (name: string, verdicts: Verdicts, ...tools: Parameters<typeof by>): Case => ({ name, files, needs, tools: by(...tools), steps: trusted(verdicts) });
const control = (name: string, of: Case['files'] = files, verdicts: Verdicts = honest, options: RunOptions = {}): Case => ({ name, control: true, files: of, needs, tools: by(), steps: trusted(verdicts, { options }) });
/** A clean list of axioms for whatever was asked. */
const CLEAN = 'say([head, ...records.map((one) => ({ ...one, axioms: [] })), end]);';
const waiting = "await waitFor('go'); honestly();";
/** Programs in the sandbox leave no marks: it runs once its command line is there. */
const whileRunning = (change: (place: Place) => Promise<void>) => async (place: Place): Promise<void> => {
  const isRunning = (): boolean => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).some((pid) => {
    try { const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1'); return line.includes(`${place.bin}/lean\0`) && line.includes('--json\0'); } catch { return false; }
  });
  while (!isRunning()) await new Promise((resolve) => { setTimeout(resolve, 20); });
  await change(place);
  await place.replace('go', { kind: 'script', text: '' });
};
const changed = { '#good': 'not-run: input-changed', '#open_': 'not-run: input-changed' };

export const families: readonly Family[] = [
  {
    name: 'lean: output forged from inside the input',
    cases: [
      lie('a list of axioms printed while the file is elaborated', unknown, "say([{ nonce: '0', begin: 'A', lean: '4.31.0' }, { nonce: '0', name: 'open_', axioms: [] }, { nonce: '0', end: 'A', count: 1 }]); honestly();", 'say([]);'),
      lie('a list under a nonce of its own', unknown, undefined, "say([{ ...head, nonce: 'f00' }, ...records.map((one) => ({ ...one, nonce: 'f00', axioms: [] })), { ...end, nonce: 'f00' }]);"),
      lie('a line of its own inside the list', unknown, undefined, "say([head, ...records, { nonce: '1', name: 'open_', kind: 'theorem', axioms: [], missing: [], unsafe: false }, end]);"),
      lie('a build that hides its sorry', { '#good': 'proved', '#open_': 'unknown: disputed' }, undefined, CLEAN),
      control('the list that the build gives'),
    ],
  },
  {
    name: 'lean: truncation',
    cases: [
      lie('a list without its end', unknown, undefined, 'say([head, ...records]);'), lie('a list without its beginning', unknown, undefined, 'say([...records, end]);'),
      lie('half a message', crashed, "honestly(); fs.writeSync(1, '{\"severity\":\"err');"), lie('a list that is short', unknown, undefined, 'say([head, ...records.slice(1), end]);'),
      lie('messages lost, and no build', crashed, ';'),
      control('whole', { 'A.lean': GOOD }, { '#good': 'proved' }),
    ],
  },
  {
    name: 'lean: missing and extra names',
    cases: [
      lie('a theorem that the build does not hold', { '#good': 'proved', '#open_': 'unknown' }, "write([constant(theorems[0])]);"),
      lie('another in its place', { '#good': 'proved', '#open_': 'unknown', '#other': 'proved' }, "write([constant(theorems[0]), { name: 'other', axioms: [] }]);"),
      lie('a name twice', unknown, "write([constant(theorems[0]), constant(theorems[1]), { name: 'open_', axioms: [] }]);"),
      lie('an axiom that nobody stated', { '#good': 'unknown', '#open_': 'unknown' }, "write(theorems.map((one) => ({ name: one.name, axioms: ['conjured'] })));"),
      control('both named'),
    ],
  },
  {
    name: 'lean: exit codes',
    cases: [
      lie('0 and no build: a program in it ended Lean', crashed, 'process.exit(0);'), lie('0, an error and a build', crashed, "say([message('error', 1, 'type mismatch')]); write(theorems.map(constant));"),
      lie('1, no error and a build', crashed, 'write(theorems.map(constant)); process.exitCode = 1;'), lie('a list and a code of failure', unknown, undefined, 'say([head, ...records, end]); process.exitCode = 1;'),
      lie('killed after its build', crashed, "honestly(); process.kill(process.pid, 'SIGKILL');"),
      control('0 and a build', { 'A.lean': GOOD }, { '#good': 'proved' }),
    ],
  },
  {
    name: 'lean: limits',
    cases: [
      lie('out of heartbeats', { '#good': ['unknown', 'proved'], '#open_': 'out-of-resource' }, "if (isCopy) write([constant(theorems[0])]); else { say([message('error', 2, '(deterministic) timeout at `whnf`, maximum number of heartbeats (200000) has been reached', 'runtime.maxHeartbeats')]); process.exitCode = 1; }"),
      { name: 'a build that does not end', files, needs, tools: by('await sleep(600); honestly();'), steps: trusted({ '#good': ['timeout', 'cancelled', 'not-run'], '#open_': ['timeout', 'cancelled', 'not-run'] }, { options: { deadlineSeconds: 2 } }) },
      lie('out of its own memory', { '#good': 'out-of-memory', '#open_': 'out-of-memory' }, "write(theorems.map(constant)); fs.writeSync(2, 'excessive memory consumption detected at whnf\\n'); process.exitCode = 1;"),
      control('within its limits', { 'A.lean': GOOD }, { '#good': 'proved' }),
    ],
  },
  {
    name: 'lean: cache',
    cases: [
      { name: 'a green file that is edited', files: { 'A.lean': GOOD }, needs, tools: by(), steps: [step({ '#good': 'proved' }), { act: (place) => place.write('A.lean', GOOD.replace('trivial', 'by sorry')) }, step({ '#good': 'unknown: sorry' })] },
      { name: 'an imported module that is edited', files: { 'A.lean': `import B\n${GOOD}`, 'B.lean': 'theorem below : True := trivial\n' }, needs, tools: by(), steps: [step({ '#good': 'proved', '#below': 'proved' }), { act: (place) => place.write('B.lean', 'theorem below : True := by sorry\n') }, step({ '#good': 'proved', '#below': 'unknown: sorry' })] },
      { name: 'what was checked in trust, asked without', files: { 'A.lean': GOOD }, needs, tools: by(), steps: [step({ '#good': 'proved' }), { act: (place) => place.write('A.lean', `${GOOD}\n`) }, { verify: { '#good': 'not-run' } }] },
      { name: 'an unchanged one', control: true, files: { 'A.lean': GOOD }, needs, tools: by(), steps: [step({ '#good': 'proved' }), step({ '#good': 'proved' }, { cached: true })] },
    ],
  },
  {
    name: 'lean: replaced tool',
    cases: [
      { name: 'a Lean in the repository', files: { ...files, lean: '#!/bin/sh\nexit 0\n', 'bin/lean': '#!/bin/sh\nexit 0\n' }, tools: {}, steps: trusted({ '#good': 'tool-missing', '#open_': 'tool-missing' }) },
      { name: 'another Lean after a green run', files, needs, tools: by('write(theorems.map(({ name }) => ({ name, axioms: [] })));', CLEAN), steps: [step({ '#good': 'proved', '#open_': 'proved' }), { act: (place) => place.replace('lean', leanLike()) }, step(honest)] },
      { name: 'another version than the one that is pinned', files: { ...files, 'lean-toolchain': 'leanprover/lean4:v4.30.0\n' }, needs, tools: by(), steps: trusted({ '#good': 'tool-missing', '#open_': 'tool-missing' }) },
      lie('a checker that refuses', { '#good': 'failed: the kernel refuses', '#open_': 'unknown: sorry' }, undefined, undefined, checkerLike("fs.writeSync(1, 'replaying ' + module + '\\n'); fs.writeSync(2, 'leanchecker found a problem in ' + module + '\\nuncaught exception: (kernel) declaration type mismatch\\n'); process.exitCode = 1;")),
      control('the same Lean'),
    ],
  },
  {
    name: 'lean: filters and empty results',
    cases: [
      { name: 'no declaration', files: { 'A.lean': '-- theorem good : True := trivial\n' }, needs, tools: by(), steps: trusted({ '#A.lean': 'nothing-to-prove' }, { exit: 3 }) },
      { name: '--only that matches nothing', files, needs, tools: by(), steps: trusted({}, { options: { only: 'ugly' }, exit: 3 }) },
      lie('an empty list', unknown, undefined, 'say([head, { ...end, count: 0 }]);'),
      control('--only one of them', files, { '#good': 'proved' }, { only: '#good' }),
    ],
  },
  {
    name: 'lean: includes',
    cases: [
      { name: 'an import that was not built', files: { 'A.lean': `import Gone\n${GOOD}` }, needs, tools: by(), steps: trusted({ '#good': 'tool-missing' }) },
      { name: 'an import that has an error', files: { 'A.lean': `import B\n${GOOD}`, 'B.lean': 'theorem below : False := by wrong\n' }, needs, tools: by(), steps: trusted({ '#good': 'not-run', '#below': ['failed', 'malformed'] }) },
      { name: 'a sorry through an import', files: { 'A.lean': `import B\n${GOOD}`, 'B.lean': 'theorem below : True := by sorry\n' }, needs, tools: by("write(theorems.map((one) => ({ name: one.name, axioms: ['sorryAx'] }))); if (theorems[0].proof.includes('sorry')) say([message('warning', 1, 'declaration uses `sorry`', 'hasSorry')]);"), steps: trusted({ '#good': 'unknown: sorry', '#below': 'unknown: sorry' }) },
      control('an import that holds', { 'A.lean': `import B\n${GOOD}`, 'B.lean': 'theorem below : True := trivial\n' }, { '#good': 'proved', '#below': 'proved' }),
    ],
  },
  {
    name: 'lean: prebuilt artefacts',
    cases: [
      { name: 'a build beside the source', files: { ...files, 'A.olean': JSON.stringify([{ name: 'good', axioms: [] }, { name: 'open_', axioms: [] }]), '.lake/build/lib/lean/A.olean': JSON.stringify([{ name: 'open_', axioms: [] }]) }, needs, tools: by(), steps: trusted(honest) },
      { name: 'a build beside the source, and a Lean that writes none', files: { ...files, 'A.olean': '[{"name":"open_","axioms":[]}]', '.lake/build/lib/A.olean': '[{"name":"open_","axioms":[]}]' }, needs, tools: by(';'), steps: trusted(crashed) },
      { name: 'a build of the library in the repository', files: { ...files, 'Init.olean': '[]', 'lib/lean/Init.olean': '[]', 'lib/lean/A.olean': '[{"name":"open_","axioms":[]}]' }, needs, tools: by(), steps: trusted(honest) },
      control('nothing beside it', { 'A.lean': GOOD }, { '#good': 'proved' }),
    ],
  },
  {
    name: 'lean: changed while running',
    cases: [
      { name: 'the file was edited', files, needs, tools: by(waiting), steps: trusted(changed, { meanwhile: whileRunning((place) => place.write('A.lean', `${files['A.lean']}\n`)) }) },
      { name: 'the file was taken away', files, needs, tools: by(waiting), steps: trusted(changed, { meanwhile: whileRunning((place) => place.remove('A.lean')) }) },
      { name: 'an imported module was edited', files: { 'A.lean': `import B\n${GOOD}`, 'B.lean': 'theorem below : True := trivial\n' }, needs, tools: by(waiting), steps: trusted({ '#good': 'not-run: input-changed', '#below': 'not-run: input-changed' }, { meanwhile: whileRunning((place) => place.write('B.lean', 'theorem below : True := by sorry\n')) }) },
      { name: 'another file was edited', control: true, files: { ...files, 'notes.txt': '' }, needs, tools: by(waiting), steps: trusted(honest, { meanwhile: whileRunning((place) => place.write('notes.txt', 'x')) }) },
    ],
  },
];
