// The queue as a program: a ring of fixed size that behaves as a sequence.
class Queue {
  ghost var contents: seq<int>
  const slots: array<int>
  var head: nat
  var count: nat

  ghost predicate Valid()
    reads this, slots
  {
    && slots.Length > 0
    && head < slots.Length
    && count <= slots.Length
    && |contents| == count
    && forall i :: 0 <= i < count ==> contents[i] == slots[Slot(head, i, slots.Length)]
  }

  constructor (capacity: nat)
    requires capacity > 0
    ensures Valid() && fresh(slots)
    ensures contents == [] && slots.Length == capacity
  {
    slots := new int[capacity];
    head, count, contents := 0, 0, [];
  }

  predicate Full()
    requires Valid()
    reads this, slots
  {
    count == slots.Length
  }

  method Push(value: int)
    requires Valid() && !Full()
    modifies this, slots
    ensures Valid()
    ensures contents == old(contents) + [value]
  {
    slots[Slot(head, count, slots.Length)] := value;
    contents := contents + [value];
    count := count + 1;
  }

  method Pop() returns (value: int)
    requires Valid() && count > 0
    modifies this
    ensures Valid()
    ensures value == old(contents)[0] && contents == old(contents)[1..]
  {
    value := slots[head];
    contents := contents[1..];
    head := Slot(head, 1, slots.Length);
    count := count - 1;
  }
}

// The slot of the i-th value from the head; i may be as large as the capacity.
function Slot(head: nat, i: nat, capacity: nat): nat
  requires head < capacity && i <= capacity
{
  if head + i < capacity then head + i else head + i - capacity
}

// No word lost, none made up, none out of order.
method InOrder(a: int, b: int)
{
  var queue := new Queue(2);
  queue.Push(a);
  queue.Push(b);
  var first := queue.Pop();
  var second := queue.Pop();
  assert first == a && second == b;
}
