/**
 * What a Dafny file takes on trust, from its source: the tool's warnings and its audit name only some of it. A finding
 * inside a declaration holds for that declaration and all that use it; one without a declaration for the whole file.
 */
import type { Attribute } from './attributes.ts';
import { attributeAt, isHarmless } from './attributes.ts';
import { bodyGroup, CLAUSE_WORDS } from './body.ts';
import type { DafnyFile, Declaration } from './declarations.ts';
import { closing, type Token } from './tokens.ts';

export interface Finding {
  /** "abstract": a specification in an abstract module, an axiom only where a refinement leaves it without a body. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly declaration?: Declaration;
}

const CLAUSES = new Set(['invariant', 'decreases', 'modifies', 'ensures']);
const CALLABLE = new Set(['method', 'lemma', 'constructor', 'function', 'predicate', 'iterator']);
/** Words that begin a statement: a loop or `forall` that meets one before its brace has no body. */
const STATEMENT = new Set(['var', 'if', 'while', 'for', 'assert', 'assume', 'expect', 'return', 'print', 'forall', 'calc', 'reveal', 'match', 'label', 'break', 'continue', 'modify', 'yield', 'hide', 'ghost']);

export function findAssumptions(file: DafnyFile): Finding[] {
  const { tokens } = file;
  const findings: Finding[] = [];
  const owners = ownerOfTokens(file);
  for (const declaration of file.declarations) {
    const missing = missingBody(file, declaration);
    if (missing) findings.push({ kind: missing, start: tokens[declaration.first]!.start, end: tokens[declaration.last]!.end, declaration });
  }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const declaration = owners[at];
    const inside = declaration ? { declaration } : {};
    const attribute = attributeAt(file.text, tokens, at);
    if (attribute) {
      const kind = trustOf(attribute, tokens[at - 1]);
      const isCovered = (kind === 'axiom' || kind === 'extern') && findings.some((one) => one.declaration === declaration && one.kind === kind);
      if (kind !== undefined && !isCovered) findings.push({ kind, start: attribute.start, end: attribute.end, ...inside });
      continue;
    }
    if (token.kind !== 'word') continue;
    if (token.text === 'assume' || token.text === 'expect') findings.push({ kind: token.text, start: token.start, end: statementEnd(tokens, at), ...inside });
    else if (token.text === 'decreases' && tokens[at + 1]?.text === '*') findings.push({ kind: 'decreases-star', start: token.start, end: tokens[at + 1]!.end, ...inside });
    else if ((token.text === 'while' || token.text === 'for' || token.text === 'forall') && withoutBody(tokens, at, declaration))
      findings.push({ kind: `bodyless-${token.text === 'forall' ? 'forall' : 'loop'}`, start: token.start, end: statementEnd(tokens, at), ...inside });
  }
  return findings.sort((a, b) => a.start - b.start);
}

/** The innermost declaration of each token. */
function ownerOfTokens(file: DafnyFile): (Declaration | undefined)[] {
  const owners = new Array<Declaration | undefined>(file.tokens.length).fill(undefined);
  for (const declaration of file.declarations) owners.fill(declaration, declaration.first, declaration.last + 1);
  return owners;
}

/** A specification without a body is an axiom, except where it is there to be overridden or refined, and checked then. */
function missingBody(file: DafnyFile, declaration: Declaration): string | undefined {
  if (!CALLABLE.has(declaration.kind) || declaration.body) return undefined;
  const named = (name: string): boolean => declaration.attributes.some((attribute) => attribute.name === name);
  if (named('extern')) return 'extern';
  if (named('axiom') || named('Axiom')) return 'axiom';
  if (declaration.container?.kind === 'trait' || isRefinement(file, declaration)) return undefined;
  const words = file.tokens.slice(declaration.nameToken, declaration.last + 1);
  const promises = words.some((token) => token.kind === 'word' && (token.text === 'ensures' || token.text === 'returns' || token.text === 'yields'));
  return !promises && declaration.kind !== 'function' ? undefined : isAbstract(declaration) ? 'abstract' : 'axiom';
}

function isAbstract(declaration: Declaration): boolean {
  for (let at = declaration.container; at; at = at.container) if (at.modifiers.includes('abstract')) return true;
  return false;
}

/** `method M ...` in a refining module keeps the body that is refined. */
function isRefinement(file: DafnyFile, declaration: Declaration): boolean {
  return file.tokens[declaration.nameToken + 1]?.text === '...';
}

/** The kind of trust that an attribute asks for. */
function trustOf(attribute: Attribute, before: Token | undefined): string | undefined {
  const { name, argument } = attribute;
  if (name === 'verify' || name === 'Verify') return argument === 'true' ? undefined : 'verify-false';
  if (name === 'only' || name === 'VerifyOnly') return argument === 'false' ? undefined : 'only';
  if (name === 'selective_checking') return 'selective-checking';
  if (name === 'axiom' || name === 'Axiom') return before?.text === 'assume' ? undefined : 'axiom';
  if (name === 'extern' || name === 'Extern') return 'extern';
  if (name === 'termination' || name === 'AssumeCrossModuleTermination') return argument === 'true' ? undefined : 'termination';
  if (name === 'assume_concurrent' || name === 'AssumeConcurrent') return 'assume-concurrent';
  return isHarmless(attribute) ? undefined : 'unknown-attribute';
}

function withoutBody(tokens: readonly Token[], at: number, declaration: Declaration | undefined): boolean {
  const body = declaration?.body;
  if (!body || at <= body.open || at >= body.close || !CALLABLE.has(declaration.kind)) return false;
  const isForall = tokens[at]!.text === 'forall';
  let end = at + 1;
  for (; end < body.close; end++) {
    const token = tokens[end]!;
    if (token.text === '::' && isForall) return false; // an expression
    if (token.text === '}' || token.text === ')' || token.text === ']') break;
    // Clauses of Dafny 1 end with a semicolon.
    if (token.text === ';' && tokens[end + 1]?.text !== '{' && !CLAUSES.has(tokens[end + 1]?.text ?? '')) break;
    if (token.text === '(' || token.text === '[' || token.text === '{:') { end = closing(tokens, end, body.close); continue; }
    if (token.text === '{') {
      const open = bodyGroup(tokens, at + 1, end + 1, 'statement');
      if (open === end || tokens[end + 1]?.text === 'case' || end === at + 1) return false;
      end = closing(tokens, end, body.close);
      continue;
    }
    if (token.kind === 'word' && STATEMENT.has(token.text) && endsOperand(tokens[end - 1]!) && token.text !== 'if' && token.text !== 'forall' && token.text !== 'match') break;
  }
  const head = tokens.slice(at + 1, end);
  return !isForall || head.some((token) => token.text === 'ensures');
}

function endsOperand(token: Token): boolean {
  return token.kind === 'symbol' ? /^[)\]}]$/.test(token.text) : token.kind !== 'word' || !CLAUSE_WORDS.has(token.text);
}

/** Up to the semicolon or the brace that ends it, for people to read. */
function statementEnd(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (text === ';') return tokens[at]!.end;
    if (text === '}' || text === ')' || text === ']') return tokens[at - 1]!.end;
    if (text === '(' || text === '[' || text === '{' || text === '{:') at = closing(tokens, at);
  }
  return tokens[tokens.length - 1]!.end;
}
