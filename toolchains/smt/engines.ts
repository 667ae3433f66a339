/** The native solvers, by the id of their tool. */
import type { Engine } from './engines/engine.ts';
import { z3 } from './engines/z3.ts';

export const ENGINES: readonly Engine[] = [z3];

export function engineFor(tool: string): Engine | undefined { return ENGINES.find((engine) => engine.id === tool); }
