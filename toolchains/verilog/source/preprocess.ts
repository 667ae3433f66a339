/**
 * Follows `ifdef, `define and `include over the tokens of a file, as the front end will, to list obligations before
 * anything runs. Tokens that come from a macro have the place of its use.
 */
import type { Range } from '../../contract.ts';
import { tokens, type Token } from './lexer.ts';

export interface SourceToken extends Token { readonly file: string }
interface Macro { readonly parameters: readonly string[] | undefined; readonly body: string }

/** Text of an included file by the name written and the file that names it; undefined where it is not there. */
export type IncludeReader = (name: string, from: string) => { readonly file: string; readonly text: string } | undefined;

const MACRO_DEPTH = 40;
const INCLUDE_DEPTH = 40;
/** Directives of the language that are no macros. */
const OTHER_DIRECTIVES: ReadonlySet<string> = new Set([
  '`timescale', '`default_nettype', '`resetall', '`celldefine', '`endcelldefine', '`line', '`pragma', '`unconnected_drive', '`nounconnected_drive',
  '`begin_keywords', '`end_keywords', '`undefineall', '`default_decay_time', '`delay_mode_path',
]);

export class Preprocessor {
  readonly macros = new Map<string, Macro>();
  /** Names that `include asked for and that are not there. */
  readonly missing: { readonly name: string; readonly file: string; readonly range: Range }[] = [];
  readonly included = new Set<string>();

  constructor(defines: Iterable<readonly [string, string]>, private readonly include: IncludeReader) {
    for (const [name, value] of defines) this.macros.set(name, { parameters: undefined, body: value });
  }

  *read(file: string, text: string, depth = 0): Generator<SourceToken> {
    const source = tokens(text);
    /** One entry an open `ifdef: whether its present branch is live, and whether one was. */
    const open: { live: boolean; taken: boolean; outer: boolean }[] = [];
    const live = (): boolean => open.at(-1)?.live ?? true;
    for (let next = source.next(); !next.done; next = source.next()) {
      const token = next.value;
      if (token.kind !== 'directive') { if (live()) yield { ...token, file }; continue; }
      switch (token.text) {
        case '`ifdef': case '`ifndef': case '`elsif': {
          const name = source.next().value as Token | undefined;
          const defined = name !== undefined && this.macros.has(name.text);
          if (token.text === '`elsif') {
            const last = open.at(-1);
            if (last) { last.live = last.outer && !last.taken && defined; last.taken ||= last.live; }
          } else {
            const outer = live();
            const isLive = outer && defined === (token.text === '`ifdef');
            open.push({ live: isLive, taken: isLive, outer });
          }
          break;
        }
        case '`else': { const last = open.at(-1); if (last) { last.live = last.outer && !last.taken; last.taken = true; } break; }
        case '`endif': open.pop(); break;
        case '`define': if (live()) this.define(token.rest ?? ''); break;
        case '`undef': { const name = source.next().value as Token | undefined; if (live() && name) this.macros.delete(name.text); break; }
        case '`include': {
          const name = source.next().value as Token | undefined;
          if (live() && name && depth < INCLUDE_DEPTH) yield* this.includeFile(name, file, depth);
          break;
        }
        default: if (live() && !OTHER_DIRECTIVES.has(token.text)) yield* this.use(token, source, file);
      }
    }
  }

  private *includeFile(name: Token, file: string, depth: number): Generator<SourceToken> {
    const written = name.text.replace(/^"|"$/g, '');
    const found = this.include(written, file);
    if (!found) { this.missing.push({ name: written, file, range: name.range }); return; }
    this.included.add(found.file);
    yield* this.read(found.file, found.text, depth + 1);
  }

  private define(rest: string): void {
    const match = /^\s*([A-Za-z_][A-Za-z0-9_$]*)(\(([^)]*)\))?([\s\S]*)$/.exec(rest);
    if (!match) return;
    const parameters = match[2] === undefined ? undefined : match[3]!.split(',').map(one => one.replace(/=.*/, '').trim());
    this.macros.set(match[1]!, { parameters, body: match[4]!.trim() });
  }

  private *use(token: Token, source: Iterator<Token>, file: string): Generator<SourceToken> {
    const macro = this.macros.get(token.text.slice(1));
    if (!macro) return;
    const actual: string[] = [];
    let end = token.range.end;
    if (macro.parameters) {
      let nesting = 0;
      let braces = 0;
      let current = '';
      for (let next = source.next(); !next.done; next = source.next()) {
        const one = next.value;
        end = one.range.end;
        if (one.text === '(' && nesting++ === 0) continue;
        if (one.text === ')' && --nesting === 0) break;
        if (nesting === 0) break;
        if (one.text === '[' || one.text === '{') braces++; else if (one.text === ']' || one.text === '}') braces--;
        if (one.text === ',' && nesting === 1 && braces === 0) { actual.push(current); current = ''; } else current += `${one.text} `;
      }
      actual.push(current);
    }
    const text = this.substitute(macro, actual, 0);
    for (const one of tokens(text)) if (one.kind !== 'directive') yield { ...one, file, range: { start: token.range.start, end } };
  }

  private substitute(macro: Macro, actual: readonly string[], depth: number): string {
    let body = macro.body;
    if (macro.parameters) {
      const values = new Map(macro.parameters.map((name, index) => [name, actual[index] ?? '']));
      body = body.replace(/[A-Za-z_][A-Za-z0-9_$]*/g, word => values.get(word) ?? word);
    }
    body = body.replaceAll('``', '').replaceAll('`"', '"');
    if (depth >= MACRO_DEPTH) return body;
    let text = '';
    let from = 0;
    const use = /`([A-Za-z_][A-Za-z0-9_$]*)/g;
    for (let found = use.exec(body); found; found = use.exec(body)) {
      const nested = this.macros.get(found[1]!);
      if (!nested) continue;
      const list = nested.parameters ? argumentList(body, use.lastIndex) : undefined;
      text += body.slice(from, found.index) + this.substitute(nested, list?.parts ?? [], depth + 1);
      from = use.lastIndex = list?.end ?? use.lastIndex;
    }
    return text + body.slice(from);
  }
}

/** The parts of a list in parentheses, which may hold others; undefined where none begins there or it is not closed. */
function argumentList(text: string, start: number): { readonly parts: readonly string[]; readonly end: number } | undefined {
  const open = start + /^\s*/.exec(text.slice(start))![0].length;
  if (text[open] !== '(') return undefined;
  const parts: string[] = [];
  let nesting = 0;
  let from = open + 1;
  for (let at = open; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') { const close = /^"(?:[^"\\]|\\[\s\S])*"/.exec(text.slice(at)); if (close) at += close[0].length - 1; continue; }
    if (sign === '(' || sign === '[' || sign === '{') nesting++;
    else if (sign === ')' || sign === ']' || sign === '}') { if (--nesting === 0) return { parts: [...parts, text.slice(from, at)], end: at + 1 }; }
    else if (sign === ',' && nesting === 1) { parts.push(text.slice(from, at)); from = at + 1; }
  }
  return undefined;
}
