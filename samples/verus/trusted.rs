// Verifies, and rests on what nobody proved: an axiom, a body that Verus does not look at, and an assumption.
use vstd::prelude::*;

verus! {

uninterp spec fn hash(key: u64) -> u64;

axiom fn hash_differs(a: u64, b: u64)
    requires
        a != b,
    ensures
        hash(a) != hash(b),
;

#[verifier::external_body]
fn compute(key: u64) -> (value: u64)
    ensures
        value == hash(key),
{
    key.rotate_left(7) ^ 0x9e37_79b9
}

fn distinct(a: u64, b: u64) -> (different: bool)
    requires
        a != b,
    ensures
        different,
{
    proof {
        hash_differs(a, b);
    }
    compute(a) != compute(b)
}

proof fn by_decree(x: int)
    ensures
        x * x >= 0,
{
    assume(x * x >= 0);
}

fn main() {
}

} // verus!
