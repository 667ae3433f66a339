// Small SMT scripts made from a counter, the same in every run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Four families, all decided in milliseconds; every fourth is satisfiable. */
export function tinyScript(index) {
  const width = 8 + (index % 5);
  switch (index % 4) {
    case 0: return `(set-logic QF_BV)\n(declare-const x (_ BitVec ${width}))\n(declare-const y (_ BitVec ${width}))\n(assert (not (= (bvadd x y) (bvadd y x))))\n(check-sat)\n`;
    case 1: return `(set-logic QF_LIA)\n(declare-const a Int)\n(declare-const b Int)\n(assert (> a (+ b ${index})))\n(assert (> b a))\n(check-sat)\n`;
    case 2: return `(set-logic QF_UF)\n(declare-sort U 0)\n(declare-fun f (U) U)\n(declare-const u U)\n(assert (= (f (f (f u))) u))\n(assert (= (f (f (f (f (f u))))) u))\n(assert (not (= (f u) u)))\n(check-sat)\n`;
    default: return `(set-logic QF_LIA)\n(set-info :status sat)\n(declare-const a Int)\n(declare-const b Int)\n(assert (= (+ (* 3 a) (* 5 b)) ${1000 + index}))\n(assert (> a 0))\n(assert (> b 0))\n(check-sat)\n`;
  }
}

export function writeTinyScripts(folder, count) {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index++) writeFileSync(join(folder, `t${String(index).padStart(5, '0')}.smt2`), tinyScript(index));
}
