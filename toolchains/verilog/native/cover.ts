/** Covers: reached in a run that satisfies all assumptions, with its trace; else not reached in so many steps, or never. */
import type { Attempt } from '../../contract.ts';
import { settleHit } from './btor/bounded.ts';
import { decideReach } from '../aiger/reach.ts';
import { findRuns } from '../aiger/runs.ts';
import { targetsOf, type OpenProperties, type Session } from './session.ts';
import { settleBySmtbmc, settleReplayed } from './violation.ts';

/** Seconds given to the covers one by one, as a multiple of one attempt's. */
const SHARED_TIMES = 3;

export async function cover(session: Session, open: OpenProperties): Promise<void> {
  if (session.order[0] === 'btor') await byBtor(session, open);
  const unreached = await bySmtbmc(session, open);
  if (session.context.signal.aborted) { open.settleAll({ kind: 'cancelled' }, []); return; }
  await byAbc(session, open, unreached);
  open.settleAll({ kind: 'unknown', reason: 'no engine could decide it' }, []);
}

interface Unreached { readonly names: ReadonlySet<string>; readonly attempts: readonly Attempt[] }

/** @returns those that were searched for in all steps and not reached */
async function bySmtbmc(session: Session, open: OpenProperties): Promise<Unreached> {
  const { smtbmc, depth, design } = session;
  const none: Unreached = { names: new Set(), attempts: [] };
  if (!smtbmc) return none;
  const names = new Set([...open.names].filter(name => design.smt2.covers.includes(name)));
  if (names.size === 0) return none;
  let run = await smtbmc.cover(names, depth);
  if (run.open && run.reading.reached.length > 0) {
    // Stopped on the way: only a run that ends on what it had reached stands for that.
    open.attempts.push(run.attempt);
    run = await smtbmc.cover(new Set(run.reading.reached.map(one => one.name)), Math.max(...run.reading.reached.map(one => one.step)) + 1);
  }
  if (run.open) { open.attempts.push(run.attempt); return none; }
  for (const one of run.reading.reached) await settleBySmtbmc(session, open, one.name, one.step, await run.trace(one.trace), run.attempt);
  return { names: new Set(run.reading.checked === depth ? run.reading.unreached : []), attempts: [run.attempt] };
}

/** Reached ones are settled; what it does not reach is left to the engines below, which say more. */
async function byBtor(session: Session, open: OpenProperties): Promise<void> {
  const model = await session.design.btor();
  if (typeof model === 'string') return;
  for (const name of open.names) {
    if (session.context.signal.aborted || !model.names.includes(name) || !open.has(name)) continue;
    const run = await session.btor!.search(model.only(new Set([name])), session.depth, 'cover');
    if (run.answer.kind === 'hit') await settleHit(session, open, model, run.answer, run.attempt);
    else open.remember(name, run.attempt);
  }
}

async function byAbc(session: Session, open: OpenProperties, unreached: Unreached): Promise<void> {
  if (open.size === 0) return;
  const { abc, depth, design } = session;
  const system = abc && await design.system();
  const settleUnreached = (name: string, proven: boolean, attempts: readonly Attempt[], used: string): void =>
    open.settle(name, { kind: 'unreachable', depth, ...(proven && { proven }) }, attempts, { used });
  if (!abc || !system || typeof system === 'string') {
    for (const name of unreached.names) settleUnreached(name, false, unreached.attempts, session.smtbmc!.name);
    return;
  }
  const runs = await findRuns(system.aig, abc, { steps: depth, forever: false, seconds: session.wallSeconds });
  if (runs.kind === 'contradict') { open.vacuous(undefined, [...runs.attempts, ...unreached.attempts], abc.name); return; }
  const targets = targetsOf(system);
  const seconds = Math.max(1, Math.min(session.wallSeconds, Math.min(SHARED_TIMES * session.wallSeconds, session.left()) / open.size));
  for (const property of open.values()) {
    if (session.context.signal.aborted) { open.settleAll({ kind: 'cancelled' }, []); return; }
    const name = property.id;
    const target = targets.get(name);
    const known = unreached.names.has(name);
    if (target === undefined) { if (known) settleUnreached(name, false, unreached.attempts, session.smtbmc!.name); continue; }
    const request = { aig: system.aig, roots: [target], confirm: target, target: (_: unknown, copy: (literal: number) => number) => copy(target) };
    if (!known) {
      const reach = await decideReach(abc, request, { kind: 'bmc', frames: depth, seconds }, 'cover');
      const own = reach.attempt ? [reach.attempt] : [];
      if (reach.kind === 'reached') { await settleReplayed(session, open, system, name, reach.step, reach.witness, reach.attempt, abc.name); continue; }
      if (reach.kind === 'open') { open.settle(name, reach.verdict, own, { used: abc.name }); continue; }
      if (reach.kind === 'never') { settleUnreached(name, true, own, abc.name); continue; }
      for (const attempt of own) open.remember(name, attempt);
    }
    const proof = await decideReach(abc, request, { kind: 'pdr', seconds: Math.min(seconds, PROOF_SECONDS) }, 'unreachable');
    const own = [...(proof.attempt ? [proof.attempt] : []), ...unreached.attempts];
    if (proof.kind === 'reached' && proof.step >= depth) settleUnreached(name, false, own, abc.name);
    else if (proof.kind === 'reached') open.settle(name, { kind: 'unknown', reason: 'disputed' }, own, { used: abc.name });
    else settleUnreached(name, proof.kind === 'never', proof.kind === 'never' ? own : [...own].reverse(), proof.kind === 'never' ? `${abc.name}, pdr` : known ? session.smtbmc!.name : abc.name);
  }
}

/** "Never" is more than was asked: it gets little time. */
const PROOF_SECONDS = 5;
