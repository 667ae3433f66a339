; The same claim with pointers that are one bit too narrow: after four pushes the full queue looks empty.
; Refuted: the values are a queue in which that happens.
(set-logic QF_BV)
(declare-const head (_ BitVec 2))
(declare-const pushed (_ BitVec 3))
(assert (and (bvuge pushed #b001) (bvule pushed #b100)))
(define-fun tail () (_ BitVec 2) (bvadd head ((_ extract 1 0) pushed)))
(assert (= head tail))
(check-sat)
