/**
 * Bounded search for violations: no property is called bounded but by a run that ended clean on exactly the
 * properties that are left, so a failing one never lends its assumption to the others. (smtbmc assumes in step n
 * that all asserts of its run held before n: sound, since that run showed it.)
 */
import type { Attempt } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import { decideReach } from '../aiger/reach.ts';
import { findRuns } from '../aiger/runs.ts';
import { askGroup } from './group.ts';
import { targetsOf, type OpenProperties, type Session } from './session.ts';
import { settleBySmtbmc, settleReplayed } from './violation.ts';

/** What is known of those that are still open. */
export interface Bound {
  /** All that are left are free of violations in steps 0 … depth−1, and runs of that length exist. */
  readonly depth?: number;
  readonly open?: Verdict;
  readonly attempts: readonly Attempt[];
  readonly used: string;
}

/** Settles the violated ones (and all, where the assumptions contradict each other); says what holds for the rest. */
export async function boundBySmtbmc(session: Session, open: OpenProperties, signal?: AbortSignal): Promise<Bound> {
  const { smtbmc, depth, design } = session;
  if (!smtbmc) return { attempts: [], used: '', open: { kind: 'unknown', reason: 'no SMT engine' } };
  const attempts: Attempt[] = [];
  const modelled = new Set(design.smt2.asserts);
  while (open.size > 0) {
    const names = new Set([...open.names].filter(name => modelled.has(name)));
    if (names.size === 0) return { attempts, used: smtbmc.name, open: { kind: 'unknown', reason: 'the property is not in the model' } };
    const run = await smtbmc.bmc(names, depth, 0, signal);
    attempts.unshift(run.attempt);
    const { reading } = run;
    if (run.open) {
      // What it found before it was ended stands by its trace.
      for (const failure of reading.failures) await settleBySmtbmc(session, open, failure.name, failure.step, await run.trace(failure.trace), run.attempt);
      return { attempts, used: smtbmc.name, open: run.open };
    }
    if (reading.status === 'PREUNSAT') { open.vacuous(reading.unsatisfiableStep, attempts, smtbmc.name); break; }
    if (reading.status === 'PASSED') return names.size === open.size ? { depth, attempts, used: smtbmc.name } : { attempts, used: smtbmc.name, open: { kind: 'unknown', reason: 'not every property is in the model' } };
    const known = reading.failures.filter(failure => names.has(failure.name));
    if (known.length === 0) return { attempts, used: smtbmc.name, open: { kind: 'crashed', reason: 'yosys-smtbmc named no property that failed' } };
    for (const failure of known) await settleBySmtbmc(session, open, failure.name, failure.step, await run.trace(failure.trace), run.attempt);
  }
  return { attempts, used: smtbmc.name };
}

/** The same by abc: all at once, and one by one where that is too much. */
export async function boundByAbc(session: Session, open: OpenProperties, signal?: AbortSignal): Promise<Bound> {
  const { depth, wallSeconds } = session;
  const system = session.abc && await session.design.system();
  if (!session.abc || typeof system === 'string' || !system) return { attempts: [], used: '', open: { kind: 'unknown', reason: typeof system === 'string' ? system : 'no and-inverter engine' } };
  const abc = signal ? session.abc.under(signal) : session.abc;
  const attempts: Attempt[] = [];
  const runs = await findRuns(system.aig, abc, { steps: depth, forever: false, seconds: wallSeconds });
  attempts.push(...runs.attempts);
  const used = session.abc.name;
  if (runs.kind === 'contradict') { open.vacuous(undefined, attempts, used); return { attempts, used }; }
  if (runs.kind === 'open') return { attempts, used, open: runs.verdict };
  const all = targetsOf(system);
  while (open.size > 0) {
    const targets = new Map([...all].filter(([name]) => open.has(name)));
    if (targets.size < open.size) return { attempts, used, open: { kind: 'unknown', reason: 'not every property is in the gates' } };
    const answer = await askGroup(abc, system, targets, { kind: 'bmc', frames: depth, seconds: wallSeconds }, 'bmc');
    if (answer.attempt) attempts.unshift(answer.attempt);
    if (answer.kind === 'hit') { for (const hit of answer.hits) await settleReplayed(session, open, system, hit.name, hit.step, hit.witness, answer.attempt, used); continue; }
    if (answer.kind !== 'open') return { depth, attempts, used };
    if (answer.verdict.kind === 'cancelled' || targets.size === 1) return { attempts, used, open: answer.verdict };
    return boundOneByOne(session, open, targets, answer.verdict, attempts, signal);
  }
  return { attempts, used };
}

/** Seconds that a task gives to its properties one by one, as a multiple of the limit of one attempt. */
const SHARED_TIMES = 3;
/** Less is not worth starting a process for. */
export const LEAST_SECONDS = 1;

async function boundOneByOne(session: Session, open: OpenProperties, targets: ReadonlyMap<string, number>, group: Verdict, attempts: Attempt[], signal?: AbortSignal): Promise<Bound> {
  const system = await session.design.system();
  if (typeof system === 'string' || !session.abc) return { attempts, used: '', open: group };
  const abc = signal ? session.abc.under(signal) : session.abc;
  const used = session.abc.name;
  const shared = Math.min(SHARED_TIMES * session.wallSeconds, session.left());
  const seconds = Math.max(LEAST_SECONDS, Math.min(session.wallSeconds, shared / targets.size));
  for (const [name, target] of targets) {
    if (session.left() < LEAST_SECONDS) break;
    const reach = await decideReach(abc, { aig: system.aig, roots: [target], confirm: target, target: (_, copy) => copy(target) }, { kind: 'bmc', frames: session.depth, seconds }, 'bmc');
    const own = reach.attempt ? [reach.attempt, ...attempts] : attempts;
    if (reach.kind === 'reached') await settleReplayed(session, open, system, name, reach.step, reach.witness, reach.attempt, used);
    else if (reach.kind !== 'open') open.settle(name, { kind: 'bounded', depth: session.depth }, own, { used });
    else if (reach.verdict.kind === 'cancelled') return { attempts: own, used, open: reach.verdict };
    else if (reach.attempt) open.remember(name, reach.attempt);
  }
  return { attempts, used, open: group };
}
