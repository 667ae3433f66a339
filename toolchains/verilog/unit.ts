/** What outline hands to check for one task, inside Unit.options: plain JSON, and part of the cache key. */
import type { JsonObject, Obligation, Range, Unit } from '../contract.ts';
import type { PreparedTask } from './design.ts';

export interface UnitPlan {
  readonly task: PreparedTask;
  /** All of the unit, in order. */
  readonly obligations: readonly Obligation[];
  /** Ids of concurrent assertions, which the front ends may refuse. */
  readonly concurrent: readonly string[];
  /** Ids of the assumptions of the task. */
  readonly assumptions: readonly string[];
  /** The sources bind modules: a property that elaboration did not make may be one that was passed over. */
  readonly binds: boolean;
  /** Where they stand. */
  readonly assumedAt: readonly { readonly file: string; readonly range: Range }[];
}

export function planToOptions(plan: UnitPlan): JsonObject {
  return JSON.parse(JSON.stringify(plan)) as JsonObject;
}

export function planOf(unit: Unit): UnitPlan {
  return unit.options as unknown as UnitPlan;
}
