/** z3, native. Soft limits are its own -t (milliseconds a check) and rlimit; the hard ones are the process module's. */
import type { Dialect } from '../framing.ts';
import type { SpecialCommand } from '../script.ts';
import { tokenize } from '../tokens.ts';
import type { Engine, EngineRequest } from './engine.ts';
import { reasonModelCore } from './standard.ts';
import { z3AllowsOption } from './z3-options.ts';

/**
 * Tactics and combinators that may stand in check-sat-using; with any other the check is a plain check-sat,
 * which asks the same question. Not here: echo (prints an answer), par-or and par-then (threads), using-params
 * and fail-if (options and probes).
 */
const TACTICS = new Set(('then and-then or-else try-for repeat skip simplify propagate-values solve-eqs elim-uncnstr purify-arith max-bv-sharing '
  + 'bit-blast blast-term-ite aig sat smt qfbv qffp qffpbv qflia qflra qfnia qfnra qfuf qfidl qfrdl qfufbv qfaufbv qfauflia lia lra nra nlsat bv uflra ufnia ufbv auflia auflira aufnira '
  + 'default horn fpa2bv ctx-simplify ctx-solver-simplify normalize-bounds nnf tseitin-cnf lia2pb pb2bv split-clause qe qe-light qsat nlqsat der distribute-forall').split(' '));

export const z3Dialect: Dialect = {
  allowsOption: z3AllowsOption,
  check(command: SpecialCommand, text: string): string {
    if (command.command.name !== 'check-sat-using') return text;
    const tokens = tokenize(text, 1000)?.slice(2, -1) ?? [];
    const plain = tokens.length > 0 && tokens.every((token) => token === '(' || token === ')' || /^\d+$/.test(token) || TACTICS.has(token));
    return plain ? text : '(check-sat)';
  },
  details: reasonModelCore,
};

export const z3: Engine = {
  id: 'z3',
  dialect: z3Dialect,
  takes: () => true,
  warm: { arguments: () => ['-smt2', '-in'], before: () => '' },
  arguments(request: EngineRequest): readonly string[] {
    const milliseconds = Math.max(1, Math.floor(request.wallSeconds * 1000));
    return [
      '-smt2', `-t:${milliseconds}`,
      ...(request.resource === undefined ? [] : [`rlimit=${request.resource}`]),
      ...(request.seed === 0 ? [] : [`smt.random_seed=${request.seed}`, `sat.random_seed=${request.seed}`]),
      request.file,
    ];
  },
};
