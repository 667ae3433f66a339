/** The native solvers, by the id of their tool. */
import { bitwuzla } from './engines/bitwuzla.ts';
import { boolector } from './engines/boolector.ts';
import { cvc5 } from './engines/cvc5.ts';
import type { Engine } from './engines/engine.ts';
import { mathsat, yices } from './engines/others.ts';
import { z3 } from './engines/z3.ts';

export const ENGINES: readonly Engine[] = [z3, cvc5, bitwuzla, boolector, yices, mathsat];

export function engineFor(tool: string): Engine | undefined { return ENGINES.find((engine) => engine.id === tool); }
