/** Answers about runs: starting and ending them, the list of past ones, and what changed between two. */
import type { ComparisonView, LedgerRow, RunSummary } from '../../contract.ts';
import type { Assumption } from '../../../toolchains/contract.ts';
import { compareLedgers, isWorse, type Pair, type Timed } from '../../engine/compare.ts';
import type { Ledger, LedgerEntry, RunRecord } from '../../engine/ledger/types.ts';
import { sessionOf, type Answers, type HostState } from '../answers.ts';
import { refuse } from '../refusal.ts';
import { inPlace, kindsOf, rowOf } from '../rows.ts';
import { RunControl } from '../run-control.ts';
import { selectionOf } from '../selection.ts';
import { limitsOf } from '../settings.ts';

const RUNS_SHOWN = 500;

export function runAnswers(state: HostState): Answers<'run'> {
  let paged: { readonly run: string; readonly rows: readonly LedgerRow[] } | undefined;

  function ledgerOf(run: string): Ledger {
    return state.engine.parts.store.readLedger(run) ?? refuse('input', `There is no run ${run}`, 'It may have been removed with the store');
  }

  return {
    'run.start': async ({ repository, selection, options }) => {
      const session = sessionOf(state, repository);
      if (session.run && !session.run.isOver) refuse('busy', 'A run of this repository is going on', 'Stop it first, or wait until it ends');
      const { fresh, deadlineSeconds, ...asked } = options;
      // What was saved a moment ago is part of the run: obligations and content are read together.
      await session.refresh();
      if (session.run && !session.run.isOver) refuse('busy', 'A run of this repository is going on', 'Stop it first, or wait until it ends');
      const control = new RunControl(session, {
        limits: limitsOf(state.settings.current, asked), fresh: fresh ?? false, ...(deadlineSeconds === undefined ? {} : { deadlineSeconds }), command: commandOf(session.root, selection.pattern, fresh),
        selection: selectionOf(selection),
      });
      session.run = control;
      return control.started;
    },
    'run.cancel': ({ repository }) => { sessionOf(state, repository).run?.cancel(); return {}; },
    'run.focus': ({ obligations }) => { state.engine.parts.scheduler.prioritise(obligations); return {}; },
    'run.list': ({ repository }) => {
      const root = repository === undefined ? undefined : sessionOf(state, repository).root;
      return { runs: state.engine.parts.store.listRuns(root).slice(0, RUNS_SHOWN).map(summaryOf) };
    },
    'run.rows': ({ run, from, count }) => {
      if (paged?.run !== run) paged = { run, rows: rowsOf(ledgerOf(run)) };
      return { revision: 0, total: paged.rows.length, from, rows: paged.rows.slice(from, from + count) };
    },
    'run.compare': ({ before, after }) => comparisonOf(ledgerOf(before), ledgerOf(after)),
  };
}

function commandOf(root: string, pattern: string | undefined, fresh: boolean | undefined): string[] {
  return ['assay', 'verify', root, ...(pattern ? ['--only', pattern] : []), ...(fresh ? ['--fresh'] : [])];
}

function summaryOf(run: RunRecord): RunSummary {
  return {
    run: run.id, root: run.root, startedAt: run.startedAt, outcome: run.outcome, command: [...run.command], limits: { ...run.limits }, ...(run.seconds === undefined ? {} : { seconds: run.seconds }),
  };
}

function rowsOf(ledger: Ledger): LedgerRow[] {
  const kindOf = kindsOf(ledger.assumptions);
  return inPlace(ledger.entries.map((entry) => rowOf(entry, kindOf)));
}

function comparisonOf(before: Ledger, after: Ledger): ComparisonView {
  const comparison = compareLedgers(before, after);
  const kindOf = kindsOf([...before.assumptions, ...after.assumptions]);
  const row = (entry: LedgerEntry): LedgerRow => rowOf(entry, kindOf);
  const pair = (both: Pair): { before: LedgerRow; after: LedgerRow } => ({ before: row(both.before), after: row(both.after) });
  const timed = (both: Timed): { before: LedgerRow; after: LedgerRow; ratio: number } => ({ ...pair(both), ratio: both.ratio });
  const supported = (ledger: Ledger) => (one: Assumption): Assumption & { supports: number } => ({ ...one, supports: ledger.entries.filter((entry) => entry.obligation.assumptions.includes(one.id)).length });
  const summary = (ledger: Ledger): RunSummary => ({ ...summaryOf(ledger.run), ...(ledger.commit ? { commit: ledger.commit.hash } : {}) });
  return {
    before: summary(before), after: summary(after), worse: isWorse(comparison), unchanged: comparison.unchanged,
    newlyFailing: comparison.newlyFailing.map(pair), lost: comparison.lost.map(pair), newlyProved: comparison.newlyProved.map(pair), otherwiseChanged: comparison.otherwiseChanged.map(pair),
    added: comparison.added.map(row), removed: comparison.removed.map(row),
    newAssumptions: comparison.newAssumptions.map(supported(after)), goneAssumptions: comparison.goneAssumptions.map(supported(before)),
    slower: comparison.slower.map(timed), faster: comparison.faster.map(timed), tools: comparison.tools.map((tool) => ({ ...tool })), caveats: [...comparison.caveats],
  };
}
