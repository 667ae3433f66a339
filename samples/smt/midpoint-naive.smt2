; The midpoint as it stood in many binary searches: (low + high) / 2 in 32 bits lies between low and high.
; It does not, where the sum overflows: the model names such a pair.
; Verdict: refuted.
(set-logic QF_BV)
(declare-const low (_ BitVec 32))
(declare-const high (_ BitVec 32))
(define-fun middle () (_ BitVec 32) (bvlshr (bvadd low high) (_ bv1 32)))
(assert (bvule low high))
(assert (not (and (bvule low middle) (bvule middle high))))
(check-sat)
(get-model)
