// The queue's bookkeeping as a driver has it: a head and a count in machine integers, without overflow.
use vstd::prelude::*;

verus! {

pub struct Indices {
    pub head: u32,
    pub count: u32,
    pub capacity: u32,
}

// The device that holds the words: nobody proved that it is as large as it says.
#[verifier::external_body]
fn device_capacity() -> (capacity: u32)
    ensures
        0 < capacity <= 0x1_0000,
{
    256
}

impl Indices {
    pub open spec fn well_formed(&self) -> bool {
        &&& 0 < self.capacity <= 0x1_0000
        &&& self.head < self.capacity
        &&& self.count <= self.capacity
    }

    pub fn new() -> (indices: Self)
        ensures
            indices.well_formed(),
            indices.count == 0,
    {
        Indices { head: 0, count: 0, capacity: device_capacity() }
    }

    pub fn is_full(&self) -> (full: bool)
        requires
            self.well_formed(),
        ensures
            full == (self.count == self.capacity),
    {
        self.count == self.capacity
    }

    pub fn tail(&self) -> (tail: u32)
        requires
            self.well_formed(),
        ensures
            tail < self.capacity,
    {
        let sum = self.head + self.count;
        if sum < self.capacity {
            sum
        } else {
            sum - self.capacity
        }
    }
}

fn main() {
    let indices = Indices::new();
    let tail = indices.tail();
}

} // verus!
