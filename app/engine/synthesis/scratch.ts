/** A context for work on a unit that is no check: nothing that it reports or discovers becomes a verdict. */
import { createContext, type UnitContext } from '../running/context.ts';
import type { Engine, OpenedPlan } from '../engine.ts';
import type { PlannedUnit } from '../plan.ts';
import type { Limits } from '../../../toolchains/contract.ts';

export interface ScratchRequest {
  readonly engine: Engine;
  readonly opened: OpenedPlan;
  readonly planned: PlannedUnit;
  readonly limits: Limits;
  readonly trusted: boolean;
  readonly signal: AbortSignal;
}

export function scratchContext({ engine, opened, planned, limits, trusted, signal }: ScratchRequest): UnitContext {
  return createContext({
    tree: opened.repository.tree, project: planned.project, unit: planned.unit, asked: [], limits, tools: opened.tools.of(planned.toolchain.id), trusted, signal,
    scheduler: engine.parts.scheduler, rank: 0, environment: opened.environment, workspaceRoot: engine.parts.workspaceRoot, onReport: () => { /* no verdict */ }, onDiscover: () => { /* no verdict */ },
  });
}
