/**
 * Proofs for all time: k-induction (with its base, a bounded search of the same length) and PDR race. Induction
 * assumes every assert of its run in the steps before: it proves all of them together or none, and only with a
 * base that passed on exactly the same asserts. PDR is asked whether any of them can fail: a group proof too. A
 * property that fails is settled and leaves the group, and the race begins again without it.
 *
 * A proof speaks of runs that go on for ever; where the assumptions end every run, it is empty. So it counts as
 * `proved` only where a run that comes back to an earlier state was found, else as far as runs were found.
 */
import type { Attempt, Diagnostic } from '../../contract.ts';
import { race } from '../../race.ts';
import type { Verdict } from '../../verdict.ts';
import { decideReach } from '../aiger/reach.ts';
import { findRuns, type Runs } from '../aiger/runs.ts';
import { boundByAbc, boundBySmtbmc, type Bound } from './bounded.ts';
import { askGroup } from './group.ts';
import { type OpenProperties, targetsOf, type Session } from './session.ts';
import { settleBySmtbmc, settleReplayed } from './violation.ts';

interface Proof { readonly attempts: readonly Attempt[]; readonly used: string }
type Outcome =
  | { readonly kind: 'proved'; readonly names: ReadonlySet<string>; readonly proof: Proof }
  /** Says which ones fail; settled by the caller, when the others have stopped. */
  | { readonly kind: 'violated'; readonly settle: () => Promise<void> }
  | { readonly kind: 'vacuous'; readonly step?: number; readonly proof: Proof }
  | { readonly kind: 'open'; readonly bound?: Bound; readonly verdict?: Verdict; readonly attempts: readonly Attempt[] };

/** A proof claims every depth: runs are looked for at least this far. sby's default depth. */
const LEAST_RUN = 20;
/** Seconds given to the properties one by one, as a multiple of one attempt's. */
const SHARED_TIMES = 3;

export async function prove(session: Session, open: OpenProperties): Promise<void> {
  let bound: Bound | undefined;
  while (open.size > 0 && !session.context.signal.aborted) {
    const names = open.names;
    const outcome = await race<Outcome>([
      signal => byInduction(session, open, names, signal),
      signal => byPdr(session, open, names, signal),
    ], value => value.kind !== 'open', session.context.signal);
    for (const value of outcome.all) if (value.kind === 'open') { open.attempts.push(...value.attempts); if (value.bound?.depth !== undefined) bound = value.bound; }
    const { winner } = outcome;
    if (!winner || winner.kind === 'open') break;
    if (winner.kind === 'proved') { await settleProved(session, open, winner.names, winner.proof); return; }
    if (winner.kind === 'vacuous') { open.vacuous(winner.step, winner.proof.attempts, winner.proof.used); return; }
    await winner.settle();
    bound = undefined; // it held for the group with the failing one
  }
  if (open.size > 0 && !session.context.signal.aborted) await oneByOne(session, open);
  if (open.size === 0) return;
  if (bound === undefined && !session.context.signal.aborted) {
    bound = await boundBySmtbmc(session, open);
    if (bound.depth === undefined && open.size > 0) { const other = await boundByAbc(session, open); if (other.depth !== undefined) bound = other; }
  }
  if (bound?.depth !== undefined) open.settleAll({ kind: 'bounded', depth: bound.depth, reason: `no proof within ${session.wallSeconds} s an attempt` }, bound.attempts, { used: bound.used });
  else open.settleAll(bound?.open ?? { kind: 'cancelled' }, bound?.attempts ?? []);
}

async function byInduction(session: Session, open: OpenProperties, names: ReadonlySet<string>, signal: AbortSignal): Promise<Outcome> {
  const { smtbmc, depth, design } = session;
  if (!smtbmc) return { kind: 'open', attempts: [] };
  if ([...names].some(name => !design.smt2.asserts.includes(name))) return { kind: 'open', attempts: [] };
  const base = await smtbmc.bmc(names, depth, 0, signal);
  const used = smtbmc.name;
  if (base.open) return { kind: 'open', attempts: [base.attempt], verdict: base.open };
  if (base.reading.status === 'PREUNSAT')
    return { kind: 'vacuous', proof: { attempts: [base.attempt], used }, ...(base.reading.unsatisfiableStep !== undefined && { step: base.reading.unsatisfiableStep }) };
  if (base.reading.status === 'FAILED') {
    const failures = base.reading.failures.filter(failure => names.has(failure.name));
    if (failures.length === 0) return { kind: 'open', attempts: [base.attempt] };
    return { kind: 'violated', settle: async () => { for (const failure of failures) await settleBySmtbmc(session, open, failure.name, failure.step, await base.trace(failure.trace), base.attempt); } };
  }
  const bound: Bound = { depth, attempts: [base.attempt], used };
  const step = await smtbmc.induction(names, depth, signal);
  if (step.open || !step.reading.successful) return { kind: 'open', attempts: [step.attempt], bound };
  return { kind: 'proved', names, proof: { attempts: [step.attempt, base.attempt], used: `${used}, k-induction of length ${step.reading.length}` } };
}

async function byPdr(session: Session, open: OpenProperties, names: ReadonlySet<string>, signal: AbortSignal): Promise<Outcome> {
  const system = session.abc && await session.design.system();
  if (!session.abc || !system || typeof system === 'string') return { kind: 'open', attempts: [] };
  const targets = new Map([...targetsOf(system)].filter(([name]) => names.has(name)));
  if (targets.size < names.size) return { kind: 'open', attempts: [] };
  const used = `${session.abc.name}, pdr`;
  const answer = await askGroup(session.abc.under(signal), system, targets, { kind: 'pdr', seconds: session.wallSeconds }, 'pdr');
  const attempts = answer.attempt ? [answer.attempt] : [];
  if (answer.kind === 'never') return { kind: 'proved', names, proof: { attempts, used } };
  if (answer.kind === 'hit')
    return { kind: 'violated', settle: async () => { for (const hit of answer.hits) await settleReplayed(session, open, system, hit.name, hit.step, hit.witness, answer.attempt, used); } };
  return { kind: 'open', attempts, ...(answer.kind === 'open' && { verdict: answer.verdict }) };
}

/** PDR for each that the group did not settle, in the time that is left for them. */
async function oneByOne(session: Session, open: OpenProperties): Promise<void> {
  const system = session.abc && await session.design.system();
  if (!session.abc || !system || typeof system === 'string' || open.size === 1) return;
  const seconds = Math.max(1, Math.min(session.wallSeconds, (SHARED_TIMES * session.wallSeconds) / open.size));
  const all = targetsOf(system);
  for (const property of open.values()) {
    if (session.context.signal.aborted) return;
    const target = all.get(property.id);
    if (target === undefined) continue;
    const used = `${session.abc.name}, pdr`;
    const reach = await decideReach(session.abc, { aig: system.aig, roots: [target], confirm: target, target: (_, copy) => copy(target) }, { kind: 'pdr', seconds }, 'pdr');
    if (reach.kind === 'never') await settleProved(session, open, new Set([property.id]), { attempts: reach.attempt ? [reach.attempt] : [], used });
    else if (reach.kind === 'reached') await settleReplayed(session, open, system, property.id, reach.step, reach.witness, reach.attempt, used);
    else if (reach.attempt) open.attempts.push(reach.attempt);
  }
}

async function settleProved(session: Session, open: OpenProperties, names: ReadonlySet<string>, proof: Proof): Promise<void> {
  const runs = await runsOf(session);
  const attempts = [...proof.attempts, ...runs.attempts];
  const settle = (verdict: Verdict, diagnostics: readonly Diagnostic[] = []): void => {
    for (const name of names) open.settle(name, verdict, attempts.length > 0 ? attempts : [session.design.attempt], { used: proof.used, diagnostics });
  };
  if (runs.kind === 'contradict') { open.vacuous(undefined, attempts, proof.used); return; }
  if (runs.kind === 'open') { settle({ kind: 'unknown', reason: `proved, but no run that satisfies all assumptions was found (${runs.verdict.kind})` }); return; }
  if (runs.forever) { settle({ kind: 'proved' }); return; }
  settle({ kind: 'bounded', depth: runs.steps, reason: 'runs that satisfy all assumptions are known only to this depth' },
    [{ severity: 'warning', message: `no run of any length violates it, but runs that satisfy all assumptions are known only to ${runs.steps} steps` }]);
}

const runsOfSession = new WeakMap<Session, Promise<Runs>>();

/** Once a task. */
function runsOf(session: Session): Promise<Runs> {
  let runs = runsOfSession.get(session);
  if (!runs) runsOfSession.set(session, (runs = findRunsOf(session)));
  return runs;
}

async function findRunsOf(session: Session): Promise<Runs> {
  const steps = Math.max(session.depth, LEAST_RUN);
  if (!session.design.hasAssumptions) return { kind: 'exist', steps, forever: true, attempts: [] };
  const system = session.abc && await session.design.system();
  if (session.abc && system && typeof system !== 'string') return findRuns(system.aig, session.abc, { steps, forever: true, seconds: session.wallSeconds });
  if (!session.smtbmc) return { kind: 'open', verdict: { kind: 'unknown', reason: 'no engine for it' }, attempts: [] };
  // Without gates: a bounded search checks before each step that the assumptions can be met. Its asserts do not matter.
  const run = await session.smtbmc.bmc(new Set(session.design.smt2.asserts), session.depth, 0);
  if (run.reading.status === 'PREUNSAT') return { kind: 'contradict', steps: session.depth, attempts: [run.attempt] };
  if (run.reading.checked > 0) return { kind: 'exist', steps: run.reading.checked, forever: false, attempts: [run.attempt] };
  return { kind: 'open', verdict: run.open ?? { kind: 'unknown', reason: 'no run was found' }, attempts: [run.attempt] };
}
