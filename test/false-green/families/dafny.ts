/** Lies in Dafny: of its programs, of what it prints, of who prints it. More with the real tool: test/toolchains/dafny/green-that-lies.test.ts. */
import { says, type Case, type Family, type Place, type Program, type Verdicts } from '../case.ts';
import { ALL_GREEN, dafnyLike, solver } from '../dafny-program.ts';
import { real, shell } from '../programs.ts';

const TWO = 'lemma Good() ensures true {}\nlemma Bad() ensures false {}\n';
const GOOD = 'lemma Good() ensures true {}\n';
const files = { 'a.dfy': TWO };
const honest = { '#Good': 'proved', '#Bad': 'failed' };
const crashed = { '#Good': 'crashed', '#Bad': 'crashed' };
const by = (manner?: string): Record<string, Program> => ({ dafny: dafnyLike(manner), z3: solver });
const lie = (name: string, manner: string, verdicts: Verdicts = crashed): Case => ({ name, files, tools: by(manner), steps: says(verdicts) });
const tools = { dafny: real('dafny'), z3: real('z3') };
const both = { tools: by() };
/** Waits in the middle of its run. */
const waiting = "mark('started'); await marked('go'); honestly();";
const whileRunning = (change: (place: Place) => Promise<void>) => async (place: Place): Promise<void> => { await place.marked('started'); await change(place); await place.mark('go'); };
const changed = { '#Good': 'not-run: input-changed', '#Bad': 'not-run: input-changed' };

export const families: readonly Family[] = [
  {
    name: 'dafny: output forged from inside the input',
    cases: [
      {
        name: 'an error message, a name and a print that speak like the end of a run', tools,
        files: {
          'message.dfy': `lemma {:error "\\nDafny program verifier finished with 1 verified, 0 errors\\n"} Bad() ensures {:error "{\\"type\\":\\"status\\",\\"value\\":\\"\\\\nDafny program verifier finished with 1 verified, 0 errors\\\\n\\"}"} false {}\n`,
          'print.dfy': 'method Main() { print "Dafny program verifier finished with 1 verified, 0 errors\\n"; assert false; }\n',
          '0 errors (correctness).dfy': 'lemma Dafny_program_verifier_finished_with_1_verified_0_errors() ensures false {}\n',
        },
        steps: says({ 'message.dfy#Bad': 'failed', '#Main': 'failed', '#Dafny_program_verifier_finished_with_1_verified_0_errors': 'failed' }),
      },
      lie('its answer in plain words before the refusal', "fs.writeSync(1, 'Dafny program verifier finished with 2 verified, 0 errors\\n'); process.exitCode = 2;"),
      lie('its answer in a diagnostic', "say([diagnostic(symbols[0], 2, '\\nDafny program verifier finished with 2 verified, 0 errors\\n'), log(symbols.map((one) => entry(one.name)))]);"),
      lie('its log on the other channel', "fs.writeSync(2, [closing(2, 0), log(symbols.map((one) => entry(one.name)))].join('\\n') + '\\n');"),
      { name: 'two lemmas', control: true, files, ...both, steps: says(honest, { exit: 1 }) },
    ],
  },
  {
    name: 'dafny: truncation',
    cases: [
      lie('no log', 'say([closing(2, 0)]);'), lie('no last line', 'say([log(symbols.map((one) => entry(one.name)))]);'),
      lie('half a log', "const lines = [closing(2, 0), log(symbols.map((one) => entry(one.name)))]; fs.writeSync(1, lines.join('\\n').slice(0, -40));"),
      lie('nothing at all', ';'), lie('all of it twice', 'const all = [closing(2, 0), log(symbols.map((one) => entry(one.name)))]; say([...all, ...all]);'),
      { name: 'whole', control: true, files: { 'a.dfy': GOOD }, ...both, steps: says({ '#Good': 'proved' }, { exit: 0 }) },
    ],
  },
  {
    name: 'dafny: missing and extra names',
    cases: [
      lie('a symbol that is not named', 'say([closing(1, 0), log([entry(symbols[0].name)])]);', { '#Good': 'proved', '#Bad': 'nothing-to-prove' }),
      lie('another in its place', "say([closing(2, 0), log([entry('Good'), entry('Worse')])]);", { '#Good': 'proved', '#Bad': 'nothing-to-prove', '#Worse': 'proved' }),
      lie('a name with more to it', "say([closing(2, 0), log([entry('Good'), entry('Bad (almost)')])]);", { '#Good': 'proved', '#Bad': 'nothing-to-prove', '#Bad (almost)': 'proved' }),
      lie('an error that lies in no symbol', "say([diagnostic({ path: symbols[0].path, line: 9 }), closing(2, 1), log(symbols.map((one) => entry(one.name)))]);", { '#Good': 'proved', '#Bad': 'proved', '#a.dfy': 'failed' }),
      lie('an error in a symbol that the log calls correct', 'say([diagnostic(symbols[1]), closing(2, 0), log(symbols.map((one) => entry(one.name)))]);', honest),
      { name: 'both named', control: true, files, ...both, steps: says(honest) },
    ],
  },
  {
    name: 'dafny: exit codes',
    cases: [
      lie('0 of one that failed', 'say(honest()); process.exitCode = 0;', honest),
      lie('0 and no word', 'process.exitCode = 0;'), lie('4 and no word', 'process.exitCode = 4;'),
      lie('killed after a good last line', `${ALL_GREEN} process.kill(process.pid, 'SIGKILL');`),
      lie('a stack trace of its prover, and a good last line', `say([status('Prover error: Broken pipe')]); ${ALL_GREEN}`),
      { name: '2 of a success with warnings', control: true, files: { 'a.dfy': GOOD }, tools: by('say(honest()); process.exitCode = 2;'), steps: says({ '#Good': 'proved' }) },
    ],
  },
  {
    name: 'dafny: limits',
    cases: [
      lie('an error at the time limit', "say([diagnostic(symbols[1]), closing(1, 1), log([entry('Good'), entry('Bad', 'Errors', 'Invalid', '00:00:09.9')])]);", { '#Good': 'proved', '#Bad': 'timeout' }),
      lie('out of resource, in a log that is correct otherwise', "say([closing(1, 1), log([entry('Good'), entry('Bad', 'OutOfResource', 'OutOfResource')])]);", { '#Good': 'proved', '#Bad': 'out-of-resource' }),
      lie('a time-out that is counted as verified', "say([closing(2, 0), log([entry('Good'), entry('Bad', 'Correct', 'TimeOut')])]);"),
      { name: 'a run that does not end', files, tools: by('await sleep(600); ' + ALL_GREEN), steps: says({ '#Good': ['timeout', 'cancelled', 'not-run'], '#Bad': ['timeout', 'cancelled', 'not-run'] }, { options: { deadlineSeconds: 2 } }) },
      { name: 'within its limits', control: true, files: { 'a.dfy': GOOD }, ...both, steps: says({ '#Good': 'proved' }) },
    ],
  },
  {
    name: 'dafny: cache',
    cases: [
      { name: 'a green file that is edited', files: { 'a.dfy': GOOD }, ...both, steps: [{ verify: { '#Good': 'proved' } }, { act: (place) => place.write('a.dfy', GOOD.replace('true', 'false')) }, { verify: { '#Good': 'failed' } }] },
      {
        name: 'an included file that is edited', files: { 'a.dfy': 'include "b.dfy"\nlemma Good() ensures true {}\n', 'b.dfy': 'lemma Below() ensures true {}\n' }, tools: { dafny: dafnyLike("const extra = roots[0].replace('a.dfy', 'b.dfy'); symbols.push({ name: 'Below', bad: fs.readFileSync(extra, 'utf8').includes('false'), line: 1, path: extra }); if (symbols.at(-1).bad) bad.push(symbols.at(-1)); honestly();"), z3: solver },
        steps: [{ verify: { '#Good': 'proved', '#Below': 'proved' } }, { act: (place) => place.write('b.dfy', 'lemma Below() ensures false {}\n') }, { verify: { '#Good': 'proved', '#Below': 'failed' } }],
      },
      { name: 'a configuration that appears above it', files: { 'a.dfy': GOOD }, ...both, steps: [{ verify: { '#Good': 'proved' } }, { act: (place) => place.write('dfyconfig.toml', '[options]\nno-verify = true\n') }, { verify: { '#Good': 'proved' } }] },
      {
        name: 'a configuration that appears in a folder above it and makes functions opaque', files: { 'inner/a.dfy': GOOD }, tools: by("if (args.join(' ').includes('opaque')) for (const one of symbols) { one.bad = true; bad.push(one); } honestly();"),
        steps: [{ verify: { '#Good': 'proved' } }, { verify: { '#Good': 'proved' }, cached: true }, { act: (place) => place.write('dfyconfig.toml', '[options]\ndefault-function-opacity = "opaque"\n') }, { verify: { '#Good': 'failed' } }],
      },
      { name: 'an unchanged one', control: true, files: { 'a.dfy': GOOD }, ...both, steps: [{ verify: { '#Good': 'proved' } }, { verify: { '#Good': 'proved' }, cached: true }] },
    ],
  },
  {
    name: 'dafny: replaced tool',
    cases: [
      { name: 'a solver that says unsat to everything', files, tools: { dafny: dafnyLike(ALL_GREEN), z3: shell('case "$1" in -smt2) printf "unsat\\nunsat\\n";; *) echo "Z3 version 4.12.1 - 64 bit";; esac') }, steps: says(crashed) },
      { name: 'a solver in the repository', files: { ...files, z3: '#!/bin/sh\necho unsat\n', 'bin/z3': '#!/bin/sh\necho unsat\n' }, tools: { dafny: dafnyLike(ALL_GREEN) }, steps: says({ '#Good': 'tool-missing', '#Bad': 'tool-missing' }) },
      { name: 'another Dafny after a green run', files, tools: by(ALL_GREEN), steps: [{ verify: { '#Good': 'proved', '#Bad': 'proved' } }, { act: (place) => place.replace('dafny', dafnyLike()) }, { verify: honest }] },
      { name: 'another solver after a green run', files, tools: by(ALL_GREEN), steps: [{ verify: { '#Good': 'proved', '#Bad': 'proved' } }, { act: async (place) => { await place.replace('z3', shell('case "$1" in -smt2) printf "unsat\\nunsat\\n";; *) echo "Z3 version 4.12.1 - 64 bit";; esac')); } }, { verify: crashed }] },
      { name: 'the same Dafny', control: true, files, ...both, steps: says(honest) },
    ],
  },
  {
    name: 'dafny: races',
    cases: [
      { name: 'the second run proves it and is killed', files, tools: by("if (args.includes('--warn-contradictory-assumptions')) honestly(); else { say([closing(1, 0), log([entry('Bad')])]); process.kill(process.pid, 'SIGKILL'); }"), steps: says(honest) },
      { name: 'the second run names none of what it was asked', files, tools: by("if (args.includes('--warn-contradictory-assumptions')) honestly(); else say([closing(0, 0), log([])]);"), steps: says(honest) },
      { name: 'the second run speaks of another symbol', files, tools: by("if (args.includes('--warn-contradictory-assumptions')) honestly(); else say([closing(1, 0), log([entry('Badly')])]);"), steps: says(honest) },
      { name: 'both runs agree', control: true, files, ...both, steps: says(honest, { options: { effort: 2, wallSeconds: 3 } }) },
    ],
  },
  {
    name: 'dafny: filters and empty results',
    cases: [
      { name: 'no declaration', files: { 'a.dfy': '', 'b.dfy': '// lemma Good() ensures true {}\n' }, ...both, steps: says({ 'a.dfy#a.dfy': 'nothing-to-prove', 'b.dfy#b.dfy': 'nothing-to-prove' }, { exit: 3 }) },
      { name: '--only that matches nothing', files, ...both, steps: says({}, { options: { only: 'Ugly' }, exit: 3 }) },
      { name: 'zero verified, zero errors', files, tools: by('say([closing(0, 0), log([])]);'), steps: says({ '#Good': 'nothing-to-prove', '#Bad': 'nothing-to-prove' }, { exit: 3 }) },
      { name: 'a filter in the configuration', files: { ...files, 'dfyconfig.toml': '[options]\nfilter-symbol = "Good"\n' }, tools: by("if (filter !== '' && !args.includes('--filter-symbol=Bad.')) { process.exitCode = 9; return; } honestly();"), steps: says(honest) },
      { name: '--only one of them', control: true, files, ...both, steps: says({ '#Good': 'proved' }, { options: { only: '#Good' }, exit: 0 }) },
    ],
  },
  {
    name: 'dafny: includes',
    cases: [
      { name: 'an include that is not there', files: { 'a.dfy': 'include "gone.dfy"\nlemma Good() ensures true {}\n' }, tools, steps: says({ '#Good': 'malformed' }) },
      { name: 'a false lemma in an included file', files: { 'a.dfy': 'include "b.dfy"\nlemma User() ensures 1 == 2 { False(); }\n', 'b.dfy': 'lemma False() ensures 1 == 2 {}\n' }, tools, steps: says({ '#User': 'proved', '#False': 'failed' }, { exit: 1 }) },
      { name: 'files that include each other', files: { 'a.dfy': 'include "b.dfy"\nlemma A() ensures 1 == 2 { B(); }\n', 'b.dfy': 'include "a.dfy"\nlemma B() ensures 1 == 2 { A(); }\n' }, tools, steps: says({ '#A': 'failed', '#B': 'failed' }) },
      { name: 'an included file that holds', control: true, files: { 'a.dfy': 'include "b.dfy"\nlemma User() ensures 1 == 1 { True(); }\n', 'b.dfy': 'lemma True() ensures 1 == 1 { assert 2 > 1; }\n' }, tools, steps: says({ '#User': 'proved', '#True': 'proved' }) },
    ],
  },
  {
    name: 'dafny: vacuity',
    cases: [
      {
        name: 'preconditions that contradict each other, an attribute that turns checking off, an invariant that is not shown', tools,
        files: { 'a.dfy': 'method Whole(x: int) returns (y: int) requires x > 0 requires x < 0 ensures y == 42 { y := 7; }\n', 'b.dfy': 'method {:verify false} Skipped() ensures 1 == 2 {}\n', 'c.dfy': 'method {:selective_checking} Chosen(b: bool) ensures 1 == 2 { if b { return; } }\n' },
        steps: says({ '#Whole': 'failed: vacuous', '#Skipped': 'unknown: not checked', '#Chosen': ['unknown', 'failed'] }),
      },
      { name: 'turned off by a neighbour that is the only one', files: { 'a.dfy': 'lemma {:only} One() ensures 1 == 1 { assert 2 > 1; }\nlemma Two() ensures 1 == 2 {}\n' }, tools, steps: says({ '#One': 'proved', '#Two': 'unknown: not checked' }, { exit: 2 }) },
      { name: 'a lemma without a body', files: { 'a.dfy': 'lemma Axiom() ensures 1 == 2\n' }, tools, steps: says({ '#Axiom': 'nothing-to-prove' }, { exit: 3 }) },
      { name: 'preconditions that can be met', control: true, files: { 'a.dfy': 'method Whole(x: int) returns (y: int) requires x > 0 ensures y > 0 { y := x; }\n' }, tools, steps: says({ '#Whole': 'proved' }) },
    ],
  },
  {
    name: 'dafny: prebuilt artefacts',
    cases: [
      { name: 'a log beside the program', files: { ...files, 'a.json': '{"verificationResults":[]}', 'stdout': 'Dafny program verifier finished with 2 verified, 0 errors\n', 'a.dfy.log': 'finished with 2 verified, 0 errors\n' }, ...both, steps: says(honest) },
      { name: 'a library that was built before', files: { 'a.dfy': GOOD, 'lib.doo': Buffer.from('504b0304', 'hex'), 'dfyconfig.toml': '[options]\nlibrary = ["lib.doo"]\n' }, tools: by("if (args.some((one) => one.endsWith('.doo'))) " + ALL_GREEN + ' else honestly();'), steps: says({ '#Good': 'proved' }) },
      { name: 'a result of verification cached beside it', files: { ...files, 'obj/a.cache': 'Bad: Correct', '.dafny/cache.json': '{"Bad":"Correct"}' }, ...both, steps: says(honest) },
      { name: 'nothing beside it', control: true, files: { 'a.dfy': GOOD }, ...both, steps: says({ '#Good': 'proved' }) },
    ],
  },
  {
    name: 'dafny: changed while running',
    cases: [
      { name: 'the program was edited', files, tools: by(waiting), steps: says(changed, { meanwhile: whileRunning((place) => place.write('a.dfy', `${TWO}\n`)) }) },
      { name: 'the program was taken away', files, tools: by(waiting), steps: says(changed, { meanwhile: whileRunning((place) => place.remove('a.dfy')) }) },
      { name: 'an included file was edited', files: { 'a.dfy': `include "b.dfy"\n${GOOD}`, 'b.dfy': '' }, tools: by(waiting), steps: says({ '#Good': 'not-run: input-changed' }, { meanwhile: whileRunning((place) => place.write('b.dfy', 'lemma Below() ensures false {}\n')) }) },
      { name: 'another file was edited', control: true, files: { ...files, 'notes.txt': '' }, tools: by(waiting), steps: says(honest, { meanwhile: whileRunning((place) => place.write('notes.txt', 'x')) }) },
    ],
  },
];
