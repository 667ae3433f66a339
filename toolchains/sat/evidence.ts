/** What is kept of a run: the ledger's Attempt, and the model as text and as values. */
import type { Attempt, CheckContext, Output, Tool } from '../contract.ts';
import type { ProcessResult } from '../process.ts';
import type { NamedValue } from '../verdict.ts';
import type { Assignment } from './formula.ts';

/** Values that go into the verdict itself; all of them are in the output "model". */
const LISTED_VALUES = 500;
/** Width of SAT competition output lines. */
const LINE_LENGTH = 78;

export function attemptOf(context: CheckContext, tool: Tool, result: ProcessResult, outputs: readonly Output[] = []): Attempt {
  return {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint, argv: result.argv, cwd: result.cwd, env: result.env,
    exit: result.exit, limits: context.limits, startedAt: result.startedAt, seconds: result.seconds, peakMemoryMb: result.peakMemoryMb,
    outputs: [
      { name: 'stdout', ...result.stdout },
      ...(result.stderr.bytes > 0 ? [{ name: 'stderr', ...result.stderr }] : []),
      ...outputs,
    ],
  };
}

export function valuesOf(assignment: Assignment): NamedValue[] {
  const values: NamedValue[] = [];
  for (let variable = 1; variable < assignment.length && values.length < LISTED_VALUES; variable++)
    if (assignment[variable] !== 0) values.push({ name: String(variable), value: assignment[variable]! > 0 ? 'true' : 'false' });
  return values;
}

/** The model as `v` lines. */
export function modelOutput(assignment: Assignment): Output {
  const lines: string[] = [];
  let line = 'v';
  const add = (word: string): void => {
    if (line.length + 1 + word.length > LINE_LENGTH) { lines.push(line); line = 'v'; }
    line += ` ${word}`;
  };
  for (let variable = 1; variable < assignment.length; variable++)
    if (assignment[variable] !== 0) add(String(assignment[variable]! > 0 ? variable : -variable));
  add('0');
  const content = Buffer.from([...lines, line, ''].join('\n'));
  return { name: 'model', content, bytes: content.length, truncated: false };
}
