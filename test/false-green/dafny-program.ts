/**
 * A program that passes for Dafny 4.11 (`verify`), in its recorded form: what it says of a lemma is what a reader sees at
 * once, "ensures false" or an empty body under "ensures x" fails. A manner of its own makes it lie.
 */
import type { Program } from './case.ts';
import { node, shell } from './programs.ts';

/** A solver that answers the two questions by which a liar is known, and nothing else. */
export const solver: Program = shell('case "$1" in -smt2) printf "sat\\nunsat\\n";; *) echo "Z3 version 4.12.1 - 64 bit";; esac');

/**
 * `manner` sees `symbols` ({name, bad, line, path}), `honest()` (all lines of an honest run), and its parts
 * `diagnostic(symbol)`, `closing(verified, errors)`, `log(entries)`, `entry(name, outcome, task)`; `say(lines)` prints them.
 */
export function dafnyLike(manner = 'honestly();'): Program {
  return node(`
if (args.includes('--version')) { console.log('4.11.0+fcb2042d6d043a2634f0854338c08feeaaaf4ae2'); return; }
if (args[0] !== 'verify') { process.exitCode = 1; return; }
const filter = (args.find((one) => one.startsWith('--filter-symbol=')) ?? '=').slice(16).replace(/\\.$/, '');
const roots = args.filter((one) => one.endsWith('.dfy'));
const symbols = roots.flatMap((path) => fs.readFileSync(path, 'utf8').split('\\n').flatMap((text, index) => {
  const match = /^lemma (\\w+)\\(\\) ensures (.*?) *\\{ *\\}/.exec(text);
  return match && (filter === '' || match[1].includes(filter)) ? [{ name: match[1], bad: match[2] !== 'true', line: index + 1, path }] : [];
}));
const status = (value) => JSON.stringify({ type: 'status', value });
const place = ({ path, line }) => ({ filename: path, filePath: path, uri: 'file://' + path, range: { start: { pos: 0, line, character: 6 }, end: { pos: 1, line, character: 7 } } });
const diagnostic = (symbol, severity = 1, message = 'a postcondition could not be proved on this return path') => JSON.stringify({ type: 'diagnostic', value: { location: place(symbol), severity, arguments: [], defaultFormatMessage: message, errorId: null, source: 'Verifier', relatedInformation: [] } });
const closing = (verified, errors) => status('\\nDafny program verifier finished with ' + verified + ' verified, ' + errors + ' error' + (errors === 1 ? '' : 's') + '\\n');
const entry = (name, outcome = 'Correct', task = outcome === 'Correct' ? 'Valid' : 'Invalid', time = '00:00:00.1') => ({ name: name + ' (correctness)', outcome, runTime: time, resourceCount: 9, vcResults: [{ vcNum: 1, outcome: task, runTime: time, resourceCount: 9, assertions: [] }] });
const log = (entries) => status(JSON.stringify({ verificationResults: entries }));
const bad = symbols.filter((one) => one.bad);
const honest = () => [...bad.map((one) => diagnostic(one)), closing(symbols.length - bad.length, bad.length), log(symbols.map((one) => entry(one.name, one.bad ? 'Errors' : 'Correct')))];
const say = (lines) => fs.writeSync(1, lines.map((line) => line + '\\n').join(''));
const honestly = () => { say(honest()); process.exitCode = bad.length > 0 ? 4 : 0; };
${manner}`);
}

/** All of them green, whatever they claim. */
export const ALL_GREEN = 'say([closing(symbols.length, 0), log(symbols.map((one) => entry(one.name)))]);';
