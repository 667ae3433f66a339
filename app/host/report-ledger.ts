/**
 * The ledger as the window shows it: the newest word on each obligation, whichever run it is from, and stale where the
 * window says stale. The newest run gives the frame (machine, command, limits); every verdict keeps its own evidence.
 */
import type { Ledger, LedgerEntry } from '../engine/ledger/types.ts';
import { trustOf } from '../engine/ledger/found.ts';
import { refuse } from './refusal.ts';
import type { RepositorySession } from './session.ts';

/** @param ids only these */
export function shownLedger(session: RepositorySession, ids?: ReadonlySet<string>): Ledger {
  const { store } = session.context.engine.parts;
  const { plan, repository, tools } = session.opened;
  const run = store.listRuns(session.root).find((one) => one.outcome !== 'running');
  const frame = run && store.readLedger(run.id);
  if (!frame) return refuse('input', 'Nothing of this repository has run yet: there is nothing to report', 'Run it first');
  const planned = new Map(plan.obligations.map((one) => [one.id, one]));
  const all = new Set([...session.rows.keys(), ...planned.keys()]);
  const wanted = [...all].filter((id) => ids?.has(id) !== false);
  const entries = wanted.flatMap((id): LedgerEntry[] => {
    const obligation = planned.get(id);
    const row = session.rows.get(id);
    const found = session.entry(id);
    if (found) return [{ ...found, ...(obligation ? { obligation } : {}), stale: row?.stale !== undefined && found.voided === undefined, cached: row?.cached ?? found.cached }];
    const verdict = { kind: 'not-run', reason: 'nothing of it has run yet' } as const;
    return obligation ? [{ obligation, stale: false, cached: false, at: '', inputs: [], result: { obligation: id, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 } }] : [];
  });
  const { notAsked: _asked, justifications: _signed, commit: _commit, ...rest } = frame;
  const left = all.size - wanted.length;
  return {
    ...rest, tools: tools.all.flatMap((one) => one.tools), projects: plan.projects, uncovered: plan.uncovered, entries, ...trustOf({ assumptions: plan.assumptions, ...(plan.justify ? { justify: plan.justify } : {}) }, entries),
    ...(left > 0 ? { notAsked: left } : {}), ...(repository.commit ? { commit: repository.commit } : {}),
  };
}
