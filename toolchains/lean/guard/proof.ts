/** What a new proof text of Lean may hold: terms and tactics; no command, no code that runs while Lean reads, no raised limit. */
import type { GuardCaps, GuardRule } from '../../guard.ts';
import type { Module } from '../source/declarations.ts';

export interface Refusal { readonly rule: GuardRule; readonly why: string }

const RULES: readonly (readonly [GuardRule, readonly string[]])[] = [
  ['assumption', ['axiom', 'sorry', 'sorryAx', 'admit', 'stop', 'native_decide', 'opaque', 'unsafe', 'partial', 'implemented_by', 'extern', 'csimp', 'ofReduceBool', 'reduceBool', 'ofReduceNat', 'trustCompiler']],
  ['executable', ['def', 'abbrev', 'run_tac', 'run_cmd', 'run_meta', 'run_elab', 'by_elab', 'initialize', 'builtin_initialize', 'evalTactic', 'include_str', 'include_bytes', 'dbg_trace', 'IO', 'elab', 'unsafe', 'where']],
  ['redefinition', [
    'instance', 'macro', 'macro_rules', 'syntax', 'notation', 'notation3', 'infix', 'infixl', 'infixr', 'prefix', 'postfix', 'elab_rules', 'declare_syntax_cat', 'attribute', 'structure', 'class', 'inductive', 'coinductive', 'export', 'namespace',
    'section', 'end', 'mutual', 'universe', 'universes', 'variable', 'variables', 'theorem', 'lemma', 'example', 'deriving', 'private', 'protected', 'noncomputable', 'local', 'scoped', 'simproc', 'dsimproc', 'alias', 'unif_hint', 'binder_predicate', 'open_locale',
  ]],
  ['import', ['import', 'prelude', 'module']],
];
const WORDS = new Map(RULES.flatMap(([rule, words]) => words.map((word) => [word, rule] as const)));
/** Options that change how Lean searches or prints, and not what it accepts. */
const OPTIONS = /^(?:linter|pp|trace|profiler)(?:\.|$)/;

export function proofReasons({ tokens }: Module, from: number, to: number, caps: GuardCaps): (Refusal & { readonly at: number })[] {
  const reasons: (Refusal & { readonly at: number })[] = [];
  for (let at = from; at <= to; at++) {
    const { kind, text, end } = tokens[at]!;
    const add = (rule: GuardRule, why: string): void => { reasons.push({ at, rule, why }); };
    if (kind === 'doc') add('not-proof', 'a documentation comment within a proof begins a command');
    if (kind === 'symbol' && text === '@' && tokens[at + 1]?.text === '[') add('attribute', 'adds an attribute');
    if (kind === 'symbol' && text === '#' && tokens[at + 1]?.kind === 'word' && tokens[at + 1]!.start === end) add('executable', `adds the command #${tokens[at + 1]!.text}`);
    if (kind === 'symbol' && text === '+' && tokens[at + 1]?.text === 'native') add('assumption', 'believes the compiler');
    if (kind === 'symbol' && text === '`') add('executable', 'adds a quotation');
    if (kind !== 'word') continue;
    const before = tokens[at - 1];
    const isMember = before?.text === '.' && before.end === tokens[at]!.start;
    const parts = text.split('.');
    const rule = isMember ? undefined : WORDS.get(text) ?? (parts.length > 1 ? WORDS.get(parts.at(-1)!) && RULES[0]![1].includes(parts.at(-1)!) ? 'assumption' : parts[0] === 'IO' || /^(?:Lean\.(?:Elab|Meta|Macro|Parser|Environment|Core|Compiler))\b/.test(text) ? 'executable' : undefined : undefined);
    if (rule && !(text === 'at') && !isArgumentName(tokens[at + 1]?.text, text)) add(rule, `adds "${text}"`);
    if (text === 'open' && !opensHere(tokens, at, to)) add('redefinition', 'opens a namespace for what follows');
    if (text === 'set_option') option(tokens, at, to, caps, add);
  }
  return reasons;
}

/** `(end := 3)` is an argument of that name. */
function isArgumentName(next: string | undefined, text: string): boolean { return next === ':=' && (text === 'end' || text === 'prefix' || text === 'local'); }

function opensHere(tokens: Module['tokens'], at: number, to: number): boolean {
  for (let index = at + 1; index <= Math.min(to, at + 12); index++) {
    const { kind, text } = tokens[index]!;
    if (kind === 'word' && text === 'in') return true;
    if (kind !== 'word' && text !== '(' && text !== ')') return false;
  }
  return false;
}

function option(tokens: Module['tokens'], at: number, to: number, caps: GuardCaps, add: (rule: GuardRule, why: string) => void): void {
  const name = tokens[at + 1]?.text ?? '';
  const value = tokens[at + 2];
  if (tokens[at + 3]?.text !== 'in' || at + 3 > to) return add('limit', `sets ${name} for what follows`);
  if (OPTIONS.test(name)) return;
  const number = value?.kind === 'number' ? Number(value.text.replaceAll('_', '')) : NaN;
  const isLimit = name === 'maxHeartbeats' || name === 'synthInstance.maxHeartbeats' || name === 'maxRecDepth';
  if (!isLimit) return add('narrowed', `sets ${name}`);
  if (!(caps.resource !== undefined && number > 0 && number <= caps.resource)) add('limit', `sets ${name} to ${value?.text ?? 'nothing'}`);
}
