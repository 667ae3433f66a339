// A bounded counter: every function verifies.
use vstd::prelude::*;

verus! {

pub struct Counter {
    pub count: u64,
    pub limit: u64,
}

impl Counter {
    pub open spec fn well_formed(&self) -> bool {
        self.count <= self.limit
    }

    pub fn new(limit: u64) -> (counter: Self)
        ensures
            counter.well_formed(),
            counter.count == 0,
            counter.limit == limit,
    {
        Counter { count: 0, limit }
    }

    pub fn room(&self) -> (room: u64)
        requires
            self.well_formed(),
        ensures
            room == self.limit - self.count,
    {
        self.limit - self.count
    }
}

pub open spec fn triangle(n: nat) -> nat
    decreases n,
{
    if n == 0 {
        0
    } else {
        n + triangle((n - 1) as nat)
    }
}

proof fn triangle_grows(n: nat)
    ensures
        triangle(n) >= n,
    decreases n,
{
    if n > 0 {
        triangle_grows((n - 1) as nat);
    }
}

fn main() {
    let counter = Counter::new(3);
    let room = counter.room();
    assert(room == 3);
}

} // verus!
