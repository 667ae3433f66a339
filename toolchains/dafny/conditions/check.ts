/** The race over verification conditions as a step of a check: when conditions are written, and what is asked again. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckContext } from '../../contract.ts';
import { classOf } from '../../verdict.ts';
import type { RunOutcome } from '../report.ts';
import { ISOLATED_FROM } from '../command-line.ts';
import { absoluteRoots, type DafnyTools } from '../run.ts';
import { unproved } from '../unproved.ts';
import { confirmVacuity } from '../vacuity.ts';
import { canBeWritten } from './files.ts';
import { raceConditions, type Written } from './race.ts';

export const CONDITIONS_FROM = 2;
/** A task's file is up to half a megabyte: no more than a gigabyte of them. */
const MOST_TASKS = 2000;

/** Undefined where the next run is not to write its conditions. */
export async function folderForConditions(context: CheckContext, before: readonly RunOutcome[]): Promise<string | undefined> {
  if (context.limits.effort < CONDITIONS_FROM) return undefined;
  const logged = before.flatMap((outcome) => outcome.symbols).flatMap((symbol) => symbol.logged);
  if (logged.reduce((sum, one) => sum + one.tasks.length, 0) > MOST_TASKS || !canBeWritten(logged.map((one) => one.name))) return undefined;
  return mkdtemp(join(await context.workspace(), 'conditions-'));
}

export async function raceOpen(context: CheckContext, tools: DafnyTools, written: readonly Written[], outcomes: readonly RunOutcome[]): Promise<RunOutcome[]> {
  if (written.length === 0) return [];
  const raced = await raceConditions(context, written, new Set(unproved(outcomes)));
  const proved = raced.flatMap((outcome) => outcome.symbols).filter((symbol) => classOf(symbol.verdict.kind) === 'green');
  const request = {
    ...tools, roots: absoluteRoots(context), wallSeconds: context.limits.wallSeconds, isolate: context.limits.effort >= ISOLATED_FROM, counterexamples: false, contradictions: false,
    label: `dafny ${context.project.name} (z3 ${tools.solver.version})`,
  };
  const judged = await confirmVacuity(context, request, proved, new Set(proved.map((symbol) => symbol.obligation.id)));
  return raced.map((outcome) => ({ ...outcome, symbols: outcome.symbols.map((symbol) => judged.find((one) => one.obligation.id === symbol.obligation.id) ?? symbol) }));
}
