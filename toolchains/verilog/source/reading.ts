/** What a yosys script reads: files in order, with the macros that hold there, and the top that it chooses. */
import type { ScriptLine } from '../design.ts';

export interface ReadFile {
  readonly path: string;
  readonly defines: readonly (readonly [string, string])[];
  readonly includeFolders: readonly string[];
}

export interface Reading {
  readonly files: readonly ReadFile[];
  readonly top?: string;
  /** First line that needs Verific. */
  readonly verific?: number;
}

/** Options of the readers that take a word of their own. */
const WITH_VALUE: ReadonlySet<string> = new Set(['-setattr', '-top', '-import', '-work', '-L']);

export function readingOf(script: readonly ScriptLine[]): Reading {
  const files: ReadFile[] = [];
  const global: [string, string][] = [];
  const includeFolders: string[] = [];
  let top: string | undefined;
  let verific: number | undefined;
  for (const line of script) for (const [name, ...words] of line.commands) {
    if (name === 'verific') verific ??= line.line;
    else if (name === 'hierarchy' || name === 'prep' || name === 'synth') {
      const at = words.indexOf('-top');
      if (at >= 0 && words[at + 1]) top = unquoted(words[at + 1]!);
    } else if (name === 'verilog_defines' || name === 'read' || name === 'read_verilog') readWords(name, words.map(unquoted), files, global, includeFolders);
  }
  return { files, ...(top !== undefined && { top }), ...(verific !== undefined && { verific }) };
}

function readWords(command: string, words: readonly string[], files: ReadFile[], global: [string, string][], includeFolders: string[]): void {
  const own: [string, string][] = [];
  const paths: string[] = [];
  let formal = false;
  let collects: 'files' | 'defines' | 'folders' | 'undefines' = 'files';
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '-define' || word === '-undef') collects = word === '-define' ? 'defines' : 'undefines';
    else if (word === '-incdir') collects = 'folders';
    else if (word === '-formal') formal = true;
    else if (word === '-D' && command !== 'read') own.push(define(words[++at] ?? ''));
    else if (word.startsWith('-D')) own.push(define(word.slice(2)));
    else if (word === '-I') includeFolders.push(words[++at] ?? '');
    else if (word.startsWith('-I')) includeFolders.push(word.slice(2));
    else if (WITH_VALUE.has(word)) at++;
    else if (word.startsWith('-')) continue;
    else if (collects === 'defines') global.push(define(word));
    else if (collects === 'folders') includeFolders.push(word);
    else if (collects === 'undefines') { const index = global.findIndex(([name]) => name === word); if (index >= 0) global.splice(index, 1); }
    else paths.push(word);
  }
  if (command === 'verilog_defines') { global.push(...own); return; }
  const defines: [string, string][] = [['YOSYS', '1'], formal ? ['FORMAL', '1'] : ['SYNTHESIS', '1'], ...global, ...own];
  for (const path of paths) files.push({ path: path.replace(/^\.\//, ''), defines, includeFolders: [...includeFolders] });
}

function define(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, '1'] : [text.slice(0, at), text.slice(at + 1)];
}

function unquoted(word: string): string {
  return /^".*"$/.test(word) ? word.slice(1, -1) : word;
}
