/** The native lane: yosys elaborates, yosys-smtbmc with a solver and yosys-abc search and prove. */

import { REASON } from '../../verdict.ts';
import type { ElaboratedProperty, Lane, PropertyResult } from '../design.ts';
import { boundByAbc, boundBySmtbmc, type Bound } from './bounded.ts';
import { nativeChecker } from './checker.ts';
import { cover } from './cover.ts';
import { elaborate } from './elaborate.ts';
import { btorEngine } from './btor/engine.ts';
import { boundByBtor } from './btor/bounded.ts';
import { nativeTools, replacements, searchOrder, type SearchKind } from './engines.ts';
import { prove } from './prove.ts';
import { race } from '../../race.ts';
import { OpenProperties, type Session } from './session.ts';
import { settleBySmtbmc } from './violation.ts';
import { smtbmcOf } from './smtbmc.ts';

/** Seconds for all attempts of one task, as a multiple of the limit of one. */
const TASK_TIMES = 7;
/** From this effort on, engines race; below, the next one gets what the first left open. */
const RACING_EFFORT = 2;

export const nativeLane: Lane = {
  id: 'native',
  canRun(task, tools) {
    const found = nativeTools(task, tools);
    if (!found) return 'yosys is not here: apt install yosys, or put a release of the OSS CAD suite on PATH';
    if (task.mode === 'live') return 'mode live needs an engine for liveness (aiger suprove), and none is here: put suprove on PATH';
    if (!found.smtbmc && !found.abc && !found.btor) return 'neither yosys-abc nor yosys-smtbmc with a solver is here: apt install yosys z3';
    return true;
  },
  async check(task, context, report) {
    const found = nativeTools(task, context.tools);
    if (!found) throw new Error('canRun said that yosys is here');
    const design = await elaborate(task, context, found.yosys, report);
    if (!design || design.properties.length === 0) return;
    const wallSeconds = Math.min(context.limits.wallSeconds, task.timeoutSeconds ?? Infinity);
    const obligations = context.asked.map(obligation => obligation.id);
    const deadline = performance.now() + TASK_TIMES * 1000 * wallSeconds;
    const session: Session = {
      left: () => (deadline - performance.now()) / 1000,
      task, context, report, design, wallSeconds, depth: Math.max(1, context.limits.depth ?? task.depth), notes: [...replacements(task, found), ...design.remarks],
      smtbmc: found.smtbmc && found.solver && smtbmcOf({ context, smtbmc: found.smtbmc, solver: found.solver, python: found.python, models: design.models, model: design.smt2, wallSeconds, traces: task.traces }),
      abc: found.abc && nativeChecker(context, found.abc, design.models, obligations),
      btor: found.btor && btorEngine({ context, tool: found.btor, models: design.models, wallSeconds }),
      order: searchOrder(task.engines, found),
    };
    const open = new OpenProperties(session, design.properties.filter(property => task.mode !== 'cover' || property.kind === 'cover'));
    if (task.mode === 'cover') {
      if (open.size > 0) await cover(session, open);
      const asserts = new OpenProperties(session, design.properties.filter(property => property.kind === 'assert'));
      if (asserts.size > 0) await bound(session, asserts);
    }
    else if (task.mode === 'prove') await prove(session, open);
    else if (task.skip > 0) await boundAfterSkip(session, open);
    else await bound(session, open);
  },
};

const SEARCHES: Readonly<Record<SearchKind, typeof boundByAbc>> = { smtbmc: boundBySmtbmc, abc: boundByAbc, btor: boundByBtor };

async function bound(session: Session, open: OpenProperties): Promise<void> {
  const searches = session.order.map(kind => SEARCHES[kind]);
  let result: Bound | undefined;
  if (session.context.limits.effort >= RACING_EFFORT) {
    const { winner, all } = await race(searches.map(search => (signal: AbortSignal) => search(session, open, signal)), value => value.depth !== undefined || open.size === 0, session.context.signal);
    result = winner ?? furthest(all);
  } else for (const search of searches.slice(0, session.context.limits.effort === 0 ? 1 : undefined)) {
    if (open.size === 0 || session.context.signal.aborted) break;
    const one = await search(session, open);
    if (one.depth !== undefined) { result = one; break; }
    if (result) open.attempts.push(...one.attempts);
    result = result ? furthest([result, one]) : one;
  }
  if (open.size === 0) return;
  if (session.task.wait && result?.depth !== undefined && !session.context.signal.aborted) await askTheOther(session, open, result);
  if (session.context.signal.aborted) open.settleAll({ kind: 'cancelled' }, result?.attempts ?? []);
  else if (result?.depth !== undefined) open.settleAll({ kind: 'bounded', depth: result.depth }, result.attempts, { used: result.used });
  else open.settleAll(result?.open ?? { kind: 'unknown', reason: 'no engine could decide it' }, result?.attempts ?? [], result ? { used: result.used } : {});
}

/** Option wait: the engine that has not had its say is asked too; where it finds a violation, neither is believed. */
async function askTheOther(session: Session, open: OpenProperties, first: Bound): Promise<void> {
  const found = new Map<string, { readonly property: ElaboratedProperty; readonly result: PropertyResult }>();
  const aside: Session = { ...session, report: { elaborated: () => undefined, all: () => undefined, place: place => session.report.place(place), settle: (property, result) => { found.set(property.id, { property, result }); } } };
  const other = first.used === session.abc?.name ? boundBySmtbmc : boundByAbc;
  const second = await other(aside, new OpenProperties(aside, open.values()));
  for (const [name, { result }] of found) open.settle(name, { kind: 'unknown', reason: REASON.disputed }, [...result.attempts, ...first.attempts], {
    diagnostics: [{ severity: 'error', message: `${first.used} says that it holds for ${first.depth} steps, ${result.used ?? 'another engine'} that it does not` }],
  });
  open.attempts.push(...second.attempts);
}

/** Of those that decided nothing, the one that came furthest. */
function furthest(all: readonly Bound[]): Bound | undefined {
  const reach = (bound: Bound): number => (bound.open && 'depth' in bound.open ? bound.open.depth ?? 0 : 0) + (bound.open?.kind === 'timeout' ? 0.5 : 0);
  return [...all].sort((a, b) => reach(b) - reach(a))[0];
}

/**
 * Option skip: the file asks to pass over the first steps. Searched without it first, which says more; where that
 * is not decided, or fails in a step to be passed over, with it. Then no bound can be claimed.
 */
async function boundAfterSkip(session: Session, open: OpenProperties): Promise<void> {
  const { smtbmc, depth, task } = session;
  if (!smtbmc) { await bound(session, open); return; }
  while (open.size > 0 && !session.context.signal.aborted) {
    const run = await smtbmc.bmc(open.names, depth, task.skip);
    if (run.open) { open.settleAll(run.open, [run.attempt], { used: smtbmc.name }); return; }
    if (run.reading.status === 'PREUNSAT') { open.vacuous(run.reading.unsatisfiableStep, [run.attempt], smtbmc.name); return; }
    if (run.reading.status === 'PASSED') {
      const whole = await boundBySmtbmcAlone(session, open);
      if (whole) return;
      open.settleAll({ kind: 'unknown', reason: `no violation in steps ${task.skip} to ${depth - 1}; the steps before were not searched (option skip)` }, [run.attempt], { used: smtbmc.name });
      return;
    }
    const failures = run.reading.failures.filter(failure => open.has(failure.name));
    if (failures.length === 0) { open.settleAll({ kind: 'crashed', reason: 'yosys-smtbmc named no property that failed' }, [run.attempt]); return; }
    for (const failure of failures) await settleBySmtbmc(session, open, failure.name, failure.step, await run.trace(failure.trace), run.attempt);
  }
}

/** A clean search of all steps, for what skip left unsaid. True where it was clean and all are bounded. */
async function boundBySmtbmcAlone(session: Session, open: OpenProperties): Promise<boolean> {
  const run = await session.smtbmc!.bmc(open.names, session.depth, 0);
  if (run.open || run.reading.status !== 'PASSED') return false;
  open.settleAll({ kind: 'bounded', depth: session.depth }, [run.attempt], { used: session.smtbmc!.name });
  return true;
}

