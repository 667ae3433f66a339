/**
 * The guard for Verilog: a candidate adds assertions, which become obligations of their own, and nothing else. That the design
 * is the same without its properties, `confirm` lets an equivalence check say (toolchains/verilog/equiv).
 */
import type { GuardAnswer, GuardReason, GuardRequest, ProofAddition } from '../../guard.ts';
import { align, isAligned } from '../../guard/align.ts';
import { sameGlue, strictlyBalanced } from '../../guard/brackets.ts';
import { strangeCharacters } from '../../guard/characters.ts';
import { commentReasons } from '../../guard/comments.ts';
import { Places } from '../../places.ts';
import { tokens as read } from '../source/lexer.ts';
import { AssertionReader, type Lexical, type Refusal, type VerilogPiece } from './pieces.ts';

/** Comments that yosys and other readers act on. */
const ACTING = /synopsys|synthesis|translate_o|pragma|full_case|parallel_case|verilator|yosys/i;
const WEAK: ReadonlyMap<string, GuardReason['rule']> = new Map([['assume', 'assumption'], ['restrict', 'assumption'], ['cover', 'not-proof'], ['initial', 'executable'], ['assign', 'executable'], ['bind', 'redefinition'], ['defparam', 'redefinition'], ['force', 'executable']]);

export function guardVerilog(request: GuardRequest): Promise<GuardAnswer> { return Promise.resolve(answer(request)); }

function answer(request: GuardRequest): GuardAnswer {
  const start = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const reasons: GuardReason[] = [];
  const added: ProofAddition[] = [];
  for (const path of new Set([...request.before.keys(), ...request.after.keys()])) {
    const [base, text] = [request.before.get(path), request.after.get(path)];
    const why = base === undefined || text === undefined ? 'the candidate adds or removes the file' : !/\.(?:v|sv|vh|svh)$/.test(path) ? 'is no Verilog source: its options stay as they are' : !request.project.files.includes(path) ? `is no file of ${request.project.name}` : undefined;
    if (why) { reasons.push({ file: path, range: start, rule: 'files', why }); continue; }
    if (base === text) continue;
    const one = guardFile(path, base!, text!);
    reasons.push(...one.reasons);
    added.push(...one.added);
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'unchanged-but-for-proof', added };
}

function guardFile(file: string, base: string, text: string): { readonly reasons: readonly GuardReason[]; readonly added: readonly ProofAddition[] } {
  const before = lexed(base), after = lexed(text);
  const places = new Places(text);
  const at = (first: number, end: number): GuardReason['range'] => {
    const from = after[first]?.start ?? text.length;
    return places.range(from, Math.max(from, after[Math.max(first, end - 1)]?.end ?? from));
  };
  const reasons: GuardReason[] = [
    ...strangeCharacters(base, text).map(({ range, why }): GuardReason => ({ file, range, rule: 'unicode', why })),
    ...commentReasons(file, { text: base, tokens: before }, { text, tokens: after }),
  ];
  const acting = between(text, after).find(({ text: gap }) => ACTING.test(gap)) ?? between(base, before).find(({ text: gap }) => ACTING.test(gap));
  if (acting) reasons.push({ file, range: at(acting.before, acting.before + 1), rule: 'unreadable', why: 'a comment that a tool may act on stands in the file' });
  const balance = strictlyBalanced(after);
  if ('wrong' in balance) return { reasons: [...reasons, { file, range: at(balance.wrong, balance.wrong + 1), rule: 'unreadable', why: 'a bracket is not closed by its own kind' }], added: [] };
  const reader = new AssertionReader(after, balance.closers);
  const pieces = reader.file();
  const functions = new Set(before.flatMap((token, index) => ((token.text === 'function' || token.text === 'task') ? wordsUntil(before, index) : [])));
  const aligned = align<VerilogPiece, Refusal>(pieces, after.map((token) => token.text), before.map((token) => token.text), (piece) => reader.refusal(piece, functions));
  if (!isAligned(aligned)) {
    reasons.push(...aligned.refused.map(({ piece, reason }): GuardReason => ({ file, range: at(piece.first, piece.end), ...reason })));
    const wanted = before[aligned.base]?.text;
    reasons.push({ file, range: at(aligned.candidate, aligned.candidate + 1), rule: 'changed-code', why: wanted === undefined ? 'there is more than in the base' : `"${wanted}" of the base should stand here` });
    const counts = new Map<string, number>();
    for (const { text: word } of before) counts.set(word, (counts.get(word) ?? 0) + 1);
    after.forEach((token, index) => {
      const left = counts.get(token.text) ?? 0;
      if (left > 0) { counts.set(token.text, left - 1); return; }
      const rule = token.text.startsWith('`') ? 'redefinition' : WEAK.get(token.text);
      if (rule) reasons.push({ file, range: at(index, index + 1), rule, why: `adds "${token.text.split(' ')[0]}"` });
    });
    return { reasons, added: [] };
  }
  if (!sameGlue(before, after, aligned.base)) reasons.push({ file, range: at(0, 1), rule: 'changed-code', why: 'operator signs are set apart or together' });
  return { reasons, added: aligned.added.map((piece): ProofAddition => ({ file, range: at(piece.first, piece.end), what: piece.kind })) };
}

/** Offsets instead of lines; the text of a definition is part of its token. */
function lexed(text: string): Lexical[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return [...read(text)].map(({ kind, text: word, rest, range }): Lexical => ({
    kind, text: rest === undefined ? word : `${word} ${rest}`, start: starts[range.start.line - 1]! + range.start.column - 1, end: starts[range.end.line - 1]! + range.end.column - 1,
  }));
}

function between(text: string, tokens: readonly Lexical[]): { readonly text: string; readonly before: number }[] {
  let from = 0;
  return [...tokens.map((token, index) => { const gap = { text: text.slice(from, token.start), before: index }; from = token.end; return gap; }), { text: text.slice(from), before: tokens.length - 1 }];
}

/** The words of a function's head: its name is one of them. */
function wordsUntil(tokens: readonly Lexical[], at: number): string[] {
  const words: string[] = [];
  for (let index = at + 1; index < tokens.length && tokens[index]!.text !== ';' && tokens[index]!.text !== '('; index++) if (tokens[index]!.kind === 'word') words.push(tokens[index]!.text);
  return words.slice(-1);
}
