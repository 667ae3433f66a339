/** Runs the tasks of a set through `prove`, several times each where asked, and counts only what the engine accepted. */
import { join } from 'node:path';
import type { Engine } from '../engine.ts';
import { DEFAULT_MEMORY_MB, EFFORT_WALL_SECONDS } from '../limits.ts';
import type { Connection } from '../models/connect.ts';
import type { Agree } from '../models/lend.ts';
import { wilson, type Interval } from '../retrieval/wilson.ts';
import { DEFAULT_BUDGET, type Budget } from '../synthesis/budget.ts';
import { prove } from '../synthesis/prove.ts';
import { InputError, type Limits } from '../../../toolchains/contract.ts';
import { classOf } from '../../../toolchains/verdict.ts';
import type { BenchSet, BenchTask } from './manifest.ts';
import { meanOf, passAtK } from './pass-at-k.ts';

export interface Attempt { readonly proved: boolean; readonly goals: number; readonly left: number; readonly seconds: number; readonly calls: number; readonly requests: number; readonly tokens: number; readonly usd?: number }

/** `apart`: why the task says nothing (its reference fails, it holds as it stands, it cannot be checked); not counted. */
export interface TaskOutcome { readonly task: BenchTask; readonly apart?: string; readonly attempts: readonly Attempt[] }

export interface BenchOutcome {
  readonly tasks: readonly TaskOutcome[];
  readonly counted: number;
  /** Of the first attempts: a task is solved or not. */
  readonly first?: Interval;
  readonly passAt: readonly { readonly k: number; readonly share: Interval }[];
}

export interface BenchRequest {
  readonly folder: string;
  readonly set: BenchSet;
  readonly attempts: number;
  readonly strategies: readonly string[];
  readonly budget: Budget;
  readonly model?: { readonly connection: Connection; readonly agree: Agree };
  readonly signal: AbortSignal;
  readonly onTask: (outcome: TaskOutcome) => void;
}

const LIMITS: Limits = { wallSeconds: EFFORT_WALL_SECONDS[1], memoryMb: DEFAULT_MEMORY_MB, effort: 1 };

export async function runBench(engine: Engine, request: BenchRequest): Promise<BenchOutcome> {
  const tasks: TaskOutcome[] = [];
  for (const task of request.set.tasks) {
    if (request.signal.aborted) break;
    const outcome = await runTask(engine, request, task);
    tasks.push(outcome);
    request.onTask(outcome);
  }
  const judged = tasks.filter((one) => one.apart === undefined && one.attempts.length > 0);
  const solved = (one: TaskOutcome): number => one.attempts.filter((attempt) => attempt.proved).length;
  const most = Math.min(...judged.map((one) => one.attempts.length));
  const ks = judged.length === 0 ? [] : [1, 2, 5, 10, 20, 50].filter((k) => k < most).concat(most);
  return {
    tasks, counted: judged.length, ...(judged.length > 0 ? { first: wilson(judged.filter((one) => one.attempts[0]!.proved).length, judged.length) } : {}),
    passAt: ks.map((k) => ({ k, share: meanOf(judged.map((one) => passAtK(one.attempts.length, solved(one), k))) })),
  };
}

async function runTask(engine: Engine, request: BenchRequest, task: BenchTask): Promise<TaskOutcome> {
  try {
    if (task.reference !== undefined) { const why = await referenceFails(engine, request, task, task.reference); if (why !== undefined) return { task, apart: why, attempts: [] }; }
    const attempts: Attempt[] = [];
    for (let at = 0; at < request.attempts && !request.signal.aborted; at++) {
      const attempt = await attemptTask(engine, request, task, at);
      if (typeof attempt === 'string') return { task, apart: attempt, attempts: [] };
      // What was ended by the user was no attempt.
      if (!request.signal.aborted) attempts.push(attempt);
    }
    return { task, attempts };
  } catch (error) {
    if (error instanceof InputError) return { task, apart: error.message, attempts: [] };
    throw error;
  }
}

async function attemptTask(engine: Engine, { folder, budget, strategies, model, signal }: BenchRequest, task: BenchTask, at: number): Promise<Attempt | string> {
  const opened = await engine.plan({ path: join(folder, task.task), trusted: false, onlyToolchain: task.language, signal });
  try {
    const { wall, calls, ...more } = task.limits;
    const outcome = await prove(engine, opened, {
      selection: task.only === undefined ? {} : { only: task.only }, limits: LIMITS, trusted: false, strategies, command: ['assay', 'bench'], signal, seed: at * 1000, ...(model ? { model } : {}),
      budget: { ...DEFAULT_BUDGET, ...budget, ...(wall === undefined ? {} : { wallSeconds: wall }), ...(calls === undefined ? {} : { calls }), model: { ...budget.model, ...more } }, onEvent: () => { /* the task is told whole */ }, onLine: () => { /* likewise */ },
    });
    if (outcome.goals.length === 0) return outcome.already > 0 ? 'it is proved as it stands' : 'nothing to prove was found';
    const unchecked = outcome.goals.find((goal) => classOf(goal.entry.result.verdict.kind) === 'unchecked');
    if (unchecked) return `it cannot be checked as it stands (${unchecked.entry.result.verdict.kind})`;
    const left = outcome.goals.filter((goal) => !goal.proved).length;
    const { model: asked } = outcome;
    return { proved: left === 0, goals: outcome.goals.length, left, seconds: outcome.seconds, calls: outcome.calls, requests: asked?.spent.requests ?? 0, tokens: (asked?.spent.input ?? 0) + (asked?.spent.output ?? 0), ...(asked?.spent.usd === undefined ? {} : { usd: asked.spent.usd }) };
  } finally { await opened.repository.dispose(); }
}

async function referenceFails(engine: Engine, { folder, signal }: BenchRequest, task: BenchTask, reference: string): Promise<string | undefined> {
  const opened = await engine.plan({ path: join(folder, reference), trusted: false, onlyToolchain: task.language, signal });
  try {
    const { ledger } = await engine.verify(opened, { limits: { ...LIMITS, wallSeconds: EFFORT_WALL_SECONDS[2] }, selection: {}, fresh: false, trusted: false, command: ['assay', 'bench'], recheckShare: 0, signal, onEvent: () => { /* a step of the task */ } });
    const open = ledger.entries.find((entry) => classOf(entry.result.verdict.kind) !== 'green' && entry.result.verdict.kind !== 'nothing-to-prove');
    return open ? `its reference does not verify here: ${open.obligation.symbol} is ${open.result.verdict.kind}` : undefined;
  } finally { await opened.repository.dispose(); }
}
