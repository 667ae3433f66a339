; The midpoint of two unsigned 32-bit numbers without overflow: (x & y) + ((x ^ y) >> 1) is what the sum
; computed in 33 bits and halved gives. The claim is negated, so unsat proves it for all 2^64 pairs.
; Verdict: proved.
(set-logic QF_BV)
(set-info :status unsat)
(declare-const x (_ BitVec 32))
(declare-const y (_ BitVec 32))
(define-fun wide ((v (_ BitVec 32))) (_ BitVec 33) (concat #b0 v))
(define-fun exact () (_ BitVec 33) (bvlshr (bvadd (wide x) (wide y)) (_ bv1 33)))
(define-fun cheap () (_ BitVec 32) (bvadd (bvand x y) (bvlshr (bvxor x y) (_ bv1 32))))
(assert (distinct (wide cheap) exact))
(check-sat)
(exit)
