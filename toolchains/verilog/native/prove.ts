/**
 * Proofs for all time. Two lines of attack race: k-induction by SMT (with its base, a bounded search of the same
 * length), and the and-inverter engines, which look for a violation up to the depth, try the step of k-induction
 * and then PDR. Both speak of all open properties at once: induction assumes every assert of its run in the steps
 * before, so it proves all of them together or none, and only with a base that passed on exactly the same ones.
 * A property that fails is settled and leaves the group, and the race begins again without it.
 *
 * What the group does not settle is asked one by one; what is proved so is a lemma for the rest.
 */
import type { Attempt } from '../../contract.ts';
import { race } from '../../race.ts';
import { REASON, type Verdict } from '../../verdict.ts';
import { decideReach } from '../aiger/reach.ts';
import type { System } from '../aiger/system.ts';
import { boundByAbc, boundBySmtbmc, LEAST_SECONDS, type Bound } from './bounded.ts';
import { askGroup, inductionStep, withLemmas } from './group.ts';
import { Lasting } from './lasting.ts';
import { targetsOf, type OpenProperties, type Session } from './session.ts';
import { settleBySmtbmc, settleReplayed } from './violation.ts';

export interface Proof { readonly attempts: readonly Attempt[]; readonly used: string }

type Outcome =
  | { readonly kind: 'proved'; readonly names: ReadonlySet<string>; readonly proof: Proof }
  /** Some fail; settled by the caller, when the others have stopped. */
  | { readonly kind: 'violated'; readonly settle: () => Promise<void> }
  | { readonly kind: 'vacuous'; readonly step?: number; readonly proof: Proof }
  | {
    readonly kind: 'open'; readonly bound?: Bound; readonly verdict?: Verdict; readonly attempts: readonly Attempt[];
    /** A bound, if runs of that length exist. */
    readonly cleanBase?: Bound;
  };

/** Seconds given to the properties one by one, as a multiple of one attempt's. */
const SHARED_TIMES = 3;
/** A property gets at least this long in its turn: abc takes half a second to read a large system. */
const SLICE_SECONDS = 2;
/** The step of k-induction is a quick try before PDR. */
const STEP_SHARE = 0.3;

export async function prove(session: Session, open: OpenProperties): Promise<void> {
  const lasting = new Lasting(session);
  let bound: Bound | undefined;
  let ended: Verdict | undefined;
  while (open.size > 0 && !session.context.signal.aborted) {
    const names = open.names;
    bound = undefined;
    ended = undefined;
    const raced = await race<Outcome>([
      signal => bySmt(session, open, names, signal),
      signal => byGates(session, open, names, signal),
    ], value => value.kind !== 'open' && !session.task.wait, session.context.signal);
    const { all } = raced;
    const winner = raced.winner ?? all.find(value => value.kind === 'vacuous') ?? all.find(value => value.kind !== 'open');
    // Option wait: both have had their say.
    const proof = all.find(value => value.kind === 'proved');
    if (proof && all.some(value => value.kind === 'violated')) return open.settleAll({ kind: 'unknown', reason: REASON.disputed }, proof.proof.attempts, {
      used: proof.proof.used, diagnostics: [{ severity: 'error', message: `${proof.proof.used} proves them all, and another engine finds a violation` }],
    });
    for (const value of all) if (value.kind === 'open') {
      open.attempts.push(...value.attempts);
      bound ??= value.bound;
      if (value.verdict?.kind === 'timeout') ended = value.verdict;
      // A clean search of the gates bounds them where runs of that length exist.
      if (!bound && value.cleanBase?.depth !== undefined && await lasting.reaches(value.cleanBase.depth)) bound = value.cleanBase;
    }
    if (!winner || winner.kind === 'open') break;
    if (winner.kind === 'proved') return lasting.settle(open, winner.names, winner.proof);
    if (winner.kind === 'vacuous') return open.vacuous(winner.step, winner.proof.attempts, winner.proof.used);
    const before = open.size;
    await winner.settle();
    if (open.size === before) break;
  }
  if (open.size > 1 && !session.context.signal.aborted) await oneByOne(session, open, lasting);
  if (open.size > 0) await settleRest(session, open, bound, ended);
}

/** Those without a proof: bounded where a search ended clean. */
async function settleRest(session: Session, open: OpenProperties, known: Bound | undefined, ended: Verdict | undefined): Promise<void> {
  let bound = known;
  if (bound?.depth === undefined && !session.context.signal.aborted && session.left() > LEAST_SECONDS) {
    bound = await boundByAbc(session, open);
    if (bound.depth === undefined && open.size > 0 && !ended) { const other = await boundBySmtbmc(session, open); if (other.depth !== undefined) bound = other; }
  }
  if (open.size === 0) return;
  if (bound?.depth !== undefined) open.settleAll({ kind: 'bounded', depth: bound.depth, reason: `no proof within ${session.wallSeconds} s an attempt` }, bound.attempts, { used: bound.used });
  else open.settleAll(session.context.signal.aborted ? { kind: 'cancelled' } : ended ?? bound?.open ?? { kind: 'unknown', reason: 'no engine could decide it' }, bound?.attempts ?? []);
}

async function bySmt(session: Session, open: OpenProperties, names: ReadonlySet<string>, signal: AbortSignal): Promise<Outcome> {
  const { smtbmc, depth, design } = session;
  if (!smtbmc || [...names].some(name => !design.smt2.asserts.includes(name))) return { kind: 'open', attempts: [] };
  const base = await smtbmc.bmc(names, depth, 0, signal);
  const used = smtbmc.name;
  if (base.open && base.reading.failures.length === 0) return { kind: 'open', attempts: [base.attempt], verdict: base.open };
  if (base.reading.status === 'PREUNSAT')
    return { kind: 'vacuous', proof: { attempts: [base.attempt], used }, ...(base.reading.unsatisfiableStep !== undefined && { step: base.reading.unsatisfiableStep }) };
  if (base.reading.status !== 'PASSED') {
    const failures = base.reading.failures.filter(failure => names.has(failure.name));
    if (failures.length === 0) return { kind: 'open', attempts: [base.attempt] };
    return { kind: 'violated', settle: async () => { for (const failure of failures) await settleBySmtbmc(session, open, failure.name, failure.step, await base.trace(failure.trace), base.attempt); } };
  }
  const bound: Bound = { depth, attempts: [base.attempt], used };
  const step = await smtbmc.induction(names, depth, signal);
  if (step.open || !step.reading.successful) return { kind: 'open', attempts: [step.attempt], bound };
  return { kind: 'proved', names, proof: { attempts: [step.attempt, base.attempt], used: `${used}, k-induction of length ${step.reading.length}` } };
}

async function byGates(session: Session, open: OpenProperties, names: ReadonlySet<string>, signal: AbortSignal): Promise<Outcome> {
  const gates = await gatesOf(session);
  if (!gates) return { kind: 'open', attempts: [] };
  const { system } = gates;
  const targets = new Map([...targetsOf(system)].filter(([name]) => names.has(name)));
  if (targets.size < names.size) return { kind: 'open', attempts: [] };
  const abc = gates.abc.under(signal);
  const attempts: Attempt[] = [];
  const violated = (answer: Extract<Awaited<ReturnType<typeof askGroup>>, { kind: 'hit' }>, used: string): Outcome =>
    ({ kind: 'violated', settle: async () => { for (const hit of answer.hits) await settleReplayed(session, open, system, hit.name, hit.step, hit.witness, answer.attempt, used); } });

  const base = await askGroup(abc, system, targets, { kind: 'bmc', frames: session.depth, seconds: session.wallSeconds }, 'bmc');
  if (base.attempt) attempts.unshift(base.attempt);
  if (base.kind === 'hit') return violated(base, gates.name);
  if (base.kind === 'never') return { kind: 'proved', names, proof: { attempts, used: `${gates.name}: constant` } };
  if (base.kind === 'free-up-to') {
    const step = await inductionStep(abc, system, targets, session.depth, Math.max(1, STEP_SHARE * session.wallSeconds), []);
    if (step.attempt) attempts.unshift(step.attempt);
    if (step.holds) return { kind: 'proved', names, proof: { attempts, used: `${gates.name}, k-induction of length ${session.depth}` } };
  }
  const cleanBase: Bound | undefined = base.kind === 'free-up-to' && base.attempt ? { depth: base.frames, attempts: [base.attempt], used: gates.name } : undefined;
  const answer = await askGroup(abc, system, targets, { kind: 'pdr', seconds: session.wallSeconds }, 'pdr');
  if (answer.attempt) attempts.unshift(answer.attempt);
  if (answer.kind === 'never') return { kind: 'proved', names, proof: { attempts, used: `${gates.name}, pdr` } };
  if (answer.kind === 'hit') return violated(answer, `${gates.name}, pdr`);
  return { kind: 'open', attempts, ...(cleanBase && { cleanBase }), ...(base.kind === 'open' && { verdict: base.verdict }) };
}

/** PDR for each, in the time that is left for them; each proof helps those that come after it. */
async function oneByOne(session: Session, open: OpenProperties, lasting: Lasting): Promise<void> {
  const gates = await gatesOf(session);
  if (!gates) return;
  const { system, abc } = gates;
  const all = targetsOf(system);
  const lemmas: number[] = [];
  const deadline = performance.now() + 1000 * Math.min(SHARED_TIMES * session.wallSeconds, session.left());
  const left = (): number => (deadline - performance.now()) / 1000;
  let progress = true;
  while (progress && open.size > 0 && left() > 1 && !session.context.signal.aborted) {
    progress = false;
    for (const property of open.values()) {
      if (session.context.signal.aborted || left() < 1) return;
      const target = all.get(property.id);
      if (target === undefined) continue;
      const seconds = Math.max(SLICE_SECONDS, Math.min(session.wallSeconds, left() / open.size));
      const used = `${gates.name}, pdr${lemmas.length > 0 ? ` with ${lemmas.length} proved properties as lemmas` : ''}`;
      const reach = await decideReach(abc, { aig: withLemmas(system.aig, lemmas), roots: [target], confirm: target, target: (_, copy) => copy(target) }, { kind: 'pdr', seconds }, 'pdr');
      if (reach.kind === 'never') {
        lemmas.push(target);
        progress = true;
        await lasting.settle(open, new Set([property.id]), { attempts: reach.attempt ? [reach.attempt] : [], used });
      } else if (reach.kind === 'reached') await settleReplayed(session, open, system, property.id, reach.step, reach.witness, reach.attempt, used);
      else if (reach.attempt) open.remember(property.id, reach.attempt);
    }
    if (!progress || open.size === 0) return;
    if (await restByInduction(session, open, lasting, system, lemmas, left())) return;
  }
}

/** The step of k-induction for all that are left, with what was proved: its base is a bounded search on them. */
async function restByInduction(session: Session, open: OpenProperties, lasting: Lasting, system: System, lemmas: readonly number[], seconds: number): Promise<boolean> {
  const abc = session.abc!;
  const targets = new Map([...targetsOf(system)].filter(([name]) => open.has(name)));
  if (targets.size < open.size || seconds < 1) return false;
  const limit = Math.min(session.wallSeconds, seconds);
  const base = await askGroup(abc, system, targets, { kind: 'bmc', frames: session.depth, seconds: limit }, 'bmc', lemmas);
  if (base.kind !== 'free-up-to') return false;
  const step = await inductionStep(abc, system, targets, session.depth, limit, lemmas);
  if (!step.holds) return false;
  const attempts = [step.attempt, base.attempt].filter((one): one is Attempt => one !== undefined);
  await lasting.settle(open, new Set(targets.keys()), { attempts, used: `${abc.name}, k-induction of length ${session.depth} with ${lemmas.length} proved properties as lemmas` });
  return true;
}

async function gatesOf(session: Session): Promise<{ readonly system: System; readonly abc: NonNullable<Session['abc']>; readonly name: string } | undefined> {
  const system = session.abc && await session.design.system();
  if (!session.abc || !system || typeof system === 'string') return undefined;
  return { system, abc: session.abc, name: session.abc.name };
}
