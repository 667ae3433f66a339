module Guard {
  function Clamp(x: int, low: int, high: int): (y: int)
    requires low <= high
    ensures low <= y <= high
  {
    if x < low then low else if x > high then high else x
  }
}
