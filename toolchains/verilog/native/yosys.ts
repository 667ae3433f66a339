/** Runs yosys on a script of ours in the private folder. A run counts only with its closing line and without an error. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../../contract.ts';
import { openVerdict } from '../../ended.ts';
import type { Verdict } from '../../verdict.ts';
import { readYosysRun, type YosysError } from '../yosys/messages.ts';
import { attemptOf, ENGINE_OUTPUT, outputOf } from './evidence.ts';

export interface YosysOutcome {
  readonly attempt: Attempt;
  /** Undefined where the script ran to its end. */
  readonly error?: YosysError;
  /** Where the run was ended, or ended without saying why. */
  readonly open?: Verdict;
}

/** Elaboration stands for all properties of a task, and is no engine attempt: at least this long, and this many times the limit. */
const LEAST_SECONDS = 60;
const TIMES_LIMIT = 2;
const KEPT_LOG = 256 * 1024;

export interface YosysRequest {
  readonly name: string;
  readonly script: string;
  /** Folder of models: scripts and logs are kept here. */
  readonly models: string;
  readonly cwd: string;
}

export async function runYosys(context: CheckContext, yosys: Tool, request: YosysRequest): Promise<YosysOutcome> {
  const script = join(request.models, `${request.name}.ys`);
  const log = join(request.models, `${request.name}.log`);
  await writeFile(script, request.script);
  const wallSeconds = Math.max(LEAST_SECONDS, TIMES_LIMIT * context.limits.wallSeconds);
  const result = await context.run({
    tool: yosys, args: ['-Q', '-q', '-l', log, '-s', script], cwd: request.cwd, limits: { wallSeconds, ...ENGINE_OUTPUT },
    label: `yosys ${request.name} ${context.unit.label}`, learnKey: `${context.unit.id} yosys ${request.name}`, obligations: context.unit.obligations,
    expectedMemoryMb: 100,
  });
  const written = await readFile(log).catch(() => Buffer.alloc(0));
  const tail = written.subarray(Math.max(0, written.length - KEPT_LOG));
  const attempt = attemptOf(context, yosys, result, { outputs: [{ ...outputOf('log', tail), bytes: written.length, truncated: written.length > KEPT_LOG }] });
  const open = openVerdict(result, 'yosys', { wallSeconds, memoryMb: context.limits.memoryMb });
  if (open) return { attempt, open };
  const reading = readYosysRun({ log: tail.toString('utf8'), output: `${result.stderr.content.toString('utf8')}\n${result.stdout.content.toString('utf8')}`, code: result.exit.code });
  switch (reading.kind) {
    case 'complete': return { attempt };
    case 'error': return { attempt, error: reading.error };
    case 'incomplete': return { attempt, open: { kind: 'crashed', reason: reading.why } };
  }
}
