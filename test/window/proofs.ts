/** A search for proofs, a report and signatures, as the engine tells them: for the double behind the window. */
import type { BridgeEventOf, CandidateTexts, LedgerRow, ProofGoal, ProofState, RequestOutput } from '../../app/contract.ts';
import { ledgerSchema, type LedgerJson } from '../../app/engine/report/schema.ts';
import { headline, totalsOf } from '../../app/engine/report/totals.ts';
import { reportPage } from '../../app/engine/report/page/page.ts';
import { REPOSITORY } from './recorded.ts';

const PATCH = `--- a/dafny/sum.dfy
+++ b/dafny/sum.dfy
@@ -12,8 +12,11 @@
   var i := 0;
   total := 0;
   while i < |values|
+    invariant 0 <= i <= |values|
+    invariant total == SumOf(values[..i])
   {
     total := total + values[i];
     i := i + 1;
+    assert values[..i] == values[..i - 1] + [values[i - 1]];
   }
 }
`;

export const texts: CandidateTexts = { files: [{ path: 'dafny/sum.dfy', base: '0'.repeat(64), before: 'a', after: 'b' }], patch: PATCH };

const counts = (strategy: string, offered: number, checked: number, holds: number, used: number): ProofGoal['strategies'][number] => ({ strategy, offered, checked, holds, used });

/** One goal proved, one that is not, one of a tool without strategies; the first of these rows are taken for them. */
export function proofEvent(rows: readonly LedgerRow[], state: ProofState['state'] = 'finished', fate: ProofState['candidates'][number]['fate'] = 'offered'): BridgeEventOf<'proof'> {
  const [one, two, three] = [...rows.filter((row) => row.toolchain === 'dafny'), ...rows.filter((row) => row.toolchain === 'smt')].filter((row, index) => index < 2 || row.toolchain === 'smt') as [LedgerRow, LedgerRow, LedgerRow];
  const goal = (row: LedgerRow, rest: Partial<ProofGoal>): ProofGoal => ({ obligation: row.id, symbol: row.symbol, file: row.file, range: row.range, toolchain: row.toolchain, before: 'failed', state: 'waiting', passes: 0, strategies: [], strongest: [], open: [], notes: [], ...rest });
  const strategies = [counts('bounds', 14, 14, 5, 2), counts('postconditions', 9, 9, 2, 1), counts('equalities', 132, 60, 7, 0), counts('elements', 22, 8, 0, 0)];
  const goals = [
    goal(one, { state: state === 'running' ? 'judging' : 'found', passes: 6, strategies, strongest: ['invariant 0 <= i <= |values|'] }),
    goal(two, {
      state: state === 'running' ? 'searching' : 'not-found', passes: 11, strategies: strategies.map((count) => ({ ...count, used: 0 })), strongest: ['invariant 0 <= low <= high <= a.Length', 'invariant forall k :: 0 <= k < low ==> a[k] < key'],
      open: [{ severity: 'error', message: 'this invariant could not be proved to be maintained by the loop', file: two.file, range: two.range }], notes: ['60 runs on small inputs', '177 candidates held in all states, 91 were checked in 11 passes, 7 are inductive'],
    }),
    goal(three, { state: 'untried', why: 'SMT-LIB has no strategies' }),
  ];
  const candidates: ProofState['candidates'] = state === 'running' ? [] : [{
    id: '1', proves: [one.id], files: ['dafny/sum.dfy'], additions: [{ strategy: 'bounds', text: 'invariant 0 <= i <= |values|', obligation: one.id }, { strategy: 'postconditions', text: 'invariant total == SumOf(values[..i])', obligation: one.id }, { strategy: 'assertions', text: 'assert values[..i] == values[..i - 1] + [values[i - 1]];', obligation: one.id }],
    guard: ['only proof text was added (3 pieces)', 'the program compiled without its proof text is the same'], cleanSeconds: 2.3, seconds: 11.4, calls: 9, fate,
  }];
  return {
    type: 'proof', repository: REPOSITORY, goals,
    proof: {
      proof: 'race-1', state, step: state === 'running' ? 'search' : 'ended', startedAt: '2026-11-25T11:00:00Z', budget: { wallSeconds: 60, calls: 80 }, spent: { seconds: 23, calls: 17 }, goals: 3, already: 2, found: candidates.length, candidates,
      refused: [{ by: 'clean run', why: 'Total is timeout in a clean run', proves: [one.id], additions: [{ strategy: 'relations', text: 'invariant total * total >= i', obligation: one.id }] }],
    },
  };
}

export function reportOf(ledger: LedgerJson): { readonly made: RequestOutput<'report.make'>; readonly content: Buffer } {
  const content = Buffer.from(reportPage(ledgerSchema.parse(ledger)), 'utf8');
  return { content, made: { report: 'report-1', format: 'html', name: 'samples-report.html', type: 'text/html', bytes: content.length, headline: headline(totalsOf(ledger)), obligations: ledger.obligations.length, madeAt: '2026-11-25T11:00:00Z' } };
}

export function trustOf(ledger: LedgerJson): RequestOutput<'ledger.assumptions'> {
  const signatures = [{ reviewer: 'R. Viewer', reason: 'The hardware manual says so, section 4.2', date: '2026-11-20', state: 'valid' as const }, { reviewer: 'R. Viewer', reason: 'Known', date: '2026-10-02', state: 'void' as const, why: 'what was signed has changed', line: 12 }];
  return {
    assumptions: ledger.assumptions.map((one, index) => ({ ...one, supports: 1 + index, ...(signatures[index] ? { justification: signatures[index] } : {}) })),
    signatures: { name: 'assay.justify.toml', exists: true, odd: [{ ...signatures[1]!, of: 'assumption', kind: 'assume', symbol: 'Total' }] },
  };
}

export function entriesOf(reviewer: string, reason: string): RequestOutput<'justify.entries'> {
  return { count: 1, left: [], text: `# dafny/trusted.dfy:14\n[[assumption]]\ntoolchain = "dafny"\nkind = "assume"\nsymbol = "Total"\ntext = "assume total >= 0;"\nsha256 = "${'0a'.repeat(32)}"\nreviewer = ${JSON.stringify(reviewer)}\nreason = ${JSON.stringify(reason)}\ndate = 2026-11-25\n` };
}
