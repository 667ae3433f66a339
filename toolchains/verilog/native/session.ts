/** What the searches of one task share: the design, the engines that are here, the limits, and how results are told. */
import type { Attempt, CheckContext, Diagnostic } from '../../contract.ts';
import { REASON, type Verdict } from '../../verdict.ts';
import type { System } from '../aiger/system.ts';
import type { ElaboratedProperty, PreparedTask, PropertyResult, TaskReport } from '../design.ts';
import type { BtorEngine } from './btor/engine.ts';
import type { NativeChecker } from './checker.ts';
import type { Elaborated } from './elaborate.ts';
import type { SearchKind } from './engines.ts';
import type { Smtbmc } from './smtbmc.ts';

export interface Session {
  readonly task: PreparedTask;
  readonly context: CheckContext;
  readonly report: TaskReport;
  readonly design: Elaborated;
  readonly smtbmc: Smtbmc | undefined;
  readonly abc: NativeChecker | undefined;
  readonly btor: BtorEngine | undefined;
  /** Whose turn it is in a bounded search. */
  readonly order: readonly SearchKind[];
  /** Steps of a bounded search. */
  readonly depth: number;
  /** Of one engine attempt. */
  readonly wallSeconds: number;
  /** Seconds that all attempts of the task together have left. */
  left(): number;
  /** Replacement of engines, for people: "smtbmc boolector → z3". */
  readonly notes: readonly Diagnostic[];
}

/** Properties that have no verdict yet, by name of their cell; what is settled leaves it. */
export class OpenProperties {
  private readonly left: Map<string, ElaboratedProperty>;
  /** Runs on all of them that decided nothing: they stand beside every later verdict. */
  readonly attempts: Attempt[] = [];
  private readonly own = new Map<string, Attempt[]>();

  constructor(private readonly session: Session, properties: readonly ElaboratedProperty[]) {
    this.left = new Map(properties.map(property => [property.id, property]));
  }

  get names(): ReadonlySet<string> { return new Set(this.left.keys()); }
  get size(): number { return this.left.size; }
  has(name: string): boolean { return this.left.has(name); }
  get(name: string): ElaboratedProperty | undefined { return this.left.get(name); }
  values(): readonly ElaboratedProperty[] { return [...this.left.values()]; }

  /** A run on this one that decided nothing. */
  remember(name: string, attempt: Attempt): void {
    this.own.set(name, [...this.own.get(name) ?? [], attempt]);
  }

  /** @param attempts the first is the one that decided */
  settle(name: string, verdict: Verdict, attempts: readonly Attempt[], more: Partial<PropertyResult> = {}): void {
    const property = this.left.get(name);
    if (!property) return;
    this.left.delete(name);
    const own = attempts.map((attempt, index) => (index === 0 ? { ...attempt, said: verdict } : attempt));
    const all = [...own, ...[...this.own.get(name) ?? [], ...this.attempts].filter(attempt => !attempts.includes(attempt)), ...attempts.includes(this.session.design.attempt) ? [] : [this.session.design.attempt]];
    this.session.report.settle(property, {
      verdict, attempts: all, diagnostics: [...this.session.notes, ...(more.diagnostics ?? [])],
      seconds: attempts.reduce((sum, attempt) => sum + attempt.seconds, 0), memoryMb: Math.max(0, ...attempts.map(attempt => attempt.peakMemoryMb)),
      ...more, ...(more.diagnostics && { diagnostics: [...this.session.notes, ...more.diagnostics] }),
    });
  }

  settleAll(verdict: Verdict, attempts: readonly Attempt[], more: Partial<PropertyResult> = {}): void {
    for (const name of [...this.left.keys()]) this.settle(name, verdict, attempts, more);
  }

  /** No run satisfies all assumptions up to the depth that would be claimed. */
  vacuous(step: number | undefined, attempts: readonly Attempt[], used: string): void {
    const message = step === undefined ? 'the assumptions contradict each other: no run has the claimed length' : `the assumptions contradict each other: no run reaches step ${step}`;
    this.settleAll({ kind: 'failed', reason: REASON.vacuous, ...(step !== undefined && { depth: step }) }, attempts, { diagnostics: [{ severity: 'error', message }], used });
  }
}

/** Literals of the properties in the gates, by name of their cell. */
export function targetsOf(system: System): ReadonlyMap<string, number> {
  return new Map(system.properties.map(property => [property.cell, property.target]));
}
