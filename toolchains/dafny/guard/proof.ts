/** Which pieces of a Dafny file are proof text, and may stand in a candidate without standing in its base. */
import type { GuardRule } from '../../guard.ts';
import { HINTS } from './program.ts';
import type { GuardNode } from './node.ts';
import type { Extents } from './expressions.ts';

export interface Refusal { readonly rule: GuardRule; readonly why: string }

export interface Surroundings {
  readonly extents: Extents;
  /** Names of lemmas in the program, and of everything else that a call statement or a right side could run. */
  readonly lemmas: ReadonlySet<string>;
  readonly runnable: ReadonlySet<string>;
  /** Functions, predicates, constructors of datatypes. */
  readonly pure: ReadonlySet<string>;
}

interface Place { readonly inAddedLemma: boolean; readonly inAddedLoop: boolean }

const refuse = (rule: GuardRule, why: string): Refusal => ({ rule, why });
/** Words that take something on trust, run, or hide: in no added piece, however deep. */
const NEVER: ReadonlyMap<string, GuardRule> = new Map([
  ['assume', 'assumption'], ['expect', 'executable'], ['print', 'executable'], ['new', 'executable'], ['yield', 'executable'], ['modify', 'executable'], ['axiom', 'assumption'], ['extern', 'assumption'],
  ['modifies', 'added-specification'], ['opaque', 'redefinition'], ['hide', 'not-proof'], ['label', 'not-proof'], ['method', 'executable'], ['constructor', 'executable'], ['iterator', 'executable'],
]);
/** Attributes that an added piece may carry. */
const PIECE_ATTRIBUTES = new Set(['trigger', 'induction', 'fuel', 'split_here', 'nowarn']);

export function refusalOf(piece: GuardNode, around: Surroundings): Refusal | undefined {
  return wordsOf(piece, around) ?? kindOf(piece, around, { inAddedLemma: false, inAddedLoop: false });
}

function wordsOf(piece: GuardNode, { extents }: Surroundings): Refusal | undefined {
  /** Where the outermost bracket of an expression ends, and whether a semicolon may stand in it. */
  let [inside, mayPart] = [piece.first, false];
  for (let at = piece.first; at < piece.end; at++) {
    const token = extents.tokens[at]!;
    if (at >= inside && opensExpression(extents, at)) {
      inside = extents.past(at);
      mayPart = extents.tokens.slice(at, inside).some(({ kind, text }) => kind === 'word' && PARTING.has(text));
    }
    if (at < inside && token.kind === 'symbol' && token.text === ';' && !mayPart) return refuse('unreadable', 'a semicolon within an expression');
    if (at < inside && token.kind === 'word' && STATEMENTS.has(token.text)) return refuse('unreadable', `"${token.text}" within an expression`);
    if (token.kind === 'string' && token.text.startsWith('@')) return refuse('not-proof', 'a verbatim string in proof text');
    if (token.kind === 'symbol' && (token.text === '@' || token.text === ':-')) return refuse(token.text === '@' ? 'attribute' : 'executable', `adds "${token.text}"`);
    if (token.kind === 'symbol' && token.text === '{:') {
      const name = extents.text(at + 1) ?? '';
      if (!PIECE_ATTRIBUTES.has(name)) return refuse('attribute', `adds the attribute {:${name}}`);
    }
    if (token.kind !== 'word') continue;
    const rule = NEVER.get(token.text);
    if (rule) return refuse(rule, `adds "${token.text}"`);
    if (/^['?]/.test(token.text)) return refuse('unreadable', `"${token.text}" begins no name`);
    if (token.text === 'decreases' && extents.text(at + 1) === '*') return refuse('assumption', '"decreases *" gives up termination');
  }
  return undefined;
}

/** A bracket of an expression, as opposed to a block. */
function opensExpression(extents: Extents, at: number): boolean {
  const text = extents.text(at);
  if (text === '(' || text === '[') return true;
  if (text !== '{') return false;
  const before = extents.tokens[at - 1];
  return before?.kind === 'symbol' ? /^(?:[-+*,=!<(\[&|]|==|!=|<=|>=|&&|\|\||==>|<==>|<-|::|:=)$/.test(before.text) : before?.text === 'in' || before?.text === 'multiset' || before?.text === 'iset';
}

/** Within an expression a semicolon stands behind a binding or an assertion. */
const PARTING = new Set(['var', 'assert', 'reveal', 'calc']);
const STATEMENTS = new Set([
  'return', 'break', 'continue', 'yield', 'while', 'for', 'const', 'type', 'module', 'class', 'trait', 'datatype', 'codatatype', 'newtype', 'lemma', 'function', 'predicate', 'import', 'export', 'include',
  'invariant', 'ensures', 'decreases', 'returns', 'modify', 'static', 'abstract',
]);

function kindOf(piece: GuardNode, around: Surroundings, place: Place): Refusal | undefined {
  switch (piece.kind) {
    case 'assert': case 'by block': case 'hint': case 'calc': case 'block': case 'if': case 'else': case 'match': case 'assert expression':
      return childrenOf(piece, around, place);
    case 'reveal': case 'reveal expression': return undefined;
    case 'forall': return childrenOf(piece, around, place);
    case 'call': case 'call expression': return calledLemma(piece, around);
    case 'variable':
      if (!piece.isGhost && !piece.inGhost) return refuse('executable', 'adds a variable that is not ghost');
      return rightSide(piece, around);
    case 'assignment':
      if (piece.writesBeyondNames) return refuse('executable', 'assigns to more than an added ghost variable');
      return rightSide(piece, around);
    case 'loop':
      if (!piece.inGhost) return refuse('executable', 'adds a loop to code that runs');
      return childrenOf(piece, around, { ...place, inAddedLoop: true });
    case 'clause': return clause(piece);
    case 'attribute': return HINTS.has(piece.word) ? undefined : refuse('attribute', `adds the attribute {:${piece.word}}`);
    case 'lemma body': return childrenOf(piece, around, place);
    case 'declaration': return declaration(piece, around);
    case 'return': return place.inAddedLemma ? undefined : refuse('narrowed', 'adds a return, which skips what stands behind it');
    case 'break': return place.inAddedLoop ? undefined : refuse('narrowed', 'adds a jump, which skips what stands behind it');
    case 'assume': return refuse('assumption', 'adds an assumption');
    case 'expect': return refuse('executable', 'adds a test at run time, which is believed afterwards');
    case 'statement': return refuse('executable', 'adds a statement that runs');
  }
}

function childrenOf(piece: GuardNode, around: Surroundings, place: Place): Refusal | undefined {
  for (const child of piece.children) {
    const refusal = kindOf(child, around, place);
    if (refusal) return refusal;
  }
  return undefined;
}

function calledLemma(piece: GuardNode, { extents, lemmas, runnable }: Surroundings): Refusal | undefined {
  const name = extents.text(piece.callee!)!;
  if (runnable.has(name)) return refuse('executable', `calls ${name}, which is not only a lemma`);
  return lemmas.has(name) ? undefined : refuse('executable', `calls ${name}, which is not known to be a lemma`);
}

/** A call of a method on the right side of a ghost variable runs all the same. */
function rightSide(piece: GuardNode, { extents, lemmas, runnable, pure }: Surroundings): Refusal | undefined {
  for (let at = piece.first; at < piece.end; at++) {
    const name = extents.text(at)!;
    if (extents.tokens[at]!.kind === 'word' && runnable.has(name) && /^[(<]$/.test(extents.text(at + 1) ?? '')) return refuse('executable', `calls ${name}, which is a method`);
  }
  if (piece.callee === undefined) return undefined;
  const name = extents.text(piece.callee)!;
  return lemmas.has(name) || pure.has(name) || BUILT_IN.has(name) ? undefined : refuse('executable', `calls ${name}, which is not known to be a function`);
}

const BUILT_IN = new Set(['old', 'fresh', 'allocated', 'unchanged', 'multiset', 'seq', 'set', 'iset', 'map', 'imap', 'in', 'then', 'else', 'if', 'match', 'is', 'as']);

function clause(piece: GuardNode): Refusal | undefined {
  if (piece.ofLoop) return piece.word === 'invariant' || piece.word === 'decreases' ? undefined : refuse('added-specification', `adds "${piece.word}" to a loop`);
  return piece.word === 'decreases' ? undefined : refuse('added-specification', `adds "${piece.word}" to a specification`);
}

function declaration(piece: GuardNode, around: Surroundings): Refusal | undefined {
  const { word } = piece;
  if (word === 'import' || word === 'include') return refuse('import', `adds an ${word}`);
  if (word !== 'lemma' && word !== 'function' && word !== 'predicate') return refuse('executable', `adds a ${word}`);
  if (!piece.isGhost) return refuse('executable', `adds a ${word} that is not ghost`);
  if (!piece.hasBody) return refuse('assumption', `adds a ${word} without a body, which is an axiom`);
  for (const child of piece.children) {
    if (child.kind === 'clause') continue;
    const refusal = kindOf(child, around, { inAddedLemma: true, inAddedLoop: false });
    if (refusal) return refusal;
  }
  return undefined;
}
