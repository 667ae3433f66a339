/** `assay bench FOLDER`: a set of proof tasks, measured: pass@k with intervals, verifier calls, time, tokens and money. */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { readManifest } from '../engine/bench/manifest.ts';
import { runBench, type BenchOutcome, type TaskOutcome } from '../engine/bench/run.ts';
import type { Interval } from '../engine/retrieval/wilson.ts';
import { printable } from '../engine/repository/printable.ts';
import { version } from '../engine/version.ts';
import { toolchains } from '../../toolchains/registry.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { counted, duration } from './layout.ts';
import { agreeOn, MODEL_HELP, MODEL_OPTIONS, modelOf, withModelLimits } from './model-options.ts';
import { budgetOf } from './prove-budget.ts';
import { peopleStream, withSession } from './session.ts';
import { writeWhole } from './write.ts';

const OPTIONS = { attempts: { type: 'string' }, strategy: { type: 'string', multiple: true }, budget: { type: 'string' }, json: { type: 'string' }, help: { type: 'boolean' }, ...MODEL_OPTIONS } as const;

export const TASKS_HELP = `usage: assay bench [SUITE…]       speed, as ratios against a baseline of the same run
       assay bench FOLDER [options]   proof tasks of its assay-bench.json:
  { "schema": 1, "name": "mine", "limits": { "wall": 60, "calls": 100, "tokens": 100000, "usd": 1 },
    "tasks": [{ "language": "dafny", "task": "sum.dfy", "reference": "sum.proved.dfy", "only": "Sum", "limits": {} }] }
  --attempts N       of each task, for pass@k (default 1)   --strategy NAME…   only these
  --budget …         as of prove, where a task says nothing  --json FILE|-
A task whose reference does not verify here, that holds as it stands or that cannot be checked is set apart and not counted.
${MODEL_HELP}`;

export async function benchTasks(folder: string, args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.positionals.length > 1) throw new UsageError('bench wants one folder of tasks, or names of suites');
  const set = readManifest(resolve(folder), toolchains.map((one) => one.id));
  const attempts = command.integer('attempts', 1, 1000) ?? 1, json = command.text('json'), budget = budgetOf(command.text('budget'));
  const out = peopleStream(json);
  return withSession({}, async ({ engine, signal }) => {
    const connection = await modelOf(command, signal);
    const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}, Node ${process.version}, Assay ${version}`;
    out.write(`${printable(set.name)}: ${counted(set.tasks.length, 'task')}, ${counted(attempts, 'attempt')} each; ${machine}\n`);
    const started = new Date().toISOString();
    const outcome = await runBench(engine, {
      folder: resolve(folder), set, attempts, strategies: command.list('strategy'), budget: connection ? withModelLimits(budget, connection) : budget, signal,
      ...(connection ? { model: { connection, agree: agreeOn({ consent: command.flag('consent') }) } } : {}), onTask: (one) => { out.write(taskLine(one)); },
    });
    out.write(summary(outcome, set.tasks.length));
    if (json !== undefined) await writeWhole(json, `${JSON.stringify({ schema: 1, assay: version, command: ['assay', 'bench', ...args], started, machine, name: set.name, attempts, ...(connection ? { model: connection.provider.model, receiver: connection.provider.receiver.origin } : {}), ...outcome }, null, 1)}\n`);
    return signal.aborted ? 130 : outcome.counted > 0 ? 0 : 3;
  });
}

function taskLine({ task, apart, attempts }: TaskOutcome): string {
  if (apart !== undefined) return `  apart      ${printable(task.id)}: ${printable(apart)}\n`;
  const solved = attempts.filter((one) => one.proved).length, sum = (of: (one: TaskOutcome['attempts'][number]) => number): number => attempts.reduce((total, one) => total + of(one), 0);
  const word = attempts.length === 1 ? (solved === 1 ? 'proved' : 'not found') : `${solved} of ${attempts.length}`;
  return `  ${word.padEnd(10)} ${printable(task.id)}  ${duration(sum((one) => one.seconds))}, ${counted(sum((one) => one.calls), 'verifier call')}${sum((one) => one.requests) > 0 ? `, ${sum((one) => one.tokens)} tokens` : ''}\n`;
}

function summary({ tasks, counted: judged, first, passAt }: BenchOutcome, of: number): string {
  const lines = [`${judged} of ${of} tasks counted${judged < of ? `, ${tasks.filter((one) => one.apart !== undefined).length} set apart` : ''}`];
  if (first) lines.push(`first attempt: ${percent(first)}, Wilson interval`);
  for (const { k, share } of passAt) if (k > 1) lines.push(`pass@${k}: ${percent(share)}, bootstrap over tasks`);
  const all = tasks.flatMap((one) => one.attempts);
  const proved = all.filter((one) => one.proved).map((one) => one.seconds).sort((a, b) => a - b);
  if (proved.length > 0) lines.push(`time to proof: median ${duration(proved[Math.floor((proved.length - 1) / 2)]!)}, longest ${duration(proved.at(-1)!)}, n = ${proved.length}`);
  const usd = all.flatMap((one) => one.usd ?? []);
  lines.push(`in all ${counted(all.reduce((sum, one) => sum + one.calls, 0), 'verifier call')}${usd.length > 0 ? `, ${usd.reduce((sum, one) => sum + one, 0).toFixed(4)} USD` : ''}`);
  return `${lines.join('\n')}\n`;
}

function percent({ share, low, high }: Interval): string { return `${(100 * share).toFixed(0)} % (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)})`; }
