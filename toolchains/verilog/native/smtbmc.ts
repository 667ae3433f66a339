/** Runs yosys-smtbmc on exactly the properties that are asked about. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../../contract.ts';
import { openVerdict } from '../../ended.ts';
import type { TraceOptions } from '../design.ts';
import type { Verdict } from '../../verdict.ts';
import { attemptOf, ENGINE_OUTPUT } from './evidence.ts';
import { readBmc, readCover, readInduction, type BmcReading, type CoverReading, type InductionReading } from './smtbmc-output.ts';
import type { Smt2Model } from './smt2.ts';
import { solverFolder, type ChosenSolver } from './solvers.ts';

export interface Smtbmc {
  readonly name: string;
  bmc(names: ReadonlySet<string>, steps: number, skip: number, signal?: AbortSignal): Promise<SmtbmcRun<BmcReading>>;
  induction(names: ReadonlySet<string>, steps: number, signal?: AbortSignal): Promise<SmtbmcRun<InductionReading>>;
  cover(names: ReadonlySet<string>, steps: number, signal?: AbortSignal): Promise<SmtbmcRun<CoverReading>>;
}

export interface SmtbmcRun<R> {
  readonly reading: R;
  readonly attempt: Attempt;
  /** Why there is no status: the run was ended, or its text is not whole. */
  readonly open?: Verdict;
  trace(number: number): Promise<Buffer | undefined>;
}

export interface SmtbmcSetting {
  readonly context: CheckContext;
  readonly smtbmc: Tool;
  readonly solver: ChosenSolver;
  readonly python: Tool | undefined;
  readonly models: string;
  readonly model: Smt2Model;
  readonly wallSeconds: number;
  readonly traces: TraceOptions;
}

export function smtbmcOf(setting: SmtbmcSetting): Smtbmc {
  const { context, smtbmc, solver, models, model } = setting;
  let count = 0;
  const run = async <R extends { readonly status: string | undefined; readonly broken?: string }>(
    names: ReadonlySet<string>, kind: string, args: readonly string[], read: (text: string) => R, depthOf: (reading: R) => number | undefined, signal?: AbortSignal,
  ): Promise<SmtbmcRun<R>> => {
    const number = ++count;
    const file = `run${number}.smt2`;
    await writeFile(join(models, file), model.only(names));
    const path = await solverFolder(models, solver, setting.python);
    const limits = { wallSeconds: setting.wallSeconds, ...ENGINE_OUTPUT };
    const result = await context.run({
      tool: smtbmc, args: ['-s', solver.name, '--noprogress', ...args, ...(setting.traces.vcd ? ['--dump-vcd', `run${number}-%.vcd`] : []), file], cwd: models, env: { PATH: path }, limits,
      label: `smtbmc ${kind} ${context.unit.label}`, learnKey: `${context.unit.id} smtbmc ${kind} ${solver.name}`, obligations: context.unit.obligations,
      expectedMemoryMb: 150, ...(signal && { signal }),
    });
    const text = result.stdout.content.toString('utf8');
    // A run that was ended may stop in the middle of a line.
    const reading = read(result.exit.reason === 'exited' ? text : text.slice(0, text.lastIndexOf('\n') + 1));
    const attempt = attemptOf(context, smtbmc, result, { solver: solver.tool, limits: { ...context.limits, wallSeconds: setting.wallSeconds } });
    const ended = openVerdict(result, 'yosys-smtbmc', { wallSeconds: setting.wallSeconds, memoryMb: context.limits.memoryMb });
    const depth = depthOf(reading);
    let open: Verdict | undefined;
    if (ended) open = (ended.kind === 'timeout' || ended.kind === 'out-of-memory') && depth ? { ...ended, depth } : ended;
    else if (reading.broken !== undefined) open = { kind: 'crashed', reason: `yosys-smtbmc: ${reading.broken}` };
    else if (reading.status === undefined || result.stdout.truncated) open = { kind: 'crashed', reason: 'yosys-smtbmc ended without a status' };
    return {
      reading, attempt, ...(open && { open }),
      trace: trace => readFile(join(models, `run${number}-${trace}.vcd`)).catch(() => undefined),
    };
  };
  return {
    name: `yosys-smtbmc ${smtbmc.version} ${solver.name} ${solver.tool.version}`,
    bmc: (names, steps, skip, signal) => run(names, 'bmc', ['--presat', '--keep-going', '-t', skip > 0 ? `${skip}:${steps}` : `${steps}`], text => readBmc(text, steps, skip), reading => reading.checked, signal),
    induction: (names, steps, signal) => run(names, 'induction', ['-i', '-t', `${steps}`], text => readInduction(text, steps), () => undefined, signal),
    cover: (names, steps, signal) => run(names, 'cover', ['-c', '-t', `${steps}`], text => readCover(text, steps), reading => reading.checked, signal),
  };
}
