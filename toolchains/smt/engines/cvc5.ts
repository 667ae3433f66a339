/** cvc5. An error ends it, but for those of get-info and get-model after an answer they do not fit (1.0.3, 1.3.2). */
import type { Script } from '../script.ts';
import type { Engine } from './engine.ts';
import { plainCheck, reasonModelCore } from './standard.ts';

/** Strings need it in every version before 1.2 ("not supported in default mode, try --strings-exp"). */
const STRINGS = ['String', 'Seq ', 'RegLan', 'str.'];

/** Search only. Not here: whatever prints, writes or reads files, threads, limits, and the languages of old versions. */
const OPTIONS = new Set((':produce-models :produce-unsat-cores :produce-unsat-assumptions :produce-assignments :global-declarations :random-seed '
  + ':strings-exp :finite-model-find :fmf-bound :fmf-fun :mbqi :full-saturate-quant :enum-inst :enum-inst-interleave :cegqi :cegqi-bv :cegqi-full :cegqi-nested-qe :e-matching :conflict-based-inst :cbqi :quant-ind '
  + ':nl-ext :nl-cov :nl-cad :nl-ext-tplanes :nl-rlv :arrays-eager-index :bitblast :bv-solver :bv-to-bool :bool-to-bv :solve-bv-as-int :solve-int-as-bv :decision :simplification :sets-ext :uf-ho :ho-elim :term-db-mode :trigger-sel '
  + ':user-pat :multi-trigger-cache :multi-trigger-linear :partial-triggers :relational-triggers :macros-quant :pre-skolem-quant :prenex-quant :miniscope-quant :var-elim-quant :dt-stc-ind :arith-rewrite-equalities '
  + ':static-learning :symmetry-breaker :unconstrained-simp :ext-rew-prep :learned-rewrite :ackermann :early-ite-removal :ite-simp :repeat-simp :sort-inference').split(' '));
const VALUE = /^(?:true|false|\d+|[a-z][a-z0-9-]{0,40})$/;

function strings(script: Script): readonly string[] {
  return STRINGS.some((word) => script.bytes.includes(word)) ? ['--strings-exp'] : [];
}

export const cvc5: Engine = {
  id: 'cvc5',
  dialect: {
    allowsOption: (name, value) => OPTIONS.has(name) && VALUE.test(value),
    check: plainCheck,
    details: reasonModelCore,
  },
  takes: (script) => !script.onlyZ3,
  warm: {
    arguments: (script) => ['--lang=smt2.6', '--produce-models', ...strings(script), '-'],
    // What it assumes then, with a warning (1.0.3).
    before: (script) => (script.logic === undefined ? '(set-logic ALL)' : ''),
  },
  arguments(request) {
    return [
      '--lang=smt2.6', '--produce-models', `--tlimit-per=${Math.max(1, Math.floor(request.wallSeconds * 1000))}`,
      ...(request.incremental ? ['--incremental'] : []),
      ...strings(request.script),
      ...(request.resource === undefined ? [] : [`--rlimit-per=${request.resource}`]),
      ...(request.seed === 0 ? [] : [`--seed=${request.seed}`, `--sat-random-seed=${request.seed}`]),
      request.file,
    ];
  },
};
