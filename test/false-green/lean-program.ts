/**
 * Programs that pass for Lean 4.31 and its leanchecker: `lean --json -o`, `lean --run` of Assay's audit. A build is the
 * list of what it holds, as JSON. "by sorry" warns and rests on sorryAx, "by wrong" is an error.
 */
import type { Program } from './case.ts';
import { node } from './programs.ts';

/**
 * `manner` decides how a module is built: it sees `theorems` ({name, proof, line}), `message(severity, line, text, kind)`,
 * `constant(one)`, `write(constants)`, `say(lines)`, `honestly()`; `auditing` how a build is asked: `constants`, `head`, `records`, `end`, `say(lines)`.
 * In the sandbox it can read beside itself: `waitFor(name)` waits for a file there.
 */
export function leanLike(manner = 'honestly();', auditing = 'say([head, ...records, end]);', version = '4.31.0'): Program {
  return node(`
const path = require('node:path');
if (args[0] === '--version') { console.log('Lean (version ${version}, x86_64-unknown-linux-gnu, commit 5b13ad9c55a4f4e6ab5b8c1ffd4ca9c4ecf0d1a0, Release)'); return; }
const say = (lines) => fs.writeSync(1, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)) + '\\n').join(''));
const waitFor = async (name) => { while (!fs.existsSync(path.join(__dirname, name))) await sleep(0.02); };
if (args[0] === '--run') {
  const [, , nonce, module] = args;
  const found = process.env.LEAN_PATH.split(':').map((folder) => path.join(folder, module.replaceAll('.', '/') + '.olean')).find((one) => fs.existsSync(one));
  const constants = JSON.parse(fs.readFileSync(found, 'utf8'));
  const head = { nonce, begin: module, lean: '${version}' }, end = { nonce, end: module, count: constants.length };
  const records = constants.map((one) => ({ nonce, private: false, unsafe: false, missing: [], kind: 'theorem', axioms: [], ...one }));
  ${auditing}
  return;
}
const file = args.at(-1), output = args[args.indexOf('-o') + 1];
const isCopy = file.includes('source-copy');
const theorems = fs.readFileSync(file, 'utf8').split('\\n').flatMap((text, index) => { const match = /^theorem (\\S+) .*:= (.*)$/.exec(text); return match ? [{ name: match[1], proof: match[2].trim(), line: index + 1 }] : []; });
const message = (severity, line, data, kind = '[anonymous]') => ({ caption: '', data, endPos: { column: 9, line }, fileName: file, isSilent: false, keepFullRange: false, kind, pos: { column: 8, line }, severity });
const constant = ({ name, proof }) => ({ name, axioms: proof.includes('sorry') ? ['sorryAx'] : [] });
const write = (constants) => { fs.mkdirSync(path.dirname(output), { recursive: true }); fs.writeFileSync(output, JSON.stringify(constants)); };
const honestly = () => {
  const wrong = theorems.filter((one) => one.proof.includes('wrong'));
  say([...theorems.filter((one) => one.proof.includes('sorry')).map((one) => message('warning', one.line, 'declaration uses \`sorry\`', 'hasSorry')), ...wrong.map((one) => message('error', one.line, 'unsolved goals'))]);
  if (wrong.length > 0) process.exitCode = 1; else write(theorems.map(constant));
};
${manner}`);
}

/** `leanchecker -v MODULE`: accepts whatever it is asked for, unless `manner` says otherwise. */
export function checkerLike(manner = "fs.writeSync(1, 'replaying ' + module + '\\n');"): Program {
  return node(`
const module = args.at(-1);
if (module === 'Assay.Nowhere') { fs.writeSync(2, 'uncaught exception: Could not find any oleans for: ' + module + '\\n'); process.exitCode = 1; return; }
${manner}`);
}
