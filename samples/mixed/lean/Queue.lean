/-! The queue as mathematics: a list that never holds more than `capacity` words. -/
namespace Queue

abbrev Words := List Nat

def push (capacity : Nat) (words : Words) (word : Nat) : Option Words :=
  if words.length < capacity then some (words ++ [word]) else none

def pop : Words → Option (Nat × Words)
  | [] => none
  | first :: rest => some (first, rest)

theorem pop_nil : pop [] = none := rfl

theorem pop_cons (first : Nat) (rest : Words) : pop (first :: rest) = some (first, rest) := rfl

theorem push_bounded (capacity : Nat) (words : Words) (word : Nat) (after : Words)
    (pushed : push capacity words word = some after) : after.length ≤ capacity := by
  unfold push at pushed
  split at pushed
  · injection pushed with same
    subst same
    simp
    omega
  · contradiction

/-- Left open on purpose: no verdict but `unknown` until somebody proves it. -/
theorem push_keeps_order (capacity : Nat) (words : Words) (word : Nat) (after : Words)
    (pushed : push capacity words word = some after) : words <+: after := by
  sorry

end Queue
