; The pointers of a queue of four words, as bit-vectors.
; 1. With a bit more than they need, full and empty are told apart (proved).
; 2. A push into a queue that is not full never makes it empty (proved).
(set-logic QF_BV)
(declare-const head (_ BitVec 3))
(declare-const tail (_ BitVec 3))
(define-fun empty ((h (_ BitVec 3)) (t (_ BitVec 3))) Bool (= h t))
(define-fun full ((h (_ BitVec 3)) (t (_ BitVec 3))) Bool
  (and (= ((_ extract 1 0) h) ((_ extract 1 0) t)) (distinct ((_ extract 2 2) h) ((_ extract 2 2) t))))

(push 1)
(set-info :status unsat)
(assert (and (empty head tail) (full head tail)))
(check-sat)
(pop 1)

(push 1)
(set-info :status unsat)
(assert (bvule (bvsub tail head) #b100))
(assert (not (full head tail)))
(assert (empty head (bvadd tail #b001)))
(check-sat)
(pop 1)
