/** Which pieces of a Verus file are proof text, and may stand in a candidate without standing in its base. */
import type { GuardCaps, GuardRule } from '../../guard.ts';
import type { Token } from '../source/tokens.ts';
import type { VerusPiece } from './node.ts';

export interface Refusal { readonly rule: GuardRule; readonly why: string }
const refuse = (rule: GuardRule, why: string): Refusal => ({ rule, why });

const NEVER: ReadonlyMap<string, GuardRule> = new Map([
  ...['assume', 'assume_', 'admit', 'axiom', 'external_body', 'external', 'assume_specification', 'inline_air_stmt', 'external_fn_specification', 'unreached', 'assume_termination', 'proof_from_false', 'uninterp'].map((word) => [word, 'assumption'] as const),
  ...['unsafe', 'exec', 'panic', 'unimplemented', 'todo', 'unreachable', 'asm', 'async', 'await', 'static', 'struct', 'enum', 'print', 'println'].map((word) => [word, 'executable'] as const),
  ...['macro_rules', 'impl', 'trait', 'type', 'mod', 'extern', 'global', 'derive', 'cfg', 'cfg_attr'].map((word) => [word, 'redefinition'] as const),
  ['use', 'import'], ['include', 'import'], ['include_str', 'import'], ['include_bytes', 'import'],
]);
const MACROS = new Set(['calc', 'assert_by_contradiction', 'assert_seqs_equal', 'assert_sets_equal', 'assert_maps_equal', 'assert_seqs_equal_internal', 'seq', 'set', 'map']);
/** Attributes that choose triggers, or how the solver is asked. */
const ATTRIBUTES = new Set(['trigger', 'auto', 'auto_trigger', 'all_triggers', 'verifier::spinoff_prover', 'verifier::rlimit', 'verifier::trigger', 'verifier::auto_trigger', 'verifier::nonlinear']);

export interface Surroundings { readonly tokens: readonly Token[]; readonly caps: GuardCaps; readonly baseMacros: ReadonlySet<string> }

export function refusalOf(piece: VerusPiece, around: Surroundings): Refusal | undefined {
  return wordsOf(piece, around) ?? kindOf(piece, around, false);
}

function wordsOf(piece: VerusPiece, { tokens, caps, baseMacros }: Surroundings): Refusal | undefined {
  for (let at = piece.first; at < piece.end; at++) {
    const { kind, text } = tokens[at]!;
    const next = tokens[at + 1]?.text;
    if (kind === 'symbol' && text === '#') {
      const refusal = attribute(tokens, at, caps);
      if (refusal) return refusal;
      continue;
    }
    if (kind !== 'word') continue;
    const isBroadcastUse = text === 'use' && piece.kind === 'broadcast use' && tokens[at - 1]?.text === 'broadcast';
    const rule = NEVER.get(text);
    if (rule && !isBroadcastUse && tokens[at - 1]?.text !== '#') return refuse(rule, `adds "${text}"`);
    if (text === 'broadcast' && piece.kind !== 'broadcast use') return refuse('redefinition', 'adds facts that hold everywhere without being called');
    if (next === '!' && tokens[at + 2]?.kind === 'symbol' && /^[([{]$/.test(tokens[at + 2]!.text) && (!MACROS.has(text) || baseMacros.has(text))) return refuse('redefinition', `adds the macro ${text}!, whose text is not known`);
    if (text === 'decreases' && next === '*') return refuse('assumption', 'gives up termination');
  }
  return undefined;
}

function attribute(tokens: readonly Token[], at: number, caps: GuardCaps): Refusal | undefined {
  let index = tokens[at + 1]?.text === '!' ? at + 3 : at + 2;
  if (tokens[index - 1]?.text !== '[') return refuse('unreadable', '"#" without an attribute');
  let name = tokens[index]?.text ?? '';
  for (index++; tokens[index]?.text === '::' && tokens[index + 1]?.kind === 'word'; index += 2) name += `::${tokens[index + 1]!.text}`;
  if (name === 'verifier' && tokens[index]?.text === '(' && tokens[index + 1]?.kind === 'word') { name = `verifier::${tokens[index + 1]!.text}`; index += 2; }
  if (!ATTRIBUTES.has(name)) return refuse(NEVER.get(name.split('::').at(-1)!) ?? 'attribute', `adds the attribute ${name}`);
  if (name === 'verifier::rlimit') {
    const value = tokens[index]?.text === '(' && tokens[index + 2]?.text === ')' ? Number(tokens[index + 1]!.text) : NaN;
    if (!(caps.resource !== undefined && value <= caps.resource)) return refuse('limit', `sets the resource limit to ${tokens[index + 1]?.text ?? 'nothing'}`);
  }
  return undefined;
}

function kindOf(piece: VerusPiece, around: Surroundings, inAddedFunction: boolean): Refusal | undefined {
  const { tokens } = around;
  const inner = (): Refusal | undefined => childrenOf(piece, around, inAddedFunction);
  const ends = tokens[piece.end - 1]?.text;
  switch (piece.kind) {
    case 'proof block': case 'reveal': return inner();
    case 'assert': return ends === ';' || ends === '}' ? inner() : refuse('not-proof', 'an assertion that does not end');
    case 'comma': case 'element': return undefined;
    case 'loop clause': return piece.word === 'invariant' || piece.word === 'decreases' || piece.word === 'invariant_except_break' || piece.word === 'ensures' ? undefined : refuse('added-specification', `adds "${piece.word}" to a loop`);
    case 'clause': return piece.word === 'decreases' ? undefined : refuse('added-specification', `adds "${piece.word}" to a specification`);
    case 'attribute': return undefined; // its name was asked for with the words
    case 'ghost variable': return ends === ';' ? undefined : refuse('not-proof', 'a variable that does not end');
    case 'broadcast use': return tokens[piece.first + 2]?.text === 'vstd' ? undefined : refuse('import', 'uses facts of another place than vstd');
    case 'variable': case 'expression': case 'macro':
      if (!piece.inGhost) return refuse('executable', 'adds code that runs');
      return undefined;
    case 'if': case 'else': case 'match': case 'block':
      if (piece.word === 'unsafe') return refuse('executable', 'adds an unsafe block');
      return piece.inGhost ? inner() : refuse('executable', 'adds code that runs');
    case 'loop': return refuse('executable', 'adds a loop');
    case 'jump': return inAddedFunction ? undefined : refuse('narrowed', 'adds a jump, which skips what stands behind it');
    case 'item': return refuse('executable', 'adds an item');
    case 'function': return addedFunction(piece, around);
  }
}

function childrenOf(piece: VerusPiece, around: Surroundings, inAddedFunction: boolean): Refusal | undefined {
  for (const child of piece.children) {
    const refusal = kindOf(child, around, inAddedFunction);
    if (refusal) return refusal;
  }
  return undefined;
}

function addedFunction(piece: VerusPiece, around: Surroundings): Refusal | undefined {
  const declaration = piece.declaration!;
  const { scope } = declaration;
  if (!scope.verus || declaration.kind !== 'fn') return refuse('executable', 'adds a function outside of verus!');
  if (declaration.mode === 'exec') return refuse('executable', `adds ${declaration.name}, which runs`);
  if (!declaration.body) return refuse('assumption', `adds ${declaration.name} without a body`);
  if (declaration.externalBody || declaration.external || scope.external) return refuse('assumption', `adds ${declaration.name}, which is not verified`);
  if (declaration.conditional || scope.conditional) return refuse('narrowed', `adds ${declaration.name} under a condition`);
  if (scope.trait !== undefined || scope.impl?.trait) return refuse('redefinition', `adds ${declaration.name} to a trait`);
  for (const modifier of declaration.modifiers) if (!['pub', 'open', 'closed', 'spec', 'proof'].includes(modifier)) return refuse('redefinition', `adds a ${modifier} function`);
  for (const child of piece.children) {
    if (child.kind === 'clause') { if (!['requires', 'ensures', 'decreases', 'recommends'].includes(child.word)) return refuse('not-proof', `adds "${child.word}"`); continue; }
    const refusal = kindOf(child, around, true);
    if (refusal) return refusal;
  }
  return undefined;
}
