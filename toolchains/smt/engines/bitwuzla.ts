/** Bitwuzla: bit-vectors, floating point, arrays and functions over them. It knows no get-info. */
import type { Engine } from './engine.ts';
import { allowsStandardOption, modelCore, plainCheck } from './standard.ts';

/** Logics of its manual (0.8), with and without quantifiers. Without a logic a script goes to the general solvers. */
const LOGIC = /^(?:QF_)?(?:A?UF|A)?(?:BV|BVFP|FP|FPLRA|BVFPLRA)$/;

export const bitwuzla: Engine = {
  id: 'bitwuzla',
  dialect: { allowsOption: allowsStandardOption, check: plainCheck, details: modelCore },
  takes: (script) => script.logic !== undefined && LOGIC.test(script.logic) && !script.onlyZ3,
  arguments: (request) => [
    '--produce-models', `--time-limit-per=${Math.max(1, Math.floor(request.wallSeconds * 1000))}`,
    ...(request.seed === 0 ? [] : [`--seed=${request.seed}`]), request.file,
  ],
};
