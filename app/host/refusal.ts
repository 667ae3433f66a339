/** A request that cannot be met for a reason the user can mend or must know. Anything else that is thrown is a bug of ours. */
import { InputError } from '../../toolchains/contract.ts';
import type { Problem } from '../contract.ts';

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = 'Refusal';
  }
}

export function refuse(kind: Problem['kind'], message: string, remedy?: string): never {
  throw new Refusal({ kind, message, ...(remedy === undefined ? {} : { remedy }) });
}

/** Words for whatever a request ended with. */
export function problemOf(error: unknown, cancelled: boolean): Problem {
  if (error instanceof Refusal) return error.problem;
  if (error instanceof InputError) return { kind: 'input', message: error.message, file: error.file, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) };
  if (cancelled) return { kind: 'cancelled', message: 'cancelled' };
  return { kind: 'internal', message: `internal error, please report it: ${error instanceof Error ? error.stack ?? error.message : String(error)}` };
}
