/** Yices and MathSAT, where they are installed. Not run here; the frames decide whether their output counts. */
import type { Engine } from './engine.ts';
import { allowsStandardOption, modelCore, plainCheck } from './standard.ts';

const dialect = { allowsOption: allowsStandardOption, check: plainCheck, details: modelCore };
const QUANTIFIER_FREE = /^QF_[A-Z]+$/;

export const yices: Engine = {
  id: 'yices',
  dialect,
  takes: (script) => script.logic !== undefined && QUANTIFIER_FREE.test(script.logic) && !/FP|S$|DT/.test(script.logic) && !script.onlyZ3,
  arguments: (request) => [...(request.incremental ? ['--incremental'] : []), `--timeout=${Math.ceil(request.wallSeconds)}`, request.file],
};

export const mathsat: Engine = {
  id: 'mathsat',
  dialect,
  takes: (script) => script.logic !== undefined && QUANTIFIER_FREE.test(script.logic) && !script.onlyZ3,
  arguments: (request) => ['-input=smt2', '-model_generation=true', request.file],
};
