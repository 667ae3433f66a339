/** Programs that lie, as text, and links to those that do not. */
import type { Place, Program } from './case.ts';

export function real(name: string): Program { return { kind: 'real', name }; }

/** A shell script; the system's own programs are on its PATH. */
export function shell(body: string | ((place: Place) => string)): Program {
  return { kind: 'script', text: (place) => `#!/bin/sh\nPATH=/usr/bin:/bin\n${typeof body === 'string' ? body : body(place)}\n` };
}

/** A Node program: the body of an async function that sees `args`, `fs`, `sleep(seconds)`, `mark(name)`, `marked(name)`. */
export function node(body: string): Program {
  return {
    kind: 'script',
    text: (place) => `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const marks = ${JSON.stringify(place.marks)};
const mark = (name) => fs.writeFileSync(marks + '/' + name, '');
const marked = async (name) => { while (!fs.existsSync(marks + '/' + name)) await sleep(0.02); };
(async () => {
${body}
})();
`,
  };
}

/**
 * A program that passes for z3. `manner` sees `tags` (all frames of its script, in order), `framed(answer)` (what an
 * honest solver prints), `say(lines)`, `script`, and what {@link node} gives.
 */
export function z3Like(manner: string, version = '4.13.0'): Program {
  return node(`
if (args.includes('--version')) { console.log('Z3 version ${version} - 64 bit'); return; }
const script = fs.readFileSync(args.at(-1), 'utf8');
const tags = [...script.matchAll(/\\(echo "(assay-[0-9a-f]+-[\\w-]+)"\\)/g)].map((match) => match[1]);
const framed = (answer) => tags.flatMap((tag) => (tag.endsWith('-begin') ? [tag, answer] : [tag]));
const say = (lines) => fs.writeSync(1, lines.map((line) => line + '\\n').join(''));
${manner}`);
}

/** A program that passes for cvc5, in the same way. */
export function cvc5Like(manner: string, version = '1.2.0'): Program {
  const text = z3Like(manner, version);
  return text.kind === 'script' && typeof text.text !== 'string'
    ? { kind: 'script', text: ((write) => (place: Place) => write(place).replace(`'Z3 version ${version} - 64 bit'`, `'This is cvc5 version ${version}'`))(text.text) } : text;
}

/** A program that passes for cadical 1.5.3 (DRAT); `$last` is the certificate it was asked for. */
export function cadicalLike(body: string | ((place: Place) => string), version = '1.5.3'): Program {
  return shell((place) => `case "$1" in --version) echo ${version}; exit 0;; esac\nfor last; do :; done\n${typeof body === 'string' ? body : body(place)}`);
}
