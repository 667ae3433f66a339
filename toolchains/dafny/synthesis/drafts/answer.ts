/**
 * A model's answer as a new text of the file. Insertions, the whole file, or single declarations are understood; whether the
 * text may stand is the guard's question alone.
 */
import { Places } from '../../../places.ts';
import { tokenise } from '../../source/tokens.ts';
import { readSyntax, type Syntax } from '../../syntax/program.ts';
import { indentAt, type Candidate } from '../candidate.ts';
import { insert } from '../edit.ts';
import { loopsOf } from '../site.ts';

export type Answer = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly why: string };

const INSERTION = /^\s*(\d{1,6})\s*[:|]\s?(.*)$/;
const CLAUSE = /^(invariant|decreases)\b/;

export function readAnswer(base: Syntax, answer: string): Answer {
  const blocks = [...answer.matchAll(/```([\w-]*)[^\S\n]*\r?\n([\s\S]*?)(?:```|$)/g)].map((match) => ({ language: match[1]!.toLowerCase(), text: match[2]! }));
  if (blocks.length === 0) blocks.push({ language: '', text: answer });
  // The last one is the answer; what is before it was thinking aloud.
  const block = blocks.findLast((one) => one.language === 'insert') ?? blocks.at(-1)!;
  const lines = block.text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return { kind: 'unreadable', why: 'the answer has no text' };
  if (block.language === 'insert' || lines.every((line) => INSERTION.test(line))) return insertions(base, lines);
  return declarations(base, block.text);
}

function insertions(base: Syntax, lines: readonly string[]): Answer {
  const { text } = base.file;
  const places = new Places(text);
  const count = text.split('\n').length;
  const candidates: Candidate[] = [];
  for (const [order, line] of lines.entries()) {
    const match = INSERTION.exec(line);
    if (!match) return { kind: 'unreadable', why: `"${line.trim().slice(0, 80)}" names no line to stand before` };
    const [at, added] = [Number(match[1]), match[2]!.trim()];
    if (at < 1 || at > count + 1) return { kind: 'unreadable', why: `there is no line ${at}` };
    if (added === '') continue;
    const loop = CLAUSE.test(added) ? loopAt(base, places, at) : undefined;
    const offset = loop ? loop.body!.start : places.offset({ line: at, column: 1 });
    const indent = loop ? `${indentAt(text, loop.start)}  ` : indentAt(text, places.offset({ line: Math.min(at, count), column: 1 }));
    candidates.push({ offset, order, text: added, family: 'drafts', tier: 0, indent, path: '', kind: 'statement' });
  }
  return candidates.length === 0 ? { kind: 'unreadable', why: 'the answer adds nothing' } : { kind: 'text', text: insert(text, candidates).text };
}

/** The innermost loop whose head this line is in, or directly behind. */
function loopAt(base: Syntax, places: Places, line: number): ReturnType<typeof loopsOf>[number]['loop'] | undefined {
  const loops = base.callables.flatMap((callable) => loopsOf(callable).map((one) => one.loop));
  return loops.filter((loop) => places.at(loop.start).line <= line && line <= places.at(loop.body!.start).line + 1).sort((a, b) => b.start - a.start)[0];
}

/** The whole file, or some declarations of it: these in their place, new ones before the first of them. */
function declarations(base: Syntax, text: string): Answer {
  const own = base.file.text;
  const given = readSyntax(base.file.path, text);
  const known = new Set(given.file.declarations.map((one) => one.path));
  if (given.file.declarations.length === 0) return { kind: 'unreadable', why: 'the answer has no declaration, and no insertion' };
  if (base.file.declarations.every((one) => known.has(one.path))) return { kind: 'text', text: asBase(own, text) };
  const span = (syntax: Syntax, index: number): [number, number] => { const one = syntax.file.declarations[index]!; return [syntax.file.tokens[one.first]!.start, syntax.file.tokens[one.last]!.end]; };
  const edits: { start: number; end: number; text: string }[] = [], added: string[] = [];
  for (const [index, declaration] of given.file.declarations.entries()) {
    const piece = text.slice(...span(given, index));
    const at = base.file.declarations.findIndex((one) => one.path === declaration.path || (!declaration.container && one.name === declaration.name && one.kind === declaration.kind));
    if (at >= 0) { const [start, end] = span(base, at); edits.push({ start, end, text: piece }); } else if (!declaration.container) added.push(piece);
  }
  if (edits.length === 0) return { kind: 'unreadable', why: 'the answer has no declaration of the file' };
  edits.sort((a, b) => a.start - b.start);
  if (edits.some((edit, at) => at > 0 && edit.start < edits[at - 1]!.end)) return { kind: 'unreadable', why: 'the answer has a declaration twice' };
  let result = '', at = 0;
  for (const [index, edit] of edits.entries()) {
    result += `${own.slice(at, edit.start)}${index === 0 && added.length > 0 ? `${added.join('\n\n')}\n\n` : ''}${edit.text}`;
    at = edit.end;
  }
  return { kind: 'text', text: asBase(own, result + own.slice(at)) };
}

/** Line ends and the last line as in the base. */
function asBase(base: string, text: string): string {
  const plain = text.replaceAll('\r\n', '\n').replace(/\n*$/, /\n$/.test(base) ? '\n' : '');
  return base.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
}

/** Equal for texts that differ in blanks and comments alone. */
export function draftKey(text: string): string { return tokenise(text).map((token) => token.text).join(' '); }
