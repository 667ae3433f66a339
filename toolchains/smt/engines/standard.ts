/** What solvers have in common that keep to SMT-LIB 2.6: its options and its checks. */
import type { Script, SpecialCommand } from '../script.ts';

const OPTIONS = new Set([':produce-models', ':produce-unsat-cores', ':produce-unsat-assumptions', ':produce-assignments', ':global-declarations']);

export function allowsStandardOption(name: string, value: string): boolean {
  return OPTIONS.has(name) && (value === 'true' || value === 'false');
}

/** check-sat-using names a tactic of z3; the question is the same without it. */
export function plainCheck(command: SpecialCommand, text: string): string {
  return command.command.name === 'check-sat-using' ? '(check-sat)' : text;
}

/** Asked after every answer, since a script cannot branch: what does not fit the answer is an error outside its frame. */
export function reasonModelCore(script: Script): readonly string[] { return ['(get-info :reason-unknown)', ...modelCore(script)]; }

/** In a script with more checks models are not asked for: their text would outweigh the work. */
const MOST_DETAILED_CHECKS = 64;

/** For solvers without get-info. */
export function modelCore(script: Script): readonly string[] {
  return script.checks.length > MOST_DETAILED_CHECKS ? [] : ['(get-model)', ...(script.cores ? ['(get-unsat-core)'] : [])];
}
