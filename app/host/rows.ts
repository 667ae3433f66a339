/** A ledger entry as a line of the window's table. */
import type { Assumption, Obligation } from '../../toolchains/contract.ts';
import type { LedgerRow } from '../contract.ts';
import { isAsExpected } from '../engine/exit-code.ts';
import type { LedgerEntry } from '../engine/ledger/types.ts';
import { sentenceOf } from '../engine/report/sentence.ts';

/** @param kindOf of an assumption by its id; @param stale why the verdict is not of what is there now */
export function rowOf(entry: LedgerEntry, kindOf: (id: string) => string | undefined, stale?: string): LedgerRow {
  const { obligation, result } = entry;
  const { verdict } = result;
  const counterexample = 'counterexample' in verdict ? verdict.counterexample : undefined;
  const { counterexample: _values, ...plain } = verdict as typeof verdict & { counterexample?: unknown };
  const why = stale ?? (entry.voided ? `void: ${entry.voided.reason}` : entry.stale ? 'its content has changed since' : undefined);
  const by = deciderOf(entry);
  return {
    ...placeOf(obligation), verdict: plain, sentence: sentenceOf(entry), asExpected: isAsExpected(entry), cached: entry.cached, confirmed: result.confirmed.length,
    assumptions: [...obligation.assumptions.map((id) => kindOf(id) ?? 'assumption'), ...(result.assumptions ?? []).map((assumption) => assumption.kind)],
    assumptionScope: obligation.assumptionScope, seconds: result.seconds, memoryMb: result.memoryMb,
    values: counterexample !== undefined && counterexample.values.length > 0,
    trace: result.attempts.length > 0 && witnessOf(entry) !== undefined,
    ...(why === undefined ? {} : { stale: why }), ...(result.attempts.length > 0 ? { at: entry.at } : {}), ...(by === undefined ? {} : { by }),
  };
}

/** An obligation that nothing is known of. */
export function openRow(obligation: Obligation, kindOf: (id: string) => string | undefined, reason = 'nothing of it has run yet'): LedgerRow {
  const verdict = { kind: 'not-run', reason } as const;
  const result = { obligation: obligation.id, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 };
  return rowOf({ obligation, result, stale: false, cached: false, at: '', inputs: [] }, kindOf);
}

function placeOf({ id, project, toolchain, task, symbol, kind, file, range }: Obligation): Pick<LedgerRow, 'id' | 'project' | 'toolchain' | 'task' | 'symbol' | 'kind' | 'file' | 'range'> {
  return { id, project, toolchain, symbol, kind, file, range, ...(task === undefined ? {} : { task }) };
}

function deciderOf({ result }: LedgerEntry): string | undefined {
  const [attempt] = result.attempts;
  return attempt && `${attempt.tool} ${attempt.toolVersion}${attempt.solver ? `, ${attempt.solver.id} ${attempt.solver.version}` : ''}`;
}

/** The output that holds the trace (VCD) behind a verdict. */
export function witnessOf({ result }: LedgerEntry): { readonly name: string; readonly failingStep?: number } | undefined {
  const counterexample = 'counterexample' in result.verdict ? result.verdict.counterexample : undefined;
  const name = counterexample?.witness;
  if (name === undefined || !name.toLowerCase().endsWith('.vcd')) return undefined;
  return { name, ...(counterexample?.failingStep === undefined ? {} : { failingStep: counterexample.failingStep }) };
}

/** In the order of files and places. */
export function inPlace(rows: Iterable<LedgerRow>): LedgerRow[] {
  return [...rows].sort((a, b) => compare(a.file, b.file) || a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column || compare(a.id, b.id));
}

function compare(a: string, b: string): number { return a < b ? -1 : a > b ? 1 : 0; }

export function kindsOf(assumptions: readonly Assumption[]): (id: string) => string | undefined {
  const kinds = new Map(assumptions.map((assumption) => [assumption.id, assumption.kind]));
  return (id) => kinds.get(id);
}
