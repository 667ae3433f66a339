/**
 * Searches proofs for what is not green, within a budget: first run, then each unit's toolchain searches, and what it offers
 * passes the judges or is dropped. What no proof was found for is asked for a counterexample that a run shows. Nothing of the
 * user's is written here.
 */
import type { Engine, OpenedPlan } from '../engine.ts';
import type { EventSink } from '../events.ts';
import type { LedgerEntry } from '../ledger/types.ts';
import type { Connection } from '../models/connect.ts';
import { LentModel, type Agree, type ModelCall } from '../models/lend.ts';
import type { Spent } from '../models/meter.ts';
import type { Price } from '../models/prices.ts';
import { provenanceOf, type Provenance } from '../models/provenance.ts';
import type { PlannedUnit } from '../plan.ts';
import { selectUnits, type Selection } from '../running/select.ts';
import type { Limits } from '../../../toolchains/contract.ts';
import type { Addition, Finding, OfferAnswer, SynthesisCandidate } from '../../../toolchains/synthesis.ts';
import { classOf } from '../../../toolchains/verdict.ts';
import { judge, type Acceptance } from './accept.ts';
import { Spending, type Budget } from './budget.ts';
import { Doubts } from './doubts.ts';
import { scratchContext } from './scratch.ts';
import type { ProveStep } from './steps.ts';
import { Consents } from '../trust/consent.ts';

export interface ProveRequest {
  readonly selection: Selection;
  readonly limits: Limits;
  readonly trusted: boolean;
  /** Empty: all. */
  readonly strategies: readonly string[];
  readonly budget: Budget;
  /** Counts what is spent, where the caller looks on; else one is made of the budget. */
  readonly spending?: Spending;
  /** Added to the seeds of requests, so that attempts differ. */
  readonly seed?: number;
  /** A model that candidates may be asked of, with what is asked before text leaves this machine. */
  readonly model?: { readonly connection: Connection; readonly agree: Agree };
  readonly command: readonly string[];
  readonly signal: AbortSignal;
  readonly onEvent: EventSink;
  readonly onLine: (line: string) => void;
  readonly onStep?: (step: ProveStep) => void;
}

/** An accepted candidate with where it is from. */
export interface AcceptedProof {
  readonly unit: string;
  readonly candidate: SynthesisCandidate;
  readonly acceptance: Acceptance;
  readonly base: ReadonlyMap<string, Buffer>;
  /** Since the beginning. */
  readonly seconds: number;
  readonly calls: number;
  /** Where a model's drafts are in it. */
  readonly provenance?: Provenance;
}

export interface GoalOutcome { readonly entry: LedgerEntry; readonly proved: boolean; readonly finding?: Finding; /** Why nothing was tried. */ readonly untried?: string }

export interface RefusedOffer { readonly unit: string; readonly by: string; readonly why: string; readonly additions: readonly Addition[] }

export interface ProveOutcome {
  readonly goals: readonly GoalOutcome[];
  /** Asked and green before. */
  readonly already: number;
  readonly accepted: readonly AcceptedProof[];
  readonly refused: readonly RefusedOffer[];
  readonly seconds: number;
  readonly calls: number;
  readonly entries: readonly LedgerEntry[];
  /** What was asked of a model, all of it. */
  readonly model?: { readonly name: string; readonly origin: string; readonly isLoopback: boolean; readonly price?: Price; readonly spent: Spent; readonly calls: readonly ModelCall[] };
}

export async function prove(engine: Engine, opened: OpenedPlan, request: ProveRequest): Promise<ProveOutcome> {
  const spending = request.spending ?? new Spending(request.budget);
  const selected = selectUnits(opened.plan, request.selection);
  const first = await engine.verify(opened, {
    // Once, as it stands: what a second try would settle, the search finds to need nothing.
    limits: { ...request.limits, effort: 0, wallSeconds: Math.min(request.limits.wallSeconds, Math.max(1, spending.searchLeft() / 2)) }, selection: request.selection, fresh: false, trusted: request.trusted, command: request.command,
    deadlineSeconds: Math.max(1, spending.searchLeft()), recheckShare: 0, signal: request.signal, onEvent: request.onEvent,
  });
  const { entries } = first.ledger;
  spending.learnClean(Math.max(0, ...entries.flatMap((entry) => entry.result.attempts.map((attempt) => attempt.seconds))));
  const open = entries.filter((entry) => classOf(entry.result.verdict.kind) !== 'green' && entry.result.verdict.kind !== 'nothing-to-prove');
  request.onStep?.({ type: 'open', goals: open, already: entries.length - open.length });
  const model = request.model && new LentModel({
    ...request.model, seed: request.seed ?? 0, budget: request.budget.model ?? {}, plan: opened.plan, root: opened.repository.root, consents: new Consents(engine.parts.store.home), secondsLeft: () => spending.searchLeft(),
  });
  const accepted: AcceptedProof[] = [];
  const refused: RefusedOffer[] = [];
  const goals: GoalOutcome[] = [];
  const units = selected.flatMap((planned) => {
    const own = open.filter((entry) => entry.obligation.project === planned.project.id && (planned.unit.obligations.includes(entry.obligation.id) || planned.unit.obligations.length === 0));
    return own.length > 0 ? [{ planned, own }] : [];
  });
  for (const [index, { planned, own }] of units.entries()) {
    request.onStep?.({ type: 'searching', goals: own.map((entry) => entry.obligation.id) });
    const settled = await proveUnit(planned, own, { share: spending.share(units.length - index), isLast: index === units.length - 1 });
    const [last] = accepted.slice(-1);
    request.onStep?.({ type: 'settled', goals: settled, ...(last?.unit === planned.unit.id ? { accepted: last } : {}) });
    goals.push(...settled);
  }
  for (const entry of open) if (!goals.some((goal) => goal.entry.obligation.id === entry.obligation.id)) goals.push({ entry, proved: false, untried: 'it belongs to no unit that was asked' });
  return { goals, already: entries.length - open.length, accepted, refused, seconds: spending.seconds, calls: spending.calls, entries, ...(model && request.model ? { model: modelOutcome(model, request.model.connection) } : {}) };

  /** @param share seconds for its search */
  async function proveUnit(planned: PlannedUnit, own: readonly LedgerEntry[], { share, isLast }: { readonly share: number; readonly isLast: boolean }): Promise<GoalOutcome[]> {
    const { synthesis } = planned.toolchain;
    const untried = (why: string): GoalOutcome[] => own.map((entry) => ({ entry, proved: false, untried: why }));
    if (!synthesis) return untried(`${planned.toolchain.name} has no strategies`);
    const unfit = own.find((entry) => classOf(entry.result.verdict.kind) === 'unchecked');
    if (unfit) return untried(`the file cannot be checked as it stands (${unfit.result.verdict.kind})`);
    if (planned.unit.executesCode && !request.trusted) return untried('checking it would run code of the repository, which is not trusted (--trust)');
    if (request.signal.aborted || spending.searchLeft() <= 0) return untried('the time was over before it began');
    const names = new Set(request.strategies.length > 0 ? request.strategies : synthesis.strategies.map((one) => one.name));
    const end = new AbortController();
    const last = performance.now() + share * 1000;
    const timer = setTimeout(() => end.abort(), share * 1000);
    // What is kept for the clean run is free where nothing was offered, but only the last unit may use it for that.
    const doubts = new Doubts(engine, opened, { ...request, secondsLeft: () => (isLast ? spending.secondsLeft() : Math.max(0, (last - performance.now()) / 1000)) });
    const signal = AbortSignal.any([request.signal, end.signal]);
    const scratch = scratchContext({ engine, opened, planned, limits: request.limits, trusted: request.trusted, signal });
    const base = new Map<string, Buffer>();
    let best: AcceptedProof | undefined;
    const offer = async (candidate: SynthesisCandidate): Promise<OfferAnswer> => {
      const before = new Map<string, string>();
      for (const path of candidate.files.keys()) {
        const bytes = base.get(path) ?? await opened.repository.tree.read(path);
        base.set(path, bytes);
        before.set(path, bytes.toString('utf8'));
      }
      request.onStep?.({ type: 'judging', proves: candidate.proves });
      const limit = AbortSignal.any([request.signal, AbortSignal.timeout(Math.ceil(Math.max(1, spending.secondsLeft() * 1000)))]);
      const judgement = await judge({
        engine, opened, planned, files: candidate.files, base: before, limits: request.limits, trusted: request.trusted, before: entries, proves: candidate.proves, signal: limit, secondsLeft: () => spending.secondsLeft(),
      });
      if (judgement.kind === 'refused') {
        const no = { unit: planned.unit.id, by: judgement.by, why: judgement.why, additions: candidate.additions };
        refused.push(no);
        request.onStep?.({ type: 'refused', refused: no, proves: candidate.proves });
        return { kind: 'refused', why: judgement.why };
      }
      const provenance = model && provenanceOf(candidate, model);
      best = { unit: planned.unit.id, ...(provenance ? { provenance } : {}), candidate, acceptance: judgement.acceptance, base: new Map(base), seconds: spending.seconds, calls: spending.calls };
      return { kind: 'accepted' };
    };
    let findings: readonly Finding[] = [];
    try {
      findings = await synthesis.search({
        tree: scratch.tree, project: scratch.project, unit: scratch.unit, tools: scratch.tools, trusted: scratch.trusted, limits: scratch.limits, signal,
        read: (path) => scratch.read(path), workspace: () => scratch.workspace(), run: (job) => scratch.run(job), compute: (job, body) => scratch.compute(job, body),
        goals: own.map((entry) => ({ obligation: entry.obligation, verdict: entry.result.verdict, diagnostics: entry.result.diagnostics })), strategies: names,
        secondsLeft: () => Math.max(0, Math.min(spending.searchLeft(), (last - performance.now()) / 1000)), refuted: (id) => doubts.refutes(id), spend: () => spending.spend(), offer, report: request.onLine,
        step: (step) => { request.onStep?.({ type: 'pass', step }); },
        ...(model ? { model } : {}),
      });
    } finally {
      clearTimeout(timer);
      await scratch.dispose();
    }
    if (best) accepted.push(best);
    const proved = new Set(best?.candidate.proves);
    const left = own.filter((entry) => !proved.has(entry.obligation.id));
    if (planned.toolchain.capabilities.counterexamples) for (const entry of left) await doubts.refutes(entry.obligation.id);
    return own.map((entry) => {
      const finding = findings.find((one) => one.obligation === entry.obligation.id);
      return { entry: doubts.refuted(entry.obligation.id) ?? entry, proved: proved.has(entry.obligation.id), ...(finding ? { finding } : {}) };
    });
  }
}

function modelOutcome(model: LentModel, { provider, price }: Connection): NonNullable<ProveOutcome['model']> {
  return { name: provider.model, origin: provider.receiver.origin, isLoopback: provider.receiver.isLoopback, ...(price ? { price } : {}), spent: model.meter.spent, calls: model.calls };
}
