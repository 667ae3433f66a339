/**
 * Marked checks of a reader, and the reader without one of them. A mark stands before the statement that refuses:
 * "check: NAME" in a block comment, then `if (…) statement;`, `if (…) { … }` or a block. The statement is taken out of the source in
 * memory, and the file is bundled as it stands otherwise.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const projectRoot = dirname(dirname(dirname(import.meta.dirname)));
const MARK = /\/\* check: ([^*]+) \*\/ (?=if \(|\{)/g;

export interface MarkedCheck { readonly name: string; readonly line: number; readonly start: number; readonly end: number }

export function checksOf(source: string): readonly MarkedCheck[] {
  const text = readFileSync(join(projectRoot, source), 'utf8');
  return [...text.matchAll(MARK)].map((match) => {
    const start = match.index + match[0].length;
    return { name: match[1]!, line: text.slice(0, start).split('\n').length, start, end: endOfStatement(text, start) };
  });
}

/** One past the end of the `if` statement at this place. */
function endOfStatement(text: string, start: number): number {
  if (text[start] === '{') return closing(text, start, '{', '}') + 1;
  const condition = closing(text, text.indexOf('(', start), '(', ')');
  const body = condition + 1 + /^\s*/.exec(text.slice(condition + 1))![0].length;
  return text[body] === '{' ? closing(text, body, '{', '}') + 1 : endOfSimple(text, body);
}

function closing(text: string, open: number, opener: string, closer: string): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    at = pastText(text, at);
    if (text[at] === opener) depth++;
    else if (text[at] === closer && --depth === 0) return at;
  }
  throw new Error(`"${opener}" is never closed`);
}

function endOfSimple(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    at = pastText(text, at);
    if (text[at] === ';') return at + 1;
  }
  throw new Error('a statement without its end');
}

/** Skips a string, a template or a regular expression that begins here. */
function pastText(text: string, at: number): number {
  const quote = text[at]!;
  const isPattern = quote === '/' && /[(,=!&|?:]\s*$/.test(text.slice(Math.max(0, at - 3), at));
  if (!'\'"`'.includes(quote) && !isPattern) return at;
  let set = false;
  for (let next = at + 1; next < text.length; next++) {
    if (text[next] === '\\') next++;
    else if (isPattern && text[next] === '[') set = true;
    else if (isPattern && text[next] === ']') set = false;
    else if (text[next] === quote && !set) return next + 1;
  }
  throw new Error('a text that is never closed');
}

let count = 0;

/** The reader's module without that check; with all of them where there is none given. */
export async function moduleWithout(source: string, check?: MarkedCheck): Promise<unknown> {
  const path = join(projectRoot, source);
  const result = await build({
    entryPoints: [path], bundle: true, write: false, format: 'esm', platform: 'node', target: 'node20', logLevel: 'silent', external: ['execa', 'libsql', 'z3-solver', '@yowasp/*'],
    plugins: [{
      name: 'without-check',
      setup(plugin) {
        plugin.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
          if (loaded !== path || !check) return undefined;
          const text = readFileSync(path, 'utf8');
          return { contents: `${text.slice(0, check.start)};${text.slice(check.end)}`, loader: 'ts' };
        });
      },
    }],
  });
  // Beside the packages, which are not bundled.
  const folder = join(projectRoot, 'node_modules', '.cache');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `without-check-${process.pid}-${++count}.mjs`);
  writeFileSync(file, result.outputFiles[0]!.contents);
  try { return await (import(/* @vite-ignore */ pathToFileURL(file).href) as Promise<unknown>); } finally { rmSync(file, { force: true }); }
}
