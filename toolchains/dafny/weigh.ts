/** From a finished log to a verdict for each symbol, matched both ways with what the source declares. */
import type { Diagnostic, Obligation, ObligationResult, Project } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import { counterexampleOf } from './counterexample.ts';
import type { LoggedDiagnostic, LoggedPlace, LoggedSymbol, LoggedTask, Reading } from './log.ts';
import { fileObligation } from './outline.ts';
import type { Program, ProgramSymbol } from './program.ts';

type Part = NonNullable<ObligationResult['parts']>[number];

export interface SymbolOutcome {
  readonly obligation: Obligation;
  /** Absent: the log named it and the source does not. */
  readonly symbol?: ProgramSymbol;
  readonly verdict: Verdict;
  readonly parts: readonly Part[];
  readonly diagnostics: readonly Diagnostic[];
  readonly seconds: number;
  readonly logged: readonly LoggedSymbol[];
  /** Warnings that something was proved from a contradiction. */
  readonly contradictions: readonly LoggedDiagnostic[];
}

/** An error after this share of the limit is what a time-out looks like without isolation. */
const LATE_ERROR = 0.9;
const CONTRADICTION = /proved using contradictory assumptions/;

export interface Weighing { readonly project: Project; readonly program: Program; readonly root: string; readonly limitSeconds: number }

export function weigh(reading: Reading, weighing: Weighing): SymbolOutcome[] {
  const { program } = weighing;
  const drafts = program.symbols.map((symbol): Draft => ({ obligation: symbol.obligation, symbol, logged: [], diagnostics: [], contradictions: [] }));
  const byPath = new Map<string, Draft>();
  for (const draft of drafts) if (!byPath.has(draft.symbol!.declaration.path)) byPath.set(draft.symbol!.declaration.path, draft);
  const discovered = new Map<string, Draft>();
  for (const logged of reading.symbols ?? []) {
    let draft = ownerOf(logged.name, byPath) ?? discovered.get(logged.name);
    if (!draft) discovered.set(logged.name, draft = { obligation: discover(logged, weighing), logged: [], diagnostics: [], contradictions: [] });
    draft.logged.push(logged);
  }
  const all = [...drafts, ...discovered.values()];
  const files = new Map<string, Draft>();
  for (const diagnostic of reading.diagnostics) {
    if (diagnostic.severity === 'info') continue;
    let draft = receiverOf(diagnostic, all, weighing);
    if (!draft && diagnostic.severity === 'error') {
      const file = relativeFile(diagnostic.place, weighing.root) ?? program.files[0]?.path ?? weighing.project.name;
      draft = files.get(file);
      if (!draft) files.set(file, draft = { obligation: fileObligation(weighing.project, file), logged: [], diagnostics: [], contradictions: [] });
    }
    draft?.diagnostics.push(diagnostic);
    if (draft && CONTRADICTION.test(diagnostic.message)) draft.contradictions.push(diagnostic);
  }
  return [...all, ...files.values()].map((draft) => outcomeOf(draft, weighing));
}

interface Draft {
  readonly obligation: Obligation;
  readonly symbol?: ProgramSymbol;
  readonly logged: LoggedSymbol[];
  readonly diagnostics: LoggedDiagnostic[];
  readonly contradictions: LoggedDiagnostic[];
}

/** "M.L#" is the prefix lemma of L, "#M.D.C" the constructor C of D, "M.It.Valid" a part of the iterator It. */
function ownerOf(name: string, byPath: ReadonlyMap<string, Draft>): Draft | undefined {
  const plain = name.replace(/^#/, '').replace(/#$/, '');
  const exact = byPath.get(plain);
  if (exact) return exact;
  const parent = byPath.get(plain.slice(0, Math.max(0, plain.lastIndexOf('.'))));
  const kind = parent?.symbol?.declaration.kind;
  return kind === 'datatype' || kind === 'iterator' ? parent : undefined;
}

function discover(logged: LoggedSymbol, { project, program }: Weighing): Obligation {
  const assertion = logged.tasks.flatMap((task) => task.assertions)[0];
  const file = program.files.find((one) => one.path.split('/').at(-1) === assertion?.file) ?? program.files[0];
  const at = { line: assertion?.line ?? 1, column: assertion?.column ?? 1 };
  return {
    id: `${project.id}#${logged.name}`, project: project.id, toolchain: project.toolchain, symbol: logged.name, kind: logged.aspect === 'well-formedness' ? 'function' : 'method',
    file: file?.path ?? project.name, range: { start: at, end: at }, assumptions: program.assumptions.map((one) => one.id), assumptionScope: 'project',
  };
}

/** Whose task failed at this place, else in whose text it lies, the innermost. */
function receiverOf(diagnostic: LoggedDiagnostic, drafts: readonly Draft[], weighing: Weighing): Draft | undefined {
  const places = [diagnostic.place, ...diagnostic.related.map((one) => one.place)];
  if (diagnostic.severity === 'error') {
    const failing = drafts.filter((draft) => draft.logged.some((logged) => logged.outcome !== 'Correct'));
    const at = failing.filter((draft) => places.some((place) => asserts(draft, place)));
    const inside = innermost(failing.filter((draft) => contains(draft, diagnostic.place, weighing.root)));
    const chosen = at.find((draft) => draft === inside) ?? (at.length === 1 ? at[0] : undefined) ?? inside ?? at[0];
    if (chosen) return chosen;
  }
  return innermost(drafts.filter((draft) => contains(draft, diagnostic.place, weighing.root)));
}

function asserts(draft: Draft, place: LoggedPlace): boolean {
  return draft.logged.some((logged) => logged.tasks.some((task) => task.outcome !== 'Valid' && task.assertions.some((assertion) =>
    assertion.line === place.start.line && assertion.column === place.start.column && place.file?.split('/').at(-1) === assertion.file)));
}

function contains(draft: Draft, place: LoggedPlace, root: string): boolean {
  const range = draft.symbol?.range;
  if (!range || relativeFile(place, root) !== draft.obligation.file) return false;
  const { line, column } = place.start;
  return (line > range.start.line || (line === range.start.line && column >= range.start.column)) && (line < range.end.line || (line === range.end.line && column <= range.end.column));
}

function innermost(drafts: readonly Draft[]): Draft | undefined {
  return drafts.reduce<Draft | undefined>((best, draft) => {
    const [a, b] = [draft.symbol!.range, best?.symbol?.range];
    return !b || a.start.line > b.start.line || (a.start.line === b.start.line && a.start.column >= b.start.column) ? draft : best;
  }, undefined);
}

export function relativeFile(place: LoggedPlace, root: string): string | undefined {
  return place.file?.startsWith(`${root}/`) ? place.file.slice(root.length + 1) : place.file;
}

function outcomeOf(draft: Draft, weighing: Weighing): SymbolOutcome {
  const { obligation, symbol, logged } = draft;
  const parts = logged.flatMap((one) => one.tasks.map((task) => partOf(one, task, weighing.limitSeconds)));
  const errors = draft.diagnostics.filter((one) => one.severity === 'error');
  const counterexample = errors.map((one) => counterexampleOf(one.message)).find((one) => one !== undefined);
  const said = parts.length > 0 ? worst(parts.map((part) => part.verdict)) : undefined;
  let verdict: Verdict;
  if (said && said.kind !== 'proved') verdict = said.kind === 'failed' ? { ...said, reason: reasonOf(errors), ...(counterexample ? { counterexample } : {}) } : said;
  else if (errors.length > 0) verdict = { kind: 'failed', reason: reasonOf(errors) };
  else if (symbol?.narrowed) verdict = { kind: 'unknown', reason: `${symbol.narrowed.whole ? 'not checked' : 'checked in part'}: ${symbol.narrowed.why}` };
  else if (symbol?.trusted) verdict = { kind: 'nothing-to-prove', reason: 'it has no body: what it says is taken on trust' };
  else verdict = said ?? { kind: 'nothing-to-prove', reason: 'Dafny made no proof task for it' };
  return {
    obligation, ...(symbol ? { symbol } : {}), verdict, parts, logged, contradictions: draft.contradictions,
    diagnostics: draft.diagnostics.map((one) => diagnosticOf(one, weighing.root, obligation.id)),
    seconds: logged.flatMap((one) => one.tasks).reduce((sum, task) => sum + task.seconds, 0),
  };
}

function reasonOf(errors: readonly LoggedDiagnostic[]): string | undefined { return errors[0]?.message.split('\n')[0]; }

function partOf(logged: LoggedSymbol, task: LoggedTask, limitSeconds: number): Part {
  const [first] = task.assertions;
  const what = task.assertions.length === 1 ? first!.description : `${task.assertions.length} assertions`;
  const at = first && { line: Math.max(1, first.line), column: Math.max(1, first.column) };
  return { label: `${logged.aspect} ${task.number}: ${what}`, ...(at ? { range: { start: at, end: at } } : {}), verdict: taskVerdict(task, limitSeconds) };
}

function taskVerdict(task: LoggedTask, limitSeconds: number): Verdict {
  switch (task.outcome) {
    case 'Valid': return { kind: 'proved' };
    case 'Invalid': return task.seconds >= LATE_ERROR * limitSeconds ? { kind: 'timeout', seconds: limitSeconds, reason: 'it gave up at the time limit' } : { kind: 'failed' };
    case 'TimeOut': return { kind: 'timeout', seconds: limitSeconds };
    case 'OutOfResource': return { kind: 'out-of-resource' };
    case 'OutOfMemory': return { kind: 'out-of-memory' };
    case 'SolverException': return { kind: 'crashed', reason: 'the solver failed' };
    default: return { kind: 'unknown', reason: `the solver came to no end: ${task.outcome}` };
  }
}

const ORDER: readonly Verdict['kind'][] = ['failed', 'crashed', 'timeout', 'out-of-memory', 'out-of-resource', 'unknown', 'proved'];
function worst(verdicts: readonly Verdict[]): Verdict { return [...verdicts].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))[0]!; }

export function diagnosticOf(one: LoggedDiagnostic, root: string, obligation?: string): Diagnostic {
  const file = relativeFile(one.place, root);
  return {
    severity: one.severity, message: one.message, ...(one.code ? { code: one.code } : {}), ...(file === undefined ? {} : { file, range: { start: one.place.start, end: one.place.end } }),
    ...(one.related.length > 0 ? { notes: one.related.map((note) => { const at = relativeFile(note.place, root); return { message: note.message, ...(at === undefined ? {} : { file: at, range: { start: note.place.start, end: note.place.end } }) }; }) } : {}),
    ...(obligation === undefined ? {} : { obligation }),
  };
}
