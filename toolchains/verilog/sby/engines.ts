/**
 * [engines] of an .sby: the name, then the words as written ("smtbmc --presat boolector", "abc --keep-going pdr").
 * Which engines run is decided by what is here (native/engines.ts); an engine or option that sby does not know is an
 * error of the file, and one that is known but not followed is said.
 */
import type { Engine, TaskNote } from '../design.ts';
import type { SbyLine, SbyProblem } from './expand.ts';

/** Engine options of sby, by engine: what becomes of each. Absent word: it is what Assay does anyway. */
const ENGINE_OPTIONS: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  smtbmc: {
    '--presat': undefined, '--keep-going': undefined, '--noprogress': undefined,
    '--nopresat': 'whether the assumptions can be met is always asked',
    '--nomem': 'memories stay arrays for SMT, and are registers for the and-inverter engines', '--syn': 'the and-inverter engines get gates, SMT gets words',
    '--stbv': 'the state is modelled as usual', '--stdt': 'the state is modelled as usual', '--unroll': 'the wrapper decides it', '--nounroll': 'the wrapper decides it',
    '--dumpsmt2': 'no SMT-LIB trace is written', '--progress': 'no progress is shown', '--basecase': 'base and step are both tried', '--induction': 'base and step are both tried',
    '--seed': 'no seed is set',
  },
  abc: { '--keep-going': undefined },
  btor: { '--seed': 'no seed is set' },
  aiger: {}, itp: {}, none: {},
};

export interface ReadEngine { readonly engine: Engine; readonly problems: readonly SbyProblem[]; readonly notes: readonly TaskNote[] }

export function readEngine(line: SbyLine): ReadEngine {
  const text = line.text.replace(/\s#.*$/, '').trim();
  const [name = '', ...words] = text.split(/\s+/);
  const engine: Engine = { line: line.line, text, name, words };
  const known = Object.hasOwn(ENGINE_OPTIONS, name) ? ENGINE_OPTIONS[name]! : undefined;
  if (!known) return { engine, problems: [{ line: line.line, message: `unknown engine "${name}"` }], notes: [] };
  const problems: SbyProblem[] = [];
  const notes: TaskNote[] = [];
  // Options of the engine stand before the solver; what follows it is the solver's own.
  const first = words.findIndex(word => !word.startsWith('--') && word !== '');
  const own = first < 0 ? words : words.slice(0, first);
  for (const word of own) {
    if (word === '--') break;
    const option = word.replace(/=.*$/, '');
    if (!Object.hasOwn(known, option)) problems.push({ line: line.line, message: `engine ${name}: unknown option "${word}"` });
    else if (known[option] !== undefined) notes.push({ line: line.line, message: `"${text}": ${option} is not followed: ${known[option]}` });
  }
  const more = first < 0 ? [] : words.slice(first + 1);
  if (more.length > 0 && !(own.at(-1) === '--seed')) notes.push({ line: line.line, message: `"${text}": ${more.join(' ')} is not passed to ${words[first]}` });
  return { engine, problems, notes };
}
