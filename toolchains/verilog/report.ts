/**
 * Joins what elaboration found to what was outlined, and reports each obligation once all its instances are settled.
 *
 * yosys gives each property cell the end of its statement (the start is that of the token before), so ends are
 * compared; in code from macros only lines are. One statement may have many instances: its verdict is the worst,
 * with one part for each. A property without a statement (tribuf, `expose`) is discovered.
 */
import { basename } from 'node:path';
import type { CheckContext, Diagnostic, Obligation, ObligationResult, Range } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import { goalOf, kindsOf, type ElaboratedProperty, type LaidOutFile, type PropertyResult, type SourcePlace, type TaskReport } from './design.ts';
import { joinVerdicts } from './join.ts';
import { placeholderSymbol } from './names.ts';
import type { UnitPlan } from './unit.ts';

const BOUND = 'yosys passes over the "bind" directives of this design, so nothing says whether this property was to be checked; instantiate the module instead';

interface Entry {
  readonly obligation: Obligation;
  readonly properties: ElaboratedProperty[];
  readonly results: Map<string, PropertyResult>;
  reported: boolean;
}

export class TaskReporter implements TaskReport {
  private readonly entries = new Map<string, Entry>();
  private readonly entryOf = new Map<string, Entry>();
  private readonly files: ReadonlyMap<string, LaidOutFile>;
  private wasElaborated = false;
  /** Assumptions of the model that no statement makes (`chformal -assert2assume`, `add -assume`): said with every verdict. */
  private unlisted: Diagnostic[] = [];
  private readonly notes: readonly Diagnostic[];

  constructor(private readonly context: CheckContext, private readonly plan: UnitPlan, private readonly asked: string | undefined) {
    this.files = new Map(plan.task.files.map(file => [file.path, file]));
    this.notes = plan.task.notes.map(({ line, message }) => { const at = { line, column: 1 }; return { severity: 'info', message, file: plan.task.origin, range: { start: at, end: at } }; });
    for (const obligation of plan.obligations) this.entries.set(obligation.id, { obligation, properties: [], results: new Map(), reported: false });
  }

  place(place: SourcePlace): { readonly file: string; readonly range: Range } {
    const file = this.files.get(place.file.replace(/^\.\//, ''));
    if (!file) return { file: this.plan.task.origin, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
    const { start, end } = place.range;
    return { file: file.source, range: { start: { ...start, line: start.line + file.lineOffset }, end: { ...end, line: end.line + file.lineOffset } } };
  }

  elaborated(properties: readonly ElaboratedProperty[]): void {
    this.wasElaborated = true;
    const kinds = kindsOf(this.plan.task);
    this.unlisted = properties.filter(property => property.kind === 'assume' && !this.isListed(property)).map(property => {
      const place = property.places.length > 0 ? this.place(property.places.at(-1)!) : undefined;
      return { severity: 'warning', message: `${property.name} is assumed, and no statement of the sources says so`, ...(place && { file: place.file, range: place.range }) };
    });
    for (const property of properties) {
      if (!kinds.includes(property.kind)) continue;
      const entry = this.find(property) ?? this.discover(property);
      entry.properties.push(property);
      this.entryOf.set(property.id, entry);
    }
  }

  settle(property: ElaboratedProperty, result: PropertyResult): void {
    const entry = this.entryOf.get(property.id);
    if (!entry) return;
    entry.results.set(property.id, result);
    if (entry.results.size === entry.properties.length) this.tell(entry);
  }

  all(verdict: Verdict, diagnostics: readonly Diagnostic[], attempts: PropertyResult['attempts']): void {
    for (const entry of this.entries.values()) {
      if (entry.reported) continue;
      const own = verdict.kind === 'malformed' && this.plan.concurrent.includes(entry.obligation.id)
        ? { ...verdict, reason: `concurrent assertion: the open front end reads immediate ones only. ${verdict.reason}` } : verdict;
      entry.reported = true;
      this.context.report(this.resultOf(entry.obligation.id, { verdict: own, attempts, diagnostics }));
    }
  }

  /** Every obligation has a word in the end. */
  finish(): void {
    const made = [...this.entries.values()].filter(entry => entry.properties.length > 0).length;
    for (const entry of this.entries.values()) {
      if (entry.reported) continue;
      if (entry.properties.length > 0) { for (const property of entry.properties) if (!entry.results.has(property.id)) entry.results.set(property.id, { verdict: { kind: 'crashed', reason: 'the engines gave it no verdict' }, attempts: [] }); this.tell(entry); continue; }
      const reason = !this.wasElaborated ? undefined
        : entry.obligation.symbol === placeholderSymbol ? (made > 0 ? 'what elaboration made is listed by itself' : 'elaboration found no property of this mode')
        : 'elaboration made no check of it (its module is not used, it is constant and true, or it equals another one)';
      entry.reported = true;
      this.context.report(this.resultOf(entry.obligation.id, reason === undefined
        ? { verdict: { kind: 'crashed', reason: 'the task ended without elaboration' }, attempts: [] }
        : this.plan.binds && entry.obligation.symbol !== placeholderSymbol ? { verdict: { kind: 'malformed', reason: BOUND }, attempts: [] }
        : { verdict: { kind: 'nothing-to-prove', reason }, attempts: [] }));
    }
  }

  private isListed(property: ElaboratedProperty): boolean {
    return property.places.map(place => this.place(place)).some(place => this.plan.assumedAt.some(at => at.file === place.file && at.range.start.line <= place.range.end.line && at.range.end.line >= place.range.end.line));
  }

  private tell(entry: Entry): void {
    entry.reported = true;
    const results = entry.properties.map(property => ({ property, result: entry.results.get(property.id)! }));
    const worst = joinVerdicts(results.map(({ result }) => result.verdict));
    const chosen = results[worst.index]!.result;
    const parts = results.length > 1 ? results.map(({ property, result }) => ({ label: property.name, verdict: result.verdict })) : undefined;
    this.context.report({ ...this.resultOf(entry.obligation.id, { ...chosen, verdict: worst.verdict }), ...(parts && { parts }) });
  }

  private resultOf(obligation: string, result: PropertyResult): ObligationResult {
    return {
      obligation, verdict: result.verdict, diagnostics: [...result.diagnostics ?? [], ...this.unlisted, ...this.notes].map(one => ({ ...one, obligation })), attempts: result.attempts,
      confirmed: result.confirmed ?? [], ...(result.certificate && { certificate: result.certificate }),
      ...(this.asked !== undefined && { asked: this.asked }), ...(result.used !== undefined && { used: result.used }),
      seconds: result.seconds ?? 0, memoryMb: result.memoryMb ?? 0,
    };
  }

  private find(property: ElaboratedProperty): Entry | undefined {
    const places = property.places.map(place => this.place(place));
    const sameKind = [...this.entries.values()].filter(entry => entry.obligation.kind === property.kind);
    for (const place of places) {
      const exact = sameKind.find(({ obligation }) => obligation.file === place.file && obligation.range.end.line === place.range.end.line && obligation.range.end.column === place.range.end.column);
      if (exact) return exact;
    }
    // The innermost place is the last; columns of expanded macros are not those of the file.
    const last = places.at(-1);
    if (!last) return undefined;
    const near = sameKind.filter(({ obligation }) => obligation.file === last.file && obligation.range.start.line <= last.range.end.line && obligation.range.end.line >= last.range.end.line);
    return near.sort((a, b) => a.properties.length - b.properties.length)[0];
  }

  private discover(property: ElaboratedProperty): Entry {
    const { task, assumptions } = this.plan;
    const last = property.places.at(-1);
    const place = last ? this.place(last) : { file: task.origin, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
    const where = last ? `@${basename(place.file)}:${place.range.end.line}` : '';
    const prefix = `${this.context.project.id}#${task.name !== undefined ? `${task.name}/` : ''}`;
    let symbol = `${property.name}${where}`;
    for (let number = 2; this.entries.has(prefix + symbol); number++) symbol = `${property.name}${where}#${number}`;
    const obligation: Obligation = {
      id: prefix + symbol, project: this.context.project.id, toolchain: this.context.project.toolchain, ...(task.name !== undefined && { task: task.name }),
      symbol, kind: property.kind, file: place.file, range: place.range, ...(task.expected && { expected: task.expected }),
      goal: goalOf(task.mode, property.kind), assumptions, assumptionScope: 'project',
    };
    this.context.discover(obligation);
    const entry: Entry = { obligation, properties: [], results: new Map(), reported: false };
    this.entries.set(obligation.id, entry);
    return entry;
  }
}
