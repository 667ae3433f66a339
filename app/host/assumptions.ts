/** What an open repository takes on trust, with who signed it: what the sources say, and what runs found. */
import type { Assumption } from '../../toolchains/contract.ts';
import type { AssumptionView, SignatureFile } from '../contract.ts';
import { bySubject, resolveJustifications } from '../engine/justify/resolve.ts';
import { JUSTIFY_FILE, type Justification, type Justifications } from '../engine/justify/types.ts';
import { withFound } from '../engine/ledger/found.ts';
import type { LedgerEntry } from '../engine/ledger/types.ts';
import { classOf } from '../../toolchains/verdict.ts';
import type { RepositorySession } from './session.ts';

interface Known { readonly revision: number; readonly assumptions: readonly Assumption[]; readonly signed: Justifications | undefined }
const known = new WeakMap<RepositorySession, Known>();

/** The sources' and those that the newest verdicts rest on. */
export function assumptionsOf(session: RepositorySession): readonly Assumption[] { return knownOf(session).assumptions; }

/** Kept as long as no row has changed: verdicts bring assumptions, and failures that may be signed. */
function knownOf(session: RepositorySession): Known {
  const before = known.get(session);
  if (before?.revision === session.rowsRevision) return before;
  const { plan } = session.opened;
  const planned = new Map(plan.obligations.map((one) => [one.id, one.assumptions.length]));
  const found = [...session.rows.values()].filter((row) => row.assumptions.length > (planned.get(row.id) ?? 0)).flatMap((row) => session.entry(row.id) ?? []);
  const assumptions = withFound(plan.assumptions, found);
  const now = { revision: session.rowsRevision, assumptions, signed: resolveJustifications(plan.justify, assumptions, plan.justify?.entries.some((one) => one.of === 'failure') ? redEntries(session) : []) };
  known.set(session, now);
  return now;
}

/** What is wrong by the newest word, read from the store. */
export function redEntries(session: RepositorySession, only?: ReadonlySet<string>): readonly LedgerEntry[] {
  return [...session.rows.values()].filter((row) => row.stale === undefined && classOf(row.verdict.kind) === 'red' && only?.has(row.id) !== false).flatMap((row) => session.entry(row.id) ?? []);
}

export function justificationsOf(session: RepositorySession): Justifications | undefined { return knownOf(session).signed; }

export function assumptionViews(session: RepositorySession, assumptions: readonly Assumption[]): AssumptionView[] {
  const supports = session.supports();
  const signed = bySubject(justificationsOf(session));
  return assumptions.map((one) => { const by = signed.get(one.id); return { ...one, supports: supports.get(one.id) ?? 0, ...(by ? { justification: signatureOf(by) } : {}) }; });
}

function signatureOf({ reviewer, reason, date, state, why, line }: Justification): NonNullable<AssumptionView['justification']> {
  return { reviewer, reason, date, state, ...(why === undefined ? {} : { why }), ...(line === undefined ? {} : { line }) };
}

export function signaturesOf(session: RepositorySession): SignatureFile {
  const { justify, tree } = session.opened.plan;
  const odd = (justificationsOf(session)?.entries ?? []).filter((one) => one.state !== 'valid');
  return {
    name: JUSTIFY_FILE, exists: tree.has(JUSTIFY_FILE), ...(justify?.problem ? { problem: { ...justify.problem } } : {}),
    odd: odd.map((one) => ({ ...signatureOf(one), of: one.of, kind: one.kind, symbol: one.symbol })),
  };
}
