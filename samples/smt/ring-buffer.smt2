; A ring buffer with a read index, a fill count and a size. Four questions to one solver:
; 1. the invariant holds at the start (proved), 2. push keeps it (proved), 3. pop keeps it (proved),
; 4. a full buffer can be reached within the invariant (covered).
(set-logic QF_NIA)
(declare-const size Int)
(assert (>= size 1))
(define-fun invariant ((read Int) (count Int)) Bool
  (and (<= 0 read) (< read size) (<= 0 count) (<= count size)))
(declare-const read Int)
(declare-const count Int)

(push 1)
(set-info :status unsat)
(assert (not (invariant 0 0)))
(check-sat)
(pop 1)

(push 1)
(set-info :status unsat)
(assert (and (invariant read count) (< count size)))
(assert (not (invariant read (+ count 1))))
(check-sat)
(pop 1)

(push 1)
(set-info :status unsat)
(assert (and (invariant read count) (> count 0)))
(assert (not (invariant (ite (= (+ read 1) size) 0 (+ read 1)) (- count 1))))
(check-sat)
(pop 1)

(push 1)
(set-info :status sat)
(assert (and (invariant read count) (= count size) (> size 3)))
(check-sat)
(pop 1)
