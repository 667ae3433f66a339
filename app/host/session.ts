/**
 * One repository that is open in the engine: its plan, the newest word on each of its obligations, and what a run adds.
 * It outlives the windows that look at it. Rows always say whether they are of what is on the disk now.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Diagnostic, Limits, Toolchain } from '../../toolchains/contract.ts';
import type { BridgeEvent, LedgerRow, PlanView } from '../contract.ts';
import { knownAs, type Engine, type OpenedPlan } from '../engine/engine.ts';
import type { CachedResult, HashedInput, LedgerEntry } from '../engine/ledger/types.ts';
import { knownVerdicts } from '../engine/running/known.ts';
import type { PreparedUnit } from '../engine/running/verify.ts';
import type { TrustedRepositories } from '../engine/trust/trusted.ts';
import { planViewOf } from './plan-view.ts';
import { inPlace, kindsOf, openRow, rowOf } from './rows.ts';
import type { ProofControl } from './proof-control.ts';
import type { RunControl } from './run-control.ts';

export interface SessionContext {
  readonly engine: Engine;
  readonly trust: TrustedRepositories;
  /** What the settings ask for now. */
  readonly limits: () => Limits;
  readonly tell: (event: BridgeEvent) => void;
}

export type EvidencePlace = { readonly run: string } | CachedResult['source'];

export class RepositorySession {
  readonly id: string;
  readonly rows = new Map<string, LedgerRow>();
  /** Where the evidence of a row stands in the store, and the files that it saw. */
  readonly evidence = new Map<string, { readonly from: EvidencePlace; readonly inputs: readonly HashedInput[] }>();
  units: readonly PreparedUnit[] = [];
  plan!: PlanView;
  planRevision = 0;
  rowsRevision = 0;
  run: RunControl | undefined;
  /** The last search for proofs. */
  proof: ProofControl | undefined;
  kindOf: (id: string) => string | undefined = () => undefined;
  #refreshing: Promise<PlanView> | undefined;
  #ordered: { readonly revision: number; readonly rows: readonly LedgerRow[] } | undefined;
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly #closing = new AbortController();

  private constructor(readonly context: SessionContext, public opened: OpenedPlan) {
    this.id = idOf(knownAs(opened.repository));
  }

  static async open(context: SessionContext, path: string, signal: AbortSignal): Promise<RepositorySession> {
    const trusted = context.trust.has(path);
    const session = new RepositorySession(context, await context.engine.plan({ path, trusted, signal }));
    await session.#take(session.opened, signal);
    return session;
  }

  get root(): string { return knownAs(this.opened.repository); }
  get name(): string { return basename(this.root) || this.root; }
  get trusted(): boolean { return this.canTrust && this.context.trust.has(this.opened.repository.root); }
  /** Trust is of a folder that stays: not of a file's surroundings, not of an archive's unpacked copy. */
  get canTrust(): boolean { return this.opened.repository.kind === 'folder'; }
  get signal(): AbortSignal { return this.#closing.signal; }

  toolchain(id: string): Toolchain | undefined { return this.context.engine.toolchains.find((toolchain) => toolchain.id === id); }

  orderedRows(): readonly LedgerRow[] {
    if (this.#ordered?.revision !== this.rowsRevision) this.#ordered = { revision: this.rowsRevision, rows: inPlace(this.rows.values()) };
    return this.#ordered.rows;
  }

  /** Reads the files and makes the plan anew; two at once are one. Events tell the windows. */
  refresh(): Promise<PlanView> {
    return this.#refreshing ??= this.#refresh().finally(() => { this.#refreshing = undefined; });
  }

  async #refresh(): Promise<PlanView> {
    const { repository } = this.opened;
    // An archive's content does not change under us; a folder is walked again.
    const path = repository.kind === 'archive' ? repository : repository.origin;
    const opened = await this.context.engine.plan({ path, trusted: this.trusted, signal: this.signal });
    await this.#take(opened, this.signal);
    this.context.tell({ type: 'plan', repository: this.id, revision: this.planRevision });
    return this.plan;
  }

  async #take(opened: OpenedPlan, signal: AbortSignal): Promise<void> {
    const { engine, limits } = this.context;
    const { plan, tools, environment } = opened;
    const known = await knownVerdicts(engine.parts, {
      plan, root: knownAs(opened.repository), asPlanned: true, tools, environment, limits: limits(), trusted: this.trusted, fresh: false, signal,
    });
    const before = this.opened;
    this.opened = opened;
    if (before !== opened && before.repository !== opened.repository) await before.repository.dispose();
    this.units = known.units;
    this.kindOf = kindsOf(plan.assumptions);
    const running = this.run?.freshIds();
    const kept = new Map([...this.rows].filter(([id]) => running?.has(id)));
    for (const known of [this.rows, this.evidence, this.#diagnostics]) for (const id of [...known.keys()]) if (!kept.has(id)) known.delete(id);
    for (const obligation of plan.obligations) if (!kept.has(obligation.id)) this.rows.set(obligation.id, openRow(obligation, this.kindOf));
    // Names and places are the plan's; the verdict is the entry's.
    const planned = new Map(plan.obligations.map((obligation) => [obligation.id, obligation]));
    // What the run found while the files were read again stays until its end.
    for (const [id, { entry, stale, from }] of known.verdicts) if (!kept.has(id)) this.#put({ ...entry, obligation: planned.get(id) ?? entry.obligation }, from, stale);
    this.rowsRevision += 1;
    this.planRevision += 1;
    this.plan = await planViewOf(this, known.current);
  }

  /** New verdicts of a run: already in the store. */
  put(entries: readonly LedgerEntry[], from: EvidencePlace): void {
    const rows = entries.map((entry) => this.#put(entry, from));
    this.rowsRevision += 1;
    this.context.tell({ type: 'rows', repository: this.id, revision: this.rowsRevision, rows });
  }

  #put(entry: LedgerEntry, from: EvidencePlace, stale?: string): LedgerRow {
    const row = rowOf(entry, this.kindOf, stale);
    this.rows.set(row.id, row);
    this.evidence.set(row.id, { from, inputs: entry.inputs });
    if (entry.result.diagnostics.length > 0) this.#diagnostics.set(row.id, entry.result.diagnostics); else this.#diagnostics.delete(row.id);
    return row;
  }

  /** Verdicts that saw another content of these files say so at once; the plan is made anew afterwards. */
  markChanged(hashes: ReadonlyMap<string, string>): void {
    const rows: LedgerRow[] = [];
    for (const [id, { inputs }] of this.evidence) {
      const row = this.rows.get(id);
      const changed = inputs.find(({ path, sha256 }) => hashes.has(path) && hashes.get(path) !== sha256);
      if (!row || !changed || row.stale !== undefined) continue;
      const stale = { ...row, stale: `${changed.path} has changed since` };
      this.rows.set(id, stale);
      rows.push(stale);
    }
    if (rows.length === 0) return;
    this.rowsRevision += 1;
    this.context.tell({ type: 'rows', repository: this.id, revision: this.rowsRevision, rows });
  }

  /** Undefined where nothing is kept of it. */
  entry(obligation: string, run?: string): LedgerEntry | undefined {
    const from = run === undefined ? this.evidence.get(obligation)?.from : { run };
    return from && this.context.engine.parts.store.readEntry(obligation, from);
  }

  /** What the tools said about it, where its verdict is known. */
  diagnosticsOf(obligation: string): readonly Diagnostic[] { return this.#diagnostics.get(obligation) ?? []; }

  /** How many obligations rest on each assumption. */
  supports(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { assumptions } of this.opened.plan.obligations) for (const id of assumptions) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  }

  async close(): Promise<void> {
    await Promise.all([this.run?.stop(), this.proof?.stop()]);
    this.#closing.abort();
    await this.#refreshing?.catch(() => undefined);
    await this.opened.repository.dispose();
  }
}

export function idOf(root: string): string {
  return createHash('sha256').update(root).digest('hex').slice(0, 16);
}
