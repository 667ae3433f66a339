; SEND + MORE = MONEY: each letter a digit of its own. The script asks for a witness (:status sat).
; Verdict: covered, with the digits.
(set-logic QF_LIA)
(set-info :status sat)
(declare-const S Int) (declare-const E Int) (declare-const N Int) (declare-const D Int)
(declare-const M Int) (declare-const O Int) (declare-const R Int) (declare-const Y Int)
(define-fun digit ((v Int)) Bool (and (<= 0 v) (<= v 9)))
(assert (and (digit S) (digit E) (digit N) (digit D) (digit M) (digit O) (digit R) (digit Y)))
(assert (distinct S E N D M O R Y))
(assert (and (> S 0) (> M 0)))
(assert (= (+ (* 1000 S) (* 100 E) (* 10 N) D (* 1000 M) (* 100 O) (* 10 R) E)
           (+ (* 10000 M) (* 1000 O) (* 100 N) (* 10 E) Y)))
(check-sat)
(get-value (S E N D M O R Y))
