/-!
Must give: `isPrime` `proved`, `large_prime` `proved` under the assumption `native_decide`: the compiler and not the
kernel evaluated it.
-/
def isPrime (n : Nat) : Bool := n ≥ 2 && (List.range n).all fun d => d < 2 || n % d != 0

theorem large_prime : isPrime 104729 = true := by native_decide
