predicate Sorted(a: seq<int>) { forall i, j :: 0 <= i < j < |a| ==> a[i] <= a[j] }

method Search(a: seq<int>, key: int) returns (index: int)
  requires Sorted(a)
  ensures 0 <= index ==> index < |a| && a[index] == key
  ensures index < 0 ==> key !in a
{
  var low, high := 0, |a|;
  while low < high
    invariant 0 <= low <= high <= |a|
    invariant key !in a[..low] && key !in a[high..]
  {
    var middle := (low + high) / 2;
    if a[middle] < key { low := middle + 1; } else if key < a[middle] { high := middle; } else { return middle; }
  }
  return -1;
}
