/** What solvers have in common that keep to SMT-LIB 2.6: its options and its checks. */
import type { SpecialCommand } from '../script.ts';

const OPTIONS = new Set([':produce-models', ':produce-unsat-cores', ':produce-unsat-assumptions', ':produce-assignments', ':global-declarations']);

export function allowsStandardOption(name: string, value: string): boolean {
  return OPTIONS.has(name) && (value === 'true' || value === 'false');
}

/** check-sat-using names a tactic of z3; the question is the same without it. */
export function plainCheck(command: SpecialCommand, text: string): string {
  return command.command.name === 'check-sat-using' ? '(check-sat)' : text;
}
