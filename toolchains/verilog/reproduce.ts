/**
 * The engines of a property run on models that Assay makes from the sources (instrumented, in a private folder), so
 * the command that a person can paste is Assay's own for that property; `argv` of the evidence has the engine's.
 */
import type { Attempt, Obligation } from '../contract.ts';
import { shellWord } from '../shell.ts';

export function reproduceVerilog(attempt: Attempt, obligation: Obligation): string {
  const job = /^[^:]*:(.+?\.(?:sby|v|sv))(?::|$)/i.exec(obligation.project)?.[1] ?? obligation.file;
  const task = obligation.task === undefined ? [] : ['--task', obligation.task];
  const { wallSeconds, depth } = attempt.limits;
  return ['assay', 'verify', job, ...task, '--only', obligation.symbol, '--wall', String(wallSeconds), ...(depth === undefined ? [] : ['--depth', String(depth)]), '--fresh'].map(shellWord).join(' ');
}
