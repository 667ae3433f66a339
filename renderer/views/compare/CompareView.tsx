/** Two runs side by side: what got worse first. */
import { useEffect, type ReactNode } from 'react';
import type { ComparisonView, LedgerRow, RunSummary } from '../../../app/contract.ts';
import { counted, duration, shortDate } from '../../ledger/format.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { loadRuns } from '../../session/run.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { ChooseRuns } from './ChooseRuns.tsx';
import { PairTable } from './PairTable.tsx';

export function CompareView() {
  const session = useSession();
  const comparison = useWindow((state) => state.comparison);
  const isOpen = useWindow((state) => state.plan.state !== 'idle');
  useEffect(() => { if (isOpen) void loadRuns(session); }, [session, isOpen]);
  return (
    <div className="page" tabIndex={-1}>
      <h1>Compare</h1>
      {isOpen ? <ChooseRuns /> : <Empty title="No repository is open"><p>Two runs of a repository are compared here.</p></Empty>}
      {isOpen && <Loaded of={comparison} what="both runs" idle={<p className="muted">Choose two runs: what is newly failing, newly proved, newly assumed or slower is listed here.</p>}>{(value) => <Comparison comparison={value} />}</Loaded>}
    </div>
  );
}

function Comparison({ comparison }: { readonly comparison: ComparisonView }) {
  const { before, after } = comparison;
  const single = (rows: readonly LedgerRow[], side: 'before' | 'after') => rows.map((row) => ({ [side]: row } as { before?: LedgerRow; after?: LedgerRow }));
  const timed = (pairs: ComparisonView['slower']) => pairs.map((pair) => ({ ...pair, note: `${duration(pair.before.seconds)} → ${duration(pair.after.seconds)} (×${pair.ratio.toFixed(2)})` }));
  return (
    <>
      <p className="lead">{runWords(before)} against {runWords(after)}: {comparison.worse ? <strong className="role-red">something got worse</strong> : <strong className="role-green">nothing got worse</strong>}. {counted(comparison.unchanged, 'obligation')} unchanged.</p>
      {comparison.caveats.map((caveat) => <p key={caveat} className="role-amber">{caveat}.</p>)}
      <PairTable title="Newly failing" pairs={comparison.newlyFailing} />
      <PairTable title="No longer proved" pairs={comparison.lost} />
      <Assumptions title="New assumptions" assumptions={comparison.newAssumptions} />
      <PairTable title="Newly proved" pairs={comparison.newlyProved} />
      <PairTable title="Otherwise changed" pairs={comparison.otherwiseChanged} />
      <PairTable title="Slower" pairs={timed(comparison.slower)} />
      <PairTable title="Faster" pairs={timed(comparison.faster)} />
      <PairTable title="Added" pairs={single(comparison.added, 'after')} />
      <PairTable title="Gone" pairs={single(comparison.removed, 'before')} />
      <Assumptions title="Assumptions that are gone" assumptions={comparison.goneAssumptions} />
      {comparison.tools.length > 0 && <Part title="Tools" count={comparison.tools.length}><ul className="plain">{comparison.tools.map((tool) => <li key={`${tool.id} ${tool.path}`} className="plan-line">{tool.id}: {tool.before ?? 'absent'} → {tool.after ?? 'absent'} <code className="muted">{tool.path}</code></li>)}</ul></Part>}
    </>
  );
}

function Assumptions({ title, assumptions }: { readonly title: string; readonly assumptions: ComparisonView['newAssumptions'] }) {
  if (assumptions.length === 0) return null;
  return <Part title={title} count={assumptions.length}><ul className="plain">{assumptions.map((assumption) => <li key={assumption.id} className="plan-line"><span className="role-amber">{assumption.kind}</span> <code>{assumption.file}:{assumption.range.start.line}</code> <code className="muted">{assumption.text}</code></li>)}</ul></Part>;
}

function Part({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }) {
  return <section><h2>{title} <span className="muted number">{count.toLocaleString('en')}</span></h2>{children}</section>;
}

const runWords = (run: RunSummary): string => `${shortDate(run.startedAt)}${run.commit === undefined ? '' : ` (${run.commit.slice(0, 7)})`}`;
