/** Boolector 3: bit-vectors, arrays and functions over them, without quantifiers. It knows no get-info and no reset. */
import type { Engine } from './engine.ts';
import { plainCheck } from './standard.ts';

const LOGIC = /^QF_(?:A?UF|A)?BV$/;

export const boolector: Engine = {
  id: 'boolector',
  dialect: {
    allowsOption: (name, value) => name === ':produce-models' && value === 'true',
    check: plainCheck,
    details: () => ['(get-model)'],
    // Not --model-gen: that prints the model once more at the end, after the last tag.
    prelude: '(set-option :produce-models true)',
  },
  takes: (script) => script.logic !== undefined && LOGIC.test(script.logic) && !script.onlyZ3,
  // Its own limit is in whole seconds and for the whole run: left to the process module.
  arguments: (request) => [
    '--smt2', ...(request.incremental ? ['--incremental=1'] : []), ...(request.seed === 0 ? [] : [`--seed=${request.seed}`]), request.file,
  ],
};
