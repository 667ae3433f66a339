/-!
Must give: `double` and `double_zero` `proved`; `double_eq` and `double_comm`, which uses it, `unknown` (sorry), with
the assumption `sorry` at its place. The word sorry in this comment and in the string below is no assumption.
-/
def double (n : Nat) : Nat := n + n

def note : String := "nothing here is sorry"

theorem double_zero : double 0 = 0 := rfl

theorem double_eq (n : Nat) : double n = 2 * n := by
  sorry

theorem double_comm (n : Nat) : 2 * n = double n := (double_eq n).symm
