/**
 * From the records and errors of a finished run to a verdict for each function. Green only where every record of that name
 * says success, and every error of the run belongs to a function whose record says that it failed.
 */
import type { Diagnostic, Obligation, ObligationResult, Project, Range } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import type { DiagnosticReading, Span, VerusDiagnostic } from './diagnostics.ts';
import type { FunctionRecord, Reading } from './output.ts';
import type { Program, ProgramFunction } from './program.ts';
import { firstLine } from './whole.ts';

export interface FunctionOutcome {
  readonly obligation: Obligation;
  readonly verdict: Verdict;
  readonly diagnostics: readonly Diagnostic[];
  readonly parts: NonNullable<ObligationResult['parts']>;
  readonly seconds: number;
  /** The outline did not know it. */
  readonly discovered?: boolean;
}

export interface WeighContext {
  readonly project: Project;
  readonly programs: readonly Program[];
  /** The path in the repository of a file that the run names. */
  readonly fileOf: (name: string) => string | undefined;
  /** Where what belongs to no function is put. */
  readonly rootFile: string;
}

const RESOURCE = /Resource limit \(rlimit\) exceeded/;
/** Notes that say more about the error before them. */
const BELONGS_TO_ERROR = /^diagnostics via expansion|^recommendation not met/;
/** Verus gives another name to the verified half of a function that an attribute splits. */
const SPLIT = '_VERUS_VERIFIED_';

export function weigh(reading: Reading, said: DiagnosticReading, context: WeighContext): FunctionOutcome[] {
  const records = recordsByName(reading.reports.flatMap((report) => report.functions ?? []));
  const assigned = assign(records, context);
  const failing = new Set([...assigned.entries()].filter(([, some]) => some.some((one) => !one.success)).map(([id]) => id));
  const places = placesOf(context, assigned);
  const owned = new Map<string, OwnedError[]>();
  const homeless: VerusDiagnostic[] = [];
  let last: OwnedError | undefined;
  let count = 0;
  for (const diagnostic of said.diagnostics) {
    if (diagnostic.severity !== 'error') { if (last && BELONGS_TO_ERROR.test(diagnostic.message)) last.notes.push(diagnostic); continue; }
    count++;
    const owner = diagnostic.code === undefined ? ownerOf(diagnostic, places, failing, context) : undefined;
    last = { diagnostic, notes: [] };
    if (owner === undefined) { homeless.push(diagnostic); continue; }
    const errors = owned.get(owner);
    if (errors) errors.push(last); else owned.set(owner, [last]);
  }
  const doubt = homeless.length > 0 ? `the run met an error that belongs to no function: ${firstLine(homeless[0]!.message)}`
    : (said.aborting ?? 0) !== count ? `the run counts ${said.aborting ?? 0} errors and ${count} were read`
      : [...failing].some((id) => !owned.has(id)) ? 'a function failed and the run does not say where' : undefined;
  const verdictOf = (id: string, some: readonly FunctionRecord[], certain: boolean): Verdict => {
    if (some.length === 0) return certain ? { kind: 'unknown', reason: 'the finished run does not name it' } : { kind: 'nothing-to-prove', reason: 'Verus made no proof task for it' };
    if (failing.has(id)) {
      const errors = owned.get(id) ?? [];
      if (errors.length > 0 && errors.every(({ diagnostic }) => RESOURCE.test(diagnostic.message))) return { kind: 'out-of-resource', reason: firstLine(errors[0]!.diagnostic.message) };
      const first = errors.find(({ diagnostic }) => !RESOURCE.test(diagnostic.message));
      return { kind: 'failed', reason: first ? firstLine(first.diagnostic.message) : 'Verus says that it failed' };
    }
    return doubt === undefined ? { kind: 'proved' } : { kind: 'unknown', reason: doubt };
  };
  const outcome = (obligation: Obligation, some: readonly FunctionRecord[], certain: boolean, discovered: boolean): FunctionOutcome => {
    const errors = owned.get(obligation.id) ?? [];
    return {
      obligation, verdict: verdictOf(obligation.id, some, certain), diagnostics: errors.map((error) => diagnosticOf(error, context, obligation.id)),
      parts: errors.map(({ diagnostic }) => partOf(diagnostic, obligation, context)), seconds: some.reduce((sum, one) => sum + one.milliseconds, 0) / 1000, ...(discovered ? { discovered } : {}),
    };
  };
  const known = context.programs.flatMap((program) => program.functions);
  const outcomes = known.map((one) => outcome(one.obligation, assigned.get(one.obligation.id) ?? [], one.certain, false));
  for (const [id, some] of assigned) if (!known.some((one) => one.obligation.id === id)) outcomes.push(outcome(discoveredObligation(context, id, some[0]!), some, true, true));
  for (const diagnostic of homeless) outcomes.push(homelessOutcome(diagnostic, context, outcomes));
  return outcomes;
}

interface OwnedError { readonly diagnostic: VerusDiagnostic; readonly notes: VerusDiagnostic[] }

function recordsByName(records: readonly FunctionRecord[]): Map<string, FunctionRecord[]> {
  const byName = new Map<string, FunctionRecord[]>();
  for (const record of records) {
    const name = record.name.replace(SPLIT, '');
    const some = byName.get(name);
    if (some) some.push(record); else byName.set(name, [record]);
  }
  return byName;
}

/**
 * Obligation id → its records. Functions of one name share all records of it, and have none where there are fewer records
 * than functions; a record of an unknown name goes to the one function whose name was a guess and fits, else it is new.
 */
function assign(records: ReadonlyMap<string, readonly FunctionRecord[]>, { programs, project }: WeighContext): Map<string, readonly FunctionRecord[]> {
  const assigned = new Map<string, readonly FunctionRecord[]>();
  const bySymbol = new Map<string, ProgramFunction[]>();
  for (const program of programs) for (const one of program.functions) {
    const some = bySymbol.get(one.obligation.symbol);
    if (some) some.push(one); else bySymbol.set(one.obligation.symbol, [one]);
  }
  const unknown: string[] = [];
  for (const [name, some] of records) {
    const functions = bySymbol.get(name);
    if (!functions) { unknown.push(name); continue; }
    const enough = some.length >= functions.length || some.some((one) => !one.success);
    for (const one of functions) if (enough) assigned.set(one.obligation.id, some);
  }
  for (const name of unknown) {
    const fits = programs.flatMap((program) => program.functions).filter((one) => one.named.guessed && !assigned.has(one.obligation.id) && sameButType(one, name));
    const rivals = unknown.filter((other) => fits[0] && sameButType(fits[0], other));
    const id = fits.length === 1 && rivals.length === 1 ? fits[0]!.obligation.id : `${project.id}#${name}`;
    assigned.set(id, records.get(name)!);
  }
  return assigned;
}

/** crate::module::impl&%3::name is of the guessed crate::module::[u8]::name. */
function sameButType(one: ProgramFunction, name: string): boolean {
  const words = name.split('::');
  const { scope, name: own } = one.named.declaration;
  return words.at(-1) === own && /^impl&%\d+$/.test(words.at(-2) ?? '') && words.slice(1, -2).join('::') === scope.modules.join('::');
}

type Place = { readonly file: string; readonly range: Range; readonly id?: string };

/** Discovered functions have their place where the source has a function of that name. */
function placesOf(context: WeighContext, assigned: ReadonlyMap<string, unknown>): Place[] {
  return context.programs.flatMap((program) => program.all.map((one): Place => {
    const fresh = `${context.project.id}#${one.named.symbol}`;
    const id = one.obligation ?? (assigned.has(fresh) ? fresh : undefined);
    return { file: one.named.file.path, range: one.range, ...(id === undefined ? {} : { id }) };
  }));
}

/** The failing function that a span lies in, main spans first: a failed `ensures` of a trait lies elsewhere than the body. */
function ownerOf(diagnostic: VerusDiagnostic, places: readonly Place[], failing: ReadonlySet<string>, context: WeighContext): string | undefined {
  const spans = [...diagnostic.spans].sort((a, b) => Number(b.primary) - Number(a.primary));
  for (const span of spans) {
    const file = context.fileOf(span.file);
    const holding = places.filter((place) => place.file === file && contains(place.range, span)).sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.column - a.range.start.column);
    const owner = holding.find((place) => place.id !== undefined && failing.has(place.id));
    if (owner) return owner.id;
  }
  return undefined;
}

function contains(range: Range, span: Span): boolean {
  const { start } = span.range;
  const afterStart = start.line > range.start.line || (start.line === range.start.line && start.column >= range.start.column);
  const beforeEnd = start.line < range.end.line || (start.line === range.end.line && start.column < range.end.column);
  return afterStart && beforeEnd;
}

function mainSpan(diagnostic: VerusDiagnostic): Span | undefined { return diagnostic.spans.find((span) => span.primary) ?? diagnostic.spans[0]; }

export function diagnosticOf(error: { readonly diagnostic: VerusDiagnostic; readonly notes?: readonly VerusDiagnostic[] }, context: Pick<WeighContext, 'fileOf'>, obligation?: string): Diagnostic {
  const { diagnostic } = error;
  const main = mainSpan(diagnostic);
  const place = (span: Span | undefined): { file?: string; range?: Range } => {
    const file = span && context.fileOf(span.file);
    return span ? { ...(file === undefined ? {} : { file }), range: span.range } : {};
  };
  const notes = [
    ...diagnostic.spans.filter((span) => span.label !== diagnostic.message && (span !== main || span.label !== undefined)).map((span) => ({ message: span.label ?? 'here', ...place(span) })),
    ...[...diagnostic.children, ...error.notes ?? []].map((note) => ({ message: note.message, ...place(note.spans.find((span) => span.primary) ?? note.spans[0]) })),
  ];
  return { severity: diagnostic.severity, message: diagnostic.message, ...place(main), ...(diagnostic.code === undefined ? {} : { code: diagnostic.code }), ...(notes.length > 0 ? { notes } : {}), ...(obligation === undefined ? {} : { obligation }) };
}

function partOf(diagnostic: VerusDiagnostic, obligation: Obligation, context: WeighContext): FunctionOutcome['parts'][number] {
  const main = mainSpan(diagnostic);
  const verdict: Verdict = RESOURCE.test(diagnostic.message) ? { kind: 'out-of-resource' } : { kind: 'failed', reason: firstLine(diagnostic.message) };
  return { label: firstLine(diagnostic.message), verdict, ...(main && context.fileOf(main.file) === obligation.file ? { range: main.range } : {}) };
}

const FIRST = { line: 1, column: 1 };

function discoveredObligation(context: WeighContext, id: string, record: FunctionRecord): Obligation {
  const symbol = id.slice(context.project.id.length + 1);
  const place = context.programs.flatMap((program) => program.all).find((one) => one.named.symbol === symbol);
  const { project, rootFile } = context;
  return {
    id, project: project.id, toolchain: project.toolchain, symbol, kind: record.mode || 'function', file: place?.named.file.path ?? rootFile, range: place?.range ?? { start: FIRST, end: FIRST },
    assumptions: context.programs.flatMap((program) => program.assumptions.map((one) => one.id)), assumptionScope: 'project',
  };
}

/** An error that no function answers for is an obligation of its own on its file. */
function homelessOutcome(diagnostic: VerusDiagnostic, context: WeighContext, outcomes: readonly FunctionOutcome[]): FunctionOutcome {
  const main = mainSpan(diagnostic);
  const file = (main && context.fileOf(main.file)) ?? context.rootFile;
  const range = main?.range ?? { start: FIRST, end: FIRST };
  const symbol = `${file}:${range.start.line}:${range.start.column}`;
  const repeat = outcomes.filter((one) => one.obligation.symbol === symbol).length;
  const obligation: Obligation = {
    id: `${context.project.id}#${symbol}${repeat > 0 ? ` (${repeat + 1})` : ''}`, project: context.project.id, toolchain: context.project.toolchain, symbol, kind: 'error', file, range, assumptions: [], assumptionScope: 'exact',
  };
  return { obligation, verdict: { kind: 'failed', reason: firstLine(diagnostic.message) }, diagnostics: [diagnosticOf({ diagnostic }, context)], parts: [], seconds: 0, discovered: true };
}
