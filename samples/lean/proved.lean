/-!
Must give: every declaration `proved`, no assumption. (Lean 4.12 or newer, no library needed.)
-/
namespace Stack

/-- A stack is a list whose head is the top. -/
abbrev Stack (α : Type) := List α

def push (s : Stack α) (x : α) : Stack α := x :: s

def pop (s : Stack α) : Option (α × Stack α) :=
  match s with
  | [] => none
  | x :: rest => some (x, rest)

theorem pop_push (s : Stack α) (x : α) : pop (push s x) = some (x, s) := rfl

theorem length_push (s : Stack α) (x : α) : (push s x).length = s.length + 1 := by
  simp [push]

example : pop (push [] 3) = some (3, []) := rfl

end Stack
