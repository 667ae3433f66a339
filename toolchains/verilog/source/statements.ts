/** Finds modules and the assert, assume, cover and restrict statements in them, in a stream of tokens. */
import type { Position, Range } from '../../contract.ts';
import type { PropertyKind } from '../design.ts';
import type { SourceToken } from './preprocess.ts';

export interface PropertyStatement {
  readonly kind: PropertyKind;
  /** The word written: "assert", "assume", "cover", "restrict". */
  readonly word: string;
  readonly file: string;
  readonly range: Range;
  readonly module: string;
  readonly label?: string;
  /** The tokens between the parentheses, joined. */
  readonly expression: string;
  /** A sequence or a clocked property: what open front ends refuse. */
  readonly concurrent: boolean;
}

export interface SourceModule {
  readonly name: string;
  readonly isPackage: boolean;
  readonly file: string;
  readonly start: Position;
  /** Words of its body: a superset of the modules that it instantiates. */
  readonly words: ReadonlySet<string>;
}

/** A `bind` directive, which open front ends pass over in silence (yosys 0.23 to 0.66). */
export interface BindDirective { readonly file: string; readonly range: Range }

export interface ScannedSource {
  readonly modules: readonly SourceModule[];
  readonly statements: readonly PropertyStatement[];
  readonly binds: readonly BindDirective[];
}

const KEYWORDS: Readonly<Record<string, PropertyKind>> = { assert: 'assert', assume: 'assume', restrict: 'assume', cover: 'cover' };
const OPENING: ReadonlySet<string> = new Set(['module', 'macromodule', 'interface', 'program', 'package']);
const CLOSING: ReadonlySet<string> = new Set(['endmodule', 'endinterface', 'endprogram', 'endpackage']);
const SEQUENCE_SYMBOLS: ReadonlySet<string> = new Set(['|->', '|=>', '##']);
const SEQUENCE_WORDS: ReadonlySet<string> = new Set(['disable', 'throughout', 'until', 'nexttime', 'always', 's_always', 's_nexttime', 'first_match', 'intersect', 'within']);

export function scanStatements(stream: Iterable<SourceToken>): ScannedSource {
  const modules: SourceModule[] = [];
  const statements: PropertyStatement[] = [];
  const binds: BindDirective[] = [];
  const all = [...stream];
  let words: Set<string> | undefined;
  let module = '';
  for (let index = 0; index < all.length; index++) {
    const token = all[index]!;
    if (token.kind !== 'word') continue;
    const before = all[index - 1]?.text;
    if (OPENING.has(token.text) && before !== 'virtual') {
      let at = index + 1;
      while (all[at]?.text === 'automatic' || all[at]?.text === 'static') at++;
      const name = all[at];
      if (name?.kind !== 'word') continue;
      module = plainName(name.text);
      words = new Set();
      modules.push({ name: module, isPackage: token.text === 'package', file: token.file, start: token.range.start, words });
      index = at;
    } else if (CLOSING.has(token.text)) {
      module = '';
      words = undefined;
    } else if (token.text === 'bind' && beginsItem(before) && all[index + 1]?.kind === 'word') {
      binds.push({ file: token.file, range: token.range });
    } else if (Object.hasOwn(KEYWORDS, token.text) && module !== '') {
      const found = statementAt(all, index, module);
      if (found) statements.push(found);
    } else words?.add(plainName(token.text));
  }
  return { modules, statements, binds };
}

/** What stands before an item of a module or of a file; elsewhere `bind` is a name of Verilog-2005. */
function beginsItem(before: string | undefined): boolean {
  return before === undefined || before === ';' || before === 'begin' || /^end[a-z]*$/.test(before);
}

/** An escaped identifier is the name after its backslash. */
function plainName(text: string): string {
  return text.startsWith('\\') ? text.slice(1) : text;
}

function statementAt(all: readonly SourceToken[], index: number, module: string): PropertyStatement | undefined {
  const word = all[index]!;
  if (all[index - 1]?.text === '.') return undefined; // a port of that name
  let at = index + 1;
  let isProperty = false;
  if (all[at]?.text === 'property') { isProperty = true; at++; }
  else if (all[at]?.text === 'final') at++;
  else if (all[at]?.text === '#' && all[at + 1]?.text === '0') at += 2;
  if (all[at]?.text !== '(') return undefined;
  const inside: SourceToken[] = [];
  let nesting = 0;
  for (; at < all.length; at++) {
    const token = all[at]!;
    if (token.text === '(' && nesting++ === 0) continue;
    if (token.text === ')' && --nesting === 0) break;
    inside.push(token);
  }
  const last = all[Math.min(at, all.length - 1)]!;
  const hasLabel = all[index - 1]?.text === ':' && all[index - 2]?.kind === 'word' && all[index - 2]!.text !== 'default' && all[index - 3]?.text !== '?';
  const label = hasLabel ? plainName(all[index - 2]!.text) : undefined;
  const start = hasLabel && all[index - 2]!.file === word.file ? all[index - 2]!.range.start : word.range.start;
  const eventually = inside.some(token => token.text === 's_eventually' || token.text === 'eventually');
  const kind = KEYWORDS[word.text]!;
  const concurrent = isProperty && inside.some((token, position) => SEQUENCE_SYMBOLS.has(token.text) || SEQUENCE_WORDS.has(token.text) || (token.text === '@' && position === 0));
  return {
    kind: eventually ? (kind === 'assert' ? 'live' : kind === 'assume' ? 'fair' : kind) : kind,
    word: word.text, file: word.file, range: { start, end: last.file === word.file ? last.range.end : word.range.end }, module,
    ...(label !== undefined && { label }), expression: joined(inside), concurrent,
  };
}

/** Tokens with one blank where two words would run together; for symbols and texts, so only its being stable matters. */
function joined(list: readonly SourceToken[]): string {
  let text = '';
  for (const token of list) {
    const gap = /\w$/.test(text) && /^[\w\\]/.test(token.text);
    text += (gap ? ' ' : '') + token.text;
  }
  return text;
}
