/** From a module's messages and the axioms that its build names to one verdict a declaration. Pure: the mutation runs use it. */
import type { Diagnostic, Obligation, Project, Range } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import { sortAxioms, type AuditedConstant } from './audit.ts';
import { HAS_SORRY, isOutOfHeartbeats, isRefusal, type LeanMessage } from './messages.ts';
import type { Symbol } from './program.ts';
import { canonicalName } from './source/names.ts';

export interface Weighing {
  readonly project: Project;
  readonly file: string;
  /** Of this module. */
  readonly symbols: readonly Symbol[];
  readonly messages: readonly LeanMessage[];
  /** Named by the audit of the module, or of its copy; undefined where there was none, with the reason. */
  readonly constants: ReadonlyMap<string, AuditedConstant> | undefined;
  readonly unaudited: string;
  /** Canonical names of the axioms that the sources state: each is in the inventory, so that a proof may rest on it and say so. */
  readonly stated: ReadonlySet<string>;
  /** Names of anonymous declarations in the copy. */
  readonly copied: ReadonlyMap<Symbol['declaration'], string>;
  /** Declarations whose value the copy replaced by `sorry`. */
  readonly blanked: ReadonlySet<Symbol['declaration']>;
}

export interface Weighed {
  readonly obligation: Obligation;
  readonly verdict: Verdict;
  readonly diagnostics: readonly Diagnostic[];
}

const STATES_NOTHING = new Set(['structure', 'inductive', 'coinductive', 'class', 'class inductive']);

export function weighModule(weighing: Weighing): Weighed[] {
  const { symbols, messages, file } = weighing;
  const of = new Map<Symbol | undefined, LeanMessage[]>();
  for (const message of messages) {
    const owner = innermost(symbols, message.range);
    of.set(owner, [...(of.get(owner) ?? []), message]);
  }
  const weighed = symbols.map((symbol): Weighed => {
    const own = of.get(symbol) ?? [];
    return { obligation: symbol.obligation, verdict: verdictOf(symbol, own, weighing), diagnostics: own.map((one) => diagnosticOf(one, file, symbol.obligation.id)) };
  });
  return [...weighed, ...discovered(weighing)];
}

/** Errors that stand in no declaration. */
export function errorsOutside(symbols: readonly Symbol[], messages: readonly LeanMessage[]): LeanMessage[] {
  return messages.filter((message) => message.severity === 'error' && innermost(symbols, message.range) === undefined);
}

export function failedBy(symbols: readonly Symbol[], messages: readonly LeanMessage[]): Set<Symbol['declaration']> {
  const failed = new Set<Symbol['declaration']>();
  for (const message of messages) {
    const owner = message.severity === 'error' ? innermost(symbols, message.range) : undefined;
    if (owner) failed.add(owner.declaration);
  }
  return failed;
}

/** What errors say of the declaration or file that they stand in. */
export function verdictOfErrors(errors: readonly LeanMessage[]): Verdict {
  const [first] = errors;
  const reason = first!.text.split('\n')[0]!.slice(0, 500);
  if (errors.some(isRefusal)) return { kind: 'malformed', reason: errors.find(isRefusal)!.text.split('\n')[0]!.slice(0, 500) };
  if (errors.every(isOutOfHeartbeats)) return { kind: 'out-of-resource', reason };
  return { kind: 'failed', reason };
}

function verdictOf(symbol: Symbol, own: readonly LeanMessage[], weighing: Weighing): Verdict {
  const { declaration } = symbol;
  const errors = own.filter((message) => message.severity === 'error');
  if (errors.length > 0) return verdictOfErrors(errors);
  if (declaration.kind === 'axiom') return { kind: 'nothing-to-prove', reason: 'an axiom: what it says is taken on trust' };
  const { constants } = weighing;
  if (!constants) return { kind: 'unknown', reason: weighing.unaudited };
  const constant = constantOf(symbol, weighing);
  if (!constant) return { kind: 'unknown', reason: 'the build does not name it' };
  const { sorry, others: outside } = sortAxioms(constant.axioms);
  const others = outside.filter((name) => !weighing.stated.has(name));
  if (sorry) return { kind: 'unknown', reason: own.some((message) => message.kind === HAS_SORRY) ? 'sorry: its proof is left open' : 'sorry: it rests on a proof that is left open' };
  if (own.some((message) => message.kind === HAS_SORRY)) return { kind: 'unknown', reason: 'disputed: Lean warns of sorry in it, its axioms name none' };
  if (others.length > 0) return { kind: 'unknown', reason: `it rests on ${others.length === 1 ? 'the axiom' : 'the axioms'} ${others.join(', ')}` };
  if (constant.isUnsafe) return { kind: 'nothing-to-prove', reason: 'unsafe: the kernel does not look at it as at a proof' };
  if (STATES_NOTHING.has(declaration.kind)) return { kind: 'nothing-to-prove', reason: 'a type: it states nothing' };
  if (constant.kind === 'axiom') return { kind: 'unknown', reason: 'the build has it as an axiom' };
  if (declaration.kind === 'theorem' || declaration.kind === 'lemma') return constant.kind === 'theorem' ? { kind: 'proved' } : { kind: 'unknown', reason: `the build has it as ${constant.kind}, not as a theorem` };
  if (declaration.kind === 'opaque' && declaration.value === undefined) return { kind: 'nothing-to-prove', reason: 'it has no value' };
  return ['definition', 'theorem', 'opaque'].includes(constant.kind) ? { kind: 'proved' } : { kind: 'unknown', reason: `the build has it as ${constant.kind}` };
}

function constantOf(symbol: Symbol, { constants, copied, blanked }: Weighing): AuditedConstant | undefined {
  const { declaration } = symbol;
  // Of what the copy left open, the copy says nothing.
  if (blanked.has(declaration)) return undefined;
  if (!declaration.anonymous) return constants!.get(canonicalName(declaration.name));
  const name = copied.get(declaration);
  return name === undefined ? undefined : constants!.get(canonicalName([...declaration.namespace.map((part) => `«${part}»`), name].join('.')));
}

/** Theorems of the build that no declaration of the file explains (macros, `to_additive`): a verdict that the outline did not know. */
function discovered(weighing: Weighing): Weighed[] {
  const { project, file, symbols, constants, copied } = weighing;
  const known = symbols.filter((symbol) => !symbol.declaration.anonymous).map((symbol) => canonicalName(symbol.declaration.name));
  const names = new Set(known);
  const own = [...copied.values()];
  const at = { line: 1, column: 1 };
  return [...constants?.values() ?? []].filter((constant) =>
    constant.kind === 'theorem' && !names.has(constant.name) && !known.some((name) => constant.name.startsWith(`${name}.`)) && !own.some((name) => constant.name.split('.').includes(name))).map((constant) => {
    const { sorry, others } = sortAxioms(constant.axioms);
    const open = [...(sorry ? ['sorryAx'] : []), ...others];
    return {
      obligation: {
        id: `${project.id}#${constant.name}`, project: project.id, toolchain: project.toolchain, symbol: constant.name, kind: 'theorem', file, range: { start: at, end: at }, assumptions: [], assumptionScope: 'project',
      },
      verdict: open.length === 0 ? { kind: 'proved' } : { kind: 'unknown', reason: `it rests on ${open.join(', ')}` }, diagnostics: [],
    };
  });
}

export function innermost(symbols: readonly Symbol[], range: Range): Symbol | undefined {
  const { line, column } = range.start;
  return symbols.filter(({ range: { start, end } }) => (line > start.line || (line === start.line && column >= start.column)) && (line < end.line || (line === end.line && column <= end.column))).at(-1);
}

export function diagnosticOf(message: LeanMessage, file: string, obligation?: string): Diagnostic {
  return {
    severity: message.severity, message: message.text, file, range: message.range, ...(message.kind === '[anonymous]' ? {} : { code: message.kind }), ...(obligation === undefined ? {} : { obligation }),
  };
}
