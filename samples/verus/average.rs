// The naive midpoint: the sum can overflow, so `midpoint` does not verify.
use vstd::prelude::*;

verus! {

fn midpoint(low: u64, high: u64) -> (middle: u64)
    requires
        low <= high,
    ensures
        low <= middle <= high,
{
    (low + high) / 2
}

fn midpoint_careful(low: u64, high: u64) -> (middle: u64)
    requires
        low <= high,
    ensures
        low <= middle <= high,
{
    low + (high - low) / 2
}

fn main() {
}

} // verus!
