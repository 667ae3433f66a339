/**
 * Commands that a person can paste: of a Dafny run its own, of a raced condition the run that writes it and the solver that reads it, of a
 * confirmed counterexample the run of the harness. Files that are not the repository's are outputs of the attempt.
 */
import type { Attempt, Obligation } from '../contract.ts';
import { shellWord } from '../shell.ts';
import { CONDITION_PATTERN, ISOLATED_FROM } from './command-line.ts';

export function reproduce(attempt: Attempt, obligation: Obligation): string {
  const harness = attempt.outputs.find((output) => output.name.endsWith('.dfy'))?.name;
  if (harness !== undefined) return `dafny run --no-verify --allow-warnings --target=js ${shellWord(harness)}`;
  const condition = attempt.outputs.find((output) => output.name.endsWith('.smt2'))?.name;
  if (condition === undefined) return attempt.argv.map(shellWord).join(' ');
  const writes = [
    'dafny', 'verify', '--allow-warnings', '--verify-included-files', '--error-limit=0', `--verification-time-limit=${Math.max(1, Math.ceil(attempt.limits.wallSeconds))}`,
    ...(attempt.limits.effort >= ISOLATED_FROM ? ['--isolate-assertions'] : []), `--solver-log=${CONDITION_PATTERN}`, obligation.file,
  ];
  // The last word is the private copy; the embedded engine has no command of its own.
  const asks = attempt.argv[0]?.startsWith('npm:') ? ['z3', '-smt2', condition] : [...attempt.argv.slice(0, -1), condition];
  return `${writes.map(shellWord).join(' ')}; ${asks.map(shellWord).join(' ')}`;
}
