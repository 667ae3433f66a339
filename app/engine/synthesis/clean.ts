/** The clean run: the candidate as a repository of its own, planned and checked from nothing in fresh processes. */
import type { LedgerEntry } from '../ledger/types.ts';
import type { Engine, OpenedPlan } from '../engine.ts';
import type { PlannedUnit } from '../plan.ts';
import { checkUnit } from '../running/unit.ts';
import type { Settled } from '../running/settle.ts';
import type { Limits } from '../../../toolchains/contract.ts';
import { classOf } from '../../../toolchains/verdict.ts';
import { makeOverlay } from './overlay.ts';

export interface CleanRequest {
  readonly engine: Engine;
  readonly opened: OpenedPlan;
  readonly planned: PlannedUnit;
  readonly files: ReadonlyMap<string, string>;
  readonly limits: Limits;
  readonly trusted: boolean;
  /** As the base has them: all that were asked, of this unit and of others. */
  readonly before: readonly LedgerEntry[];
  /** Obligations that must be green. */
  readonly proves: readonly string[];
  readonly signal: AbortSignal;
}

export type CleanAnswer =
  | { readonly kind: 'proved'; readonly settled: readonly Settled[]; readonly seconds: number }
  | { readonly kind: 'not-proved'; readonly why: string; readonly seconds: number };

export async function cleanRun(request: CleanRequest): Promise<CleanAnswer> {
  const { engine, opened, planned, files, signal } = request;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const refuse = (why: string): CleanAnswer => ({ kind: 'not-proved', why, seconds: seconds() });
  const overlay = await makeOverlay(engine.parts.workspaceRoot, opened.repository.tree, [...planned.project.files, ...planned.unit.inputs.files], files);
  try {
    const copy = await engine.plan({ path: overlay.root, trusted: request.trusted, onlyToolchain: planned.toolchain.id, signal });
    try {
      const again = copy.plan.units.find((one) => one.unit.id === planned.unit.id);
      if (!again) return refuse('the candidate is not seen as the same project');
      if (again.unit.decided) return refuse(`the candidate cannot be checked (${again.unit.decided.kind})`);
      const byId = new Map(copy.plan.obligations.map((one) => [one.id, one]));
      const asked = again.unit.obligations.flatMap((id) => { const one = byId.get(id); return one ? [one] : []; });
      const assumed = new Set(opened.plan.assumptions.map((one) => one.id));
      const anew = copy.plan.assumptions.find((one) => !assumed.has(one.id));
      if (anew) return refuse(`the candidate assumes more: ${anew.kind}`);
      const missing = planned.unit.obligations.filter((id) => !byId.has(id));
      if (missing.length > 0) return refuse(`${missing[0]!} is gone`);
      const paths = [...again.unit.inputs.files];
      const hash = async (list: readonly string[]): Promise<ReadonlyMap<string, string>> => new Map((await engine.parts.files.hashFiles(copy.repository.root, list, signal)).map((input) => [input.path, input.sha256]));
      const settled = await checkUnit({
        tree: copy.repository.tree, project: again.project, unit: again.unit, asked, limits: request.limits, tools: copy.tools.of(again.toolchain.id), trusted: request.trusted, signal, scheduler: engine.parts.scheduler,
        rank: 0, environment: copy.environment, workspaceRoot: engine.parts.workspaceRoot, toolchain: again.toolchain, hashesBefore: await hash(paths), hashAgain: hash,
      });
      const wanted = new Set([...request.proves, ...request.before.filter((entry) => isOfUnit(entry, request) && classOf(entry.result.verdict.kind) === 'green').map((entry) => entry.obligation.id)]);
      const known = new Set(request.before.map((entry) => entry.obligation.id));
      for (const { obligation, result } of settled) {
        const { verdict } = result;
        const isGreen = classOf(verdict.kind) === 'green' || verdict.kind === 'nothing-to-prove';
        // What was red before and was not claimed may stay so; anything new must be proved.
        if (!isGreen && (wanted.has(obligation.id) || !known.has(obligation.id))) return refuse(`${obligation.symbol} is ${verdict.kind} in a clean run${'reason' in verdict && verdict.reason ? ` (${verdict.reason})` : ''}`);
        wanted.delete(obligation.id);
      }
      const [unseen] = wanted;
      return unseen === undefined ? { kind: 'proved', settled, seconds: seconds() } : refuse(`a clean run did not name ${unseen}`);
    } finally { await copy.repository.dispose(); }
  } finally { await overlay.dispose(); }
}

/** Also what only running finds, which no outline lists: of such a one in a project of several units each of them must give account. */
function isOfUnit({ obligation }: LedgerEntry, { planned, opened }: CleanRequest): boolean {
  if (planned.unit.obligations.includes(obligation.id)) return true;
  return obligation.project === planned.project.id && !opened.plan.obligations.some((one) => one.id === obligation.id);
}
