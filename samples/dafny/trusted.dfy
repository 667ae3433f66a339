lemma {:axiom} SquareIsPositive(x: int)
  ensures x * x >= 0

method Square(x: int) returns (y: nat)
  ensures y == x * x
{
  SquareIsPositive(x);
  y := x * x;
}
