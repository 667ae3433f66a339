include "guard.dfy"

method Use(x: int) returns (percent: int)
  ensures 0 <= percent <= 100
{
  percent := Guard.Clamp(x, 0, 100);
}
