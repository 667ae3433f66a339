/**
 * A proof speaks of runs that go on for ever; where the assumptions end every run, it is empty. So it counts as
 * `proved` only where a run that comes back to an earlier state was found, else as far as runs were found.
 */
import { REASON, type Verdict } from '../../verdict.ts';
import { findRuns, type Runs } from '../aiger/runs.ts';
import type { Proof } from './prove.ts';
import type { OpenProperties, Session } from './session.ts';

/** A proof claims every depth: runs are looked for at least this far. sby's default depth. */
const LEAST_RUN = 20;

export class Lasting {
  private runs: Promise<Runs> | undefined;

  constructor(private readonly session: Session) {}

  /** Whether runs of so many steps exist that satisfy all assumptions; undefined where that is not known. */
  async reaches(steps: number): Promise<boolean | undefined> {
    const runs = await (this.runs ??= this.find());
    return runs.kind === 'exist' ? runs.steps >= steps : runs.kind === 'contradict' ? false : undefined;
  }

  async settle(open: OpenProperties, names: ReadonlySet<string>, proof: Proof): Promise<void> {
    const runs = await (this.runs ??= this.find());
    const attempts = [...proof.attempts, ...runs.attempts];
    const settle = (verdict: Verdict, message?: string): void => {
      for (const name of names) open.settle(name, verdict, attempts.length > 0 ? attempts : [this.session.design.gatesAttempt() ?? this.session.design.attempt], { used: proof.used, ...(message !== undefined && { diagnostics: [{ severity: 'warning', message }] }) });
    };
    switch (runs.kind) {
      case 'contradict': settle({ kind: 'failed', reason: REASON.vacuous }, `the assumptions contradict each other: no run has ${runs.steps} steps`); return;
      case 'open': settle({ kind: 'unknown', reason: `proved, but no run that satisfies all assumptions was found (${runs.verdict.kind})` }); return;
      case 'exist':
        if (runs.forever) settle({ kind: 'proved' });
        else settle({ kind: 'bounded', depth: runs.steps, reason: 'runs that satisfy all assumptions are known only to this depth' }, `no run of any length violates it, but runs that satisfy all assumptions are known only to ${runs.steps} steps`);
    }
  }

  private async find(): Promise<Runs> {
    const { session } = this;
    const steps = Math.max(session.depth, LEAST_RUN);
    if (!session.design.hasAssumptions) return { kind: 'exist', steps, forever: true, attempts: [] };
    const system = session.abc && await session.design.system();
    if (session.abc && system && typeof system !== 'string') return findRuns(system.aig, session.abc, { steps, forever: true, seconds: session.wallSeconds });
    if (!session.smtbmc) return { kind: 'open', verdict: { kind: 'unknown', reason: 'no engine for it' }, attempts: [] };
    // Without gates: a bounded search checks before each step that the assumptions can be met.
    const run = await session.smtbmc.bmc(new Set(), session.depth, 0);
    if (run.reading.status === 'PREUNSAT') return { kind: 'contradict', steps: session.depth, attempts: [run.attempt] };
    if (run.reading.checked > 0) return { kind: 'exist', steps: run.reading.checked, forever: false, attempts: [run.attempt] };
    return { kind: 'open', verdict: run.open ?? { kind: 'unknown', reason: 'no run was found' }, attempts: [run.attempt] };
  }
}
