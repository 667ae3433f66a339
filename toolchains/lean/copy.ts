/**
 * A copy of a module for the audit alone, where the build of the module itself cannot name everything: an `example` and
 * an `instance` without a name get one (Lean keeps no example at all), and a declaration with an error gets `sorry` for
 * its value, since Lean keeps no build of a file with errors. What is then proved without `sorryAx` stands in the copy
 * word for word as in the file, and does not rest on what failed.
 */
import type { ProgramFile } from './program.ts';
import type { Declaration } from './source/declarations.ts';

export interface ModuleCopy {
  readonly text: string;
  /** Last part of the name that an anonymous declaration has in the copy. */
  readonly names: ReadonlyMap<Declaration, string>;
  readonly blanked: ReadonlySet<Declaration>;
}

/** Undefined where the module needs no copy. */
export function auditCopy(file: ProgramFile, failed: ReadonlySet<Declaration>, nonce: string): ModuleCopy | undefined {
  const { tokens, declarations, text } = file.source;
  const names = new Map<Declaration, string>();
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  declarations.forEach((declaration, index) => {
    if (declaration.anonymous) {
      const name = `assay_${nonce}_${index}`;
      const keyword = tokens[declaration.command.keyword]!;
      names.set(declaration, name);
      if (declaration.kind === 'example') edits.push({ start: keyword.start, end: keyword.end, text: `def ${name}` });
      else { const at = endOfHead(declaration, file); edits.push({ start: at, end: at, text: ` ${name}` }); }
    }
    if (failed.has(declaration)) {
      const { value, command } = declaration;
      if (value === undefined || tokens[value]!.text !== ':=') return;
      edits.push({ start: tokens[value]!.start, end: tokens[command.to]!.end, text: ':= sorry' });
    }
  });
  if (edits.length === 0) return undefined;
  const blanked = new Set([...failed]);
  let copied = text;
  for (const edit of edits.sort((a, b) => b.start - a.start)) copied = copied.slice(0, edit.start) + edit.text + copied.slice(edit.end);
  return { text: copied, names, blanked };
}

/** After `instance` and its `(priority := …)`. */
function endOfHead(declaration: Declaration, file: ProgramFile): number {
  const { tokens } = file.source;
  const keyword = declaration.command.keyword;
  if (tokens[keyword + 1]?.text !== '(' || tokens[keyword + 2]?.text !== 'priority') return tokens[keyword]!.end;
  let at = keyword + 1;
  while (at < declaration.command.to && tokens[at]!.text !== ')') at++;
  return tokens[at]!.end;
}
