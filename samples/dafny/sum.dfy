method Sum(n: nat) returns (s: nat)
  ensures s == n * (n + 1) / 2
{
  // The invariant that the postcondition needs is missing.
  s := 0;
  var i := 0;
  while i < n { i := i + 1; s := s + i; }
}

method Double(x: int) returns (y: int)
  ensures y == 2 * x
{
  y := x + x;
}
