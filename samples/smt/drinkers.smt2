; The drinkers' principle: in every bar with somebody in it there is one such that, if that one drinks, all drink.
; A quantified claim over a sort without any property. Verdict: proved.
(set-logic UF)
(set-info :status unsat)
(declare-sort Guest 0)
(declare-fun drinks (Guest) Bool)
(assert (not (exists ((one Guest)) (=> (drinks one) (forall ((other Guest)) (drinks other))))))
(check-sat)
