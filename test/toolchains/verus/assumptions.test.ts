/** What a snippet takes on trust, exactly: kind and first words, and which functions rest on it. */
import { describe, expect, it } from 'vitest';
import { programOf } from './read.ts';

function findings(source: string): string[] { return programOf('c', source).assumptions.map((one) => `${one.kind}: ${one.text}`); }
function restsOn(source: string, symbol: string): string[] {
  const program = programOf('c', source);
  const ids = program.functions.find((one) => one.obligation.symbol === symbol)!.obligation.assumptions;
  return ids.map((id) => program.assumptions.find((one) => one.id === id)!.kind).sort();
}
const inVerus = (body: string): string => `use vstd::prelude::*;\nverus! {\n${body}\n}\n`;

describe('assumption inventory', () => {
  it.each([
    ['an assume', inVerus('proof fn f() { assume(false); }'), ['assume: assume(false);']],
    ['an assume as last expression', inVerus('proof fn f() { assume(1 == 2) }'), ['assume: assume(1 == 2)']],
    ['an admit', inVerus('proof fn f() ensures false { admit(); }'), ['admit: admit();']],
    ['an assume with a path', inVerus('proof fn f() { vstd::pervasive::assume(false); builtin::admit(); }'), ['assume: assume(false);', 'admit: admit();']],
    ['comments', inVerus('// assume(false)\n/* admit(); /* assume(true) */ #[verifier::external_body] */\n/// assume(false)\nproof fn f() {}'), []],
    ['strings', inVerus('fn f() { let s = "assume(false)"; let t = r#"admit(); " #[verifier::external_body]"#; let u = b"assume(1)"; let c = \'"\'; }'), []],
    ['a string with an escaped quote', inVerus('fn f() { let s = "\\" assume(false)"; proof { assume(true); } }'), ['assume: assume(true);']],
    ['lifetimes are no characters', inVerus("fn f<'a>(x: &'a u8) { proof { assume(false); } let c = '\\''; let d = 'a'; }"), ['assume: assume(false);']],
    ['a method and a definition of that name', inVerus('struct S; impl S { fn assume(&self, x: bool) {} }\nfn g(s: S) { s.assume(false); }'), []],
    ['a variable of that name', inVerus('fn f() { let assume = 3; let admit = assume; }'), []],
    ['a nested block', inVerus('proof fn f() { assert(true) by { if true { assert forall|i: int| i == i by { assume(i == i); } } } }'), ['assume: assume(i == i);']],
    ['inside a macro call', inVerus('fn f() { proof! { assume(false); } my_macro!({ admit() }); }'), ['assume: assume(false);', 'admit: admit()']],
    ['quoted, not called', inVerus('fn f() { let s = stringify!(assume(false)); let t = concat!("assume(", ")"); }'), []],
    ['a macro of the file', 'macro_rules! trust { ($e:expr) => { assume($e) }; }\nverus! { proof fn f() { trust!(false); } }', ['assume: assume($e)']],
    ['outside verus!', 'fn assume(x: bool) {}\nfn f() { assume(false); }\nverus! { proof fn g() {} }', []],
    ['external_body', inVerus('#[verifier::external_body]\nfn f() ensures false { loop {} }'), ['external_body: #[verifier::external_body]']],
    ['external_body, the old form', inVerus('#[verifier(external_body)] fn f() {}'), ['external_body: #[verifier(external_body)]']],
    ['external_body under a condition', inVerus('#[cfg_attr(verus_keep_ghost, verifier::external_body)] fn f() {}'), ['external_body: #[cfg_attr(verus_keep_ghost, verifier::external_body)]']],
    ['several in one attribute', inVerus('#[cfg_attr(all(), verifier::external_body, verifier::rlimit(3))] fn f() {}'), ['external_body: #[cfg_attr(all(), verifier::external_body, verifier::rlimit(3))]']],
    ['an axiom', inVerus('pub axiom fn a(x: int) ensures x == x + 1;'), ['axiom: pub axiom fn a(x: int) ensures x == x + 1;']],
    ['a broadcast axiom with a body that is not looked at', inVerus('#[verifier::external_body]\npub broadcast axiom fn a(x: int) ensures #[trigger] f(x);'), ['axiom: #[verifier::external_body] pub broadcast axiom fn a(x: int) ensures #[trigger] f(x);']],
    ['assume_specification', inVerus('pub assume_specification<T> [Vec::<T>::len](v: &Vec<T>) -> (n: usize) ensures n == v@.len();\nproof fn f() {}'), ['assume_specification: pub assume_specification<T> [Vec::<T>::len](v: &Vec<T>) -> (n: usize) ensures n == v@.len();']],
    ['external_fn_specification', inVerus('#[verifier::external_fn_specification]\npub fn ex_swap(a: &mut u8, b: &mut u8) { swap(a, b) }'), ['external_fn_specification: #[verifier::external_fn_specification]']],
    ['external types and traits', inVerus('#[verifier::external_type_specification]\n#[verifier::external_body]\nstruct ExFoo(Foo);\n#[verifier::external_trait_specification]\ntrait ExBar { fn x(); }'), ['external_type_specification: #[verifier::external_type_specification]', 'external_body: #[verifier::external_body]', 'external_trait_specification: #[verifier::external_trait_specification]']],
    ['an external impl', inVerus('struct S;\n#[verifier::external]\nunsafe impl Send for S {}'), ['external: #[verifier::external]']],
    ['termination', '#![verifier::exec_allows_no_decreases_clause]\nverus! { #[verifier::assume_termination] fn f() { loop {} } }', ['exec_allows_no_decreases_clause: #![verifier::exec_allows_no_decreases_clause]', 'assume_termination: #[verifier::assume_termination]']],
    ['harmless attributes', inVerus('#[verifier::spinoff_prover] #[verifier::rlimit(50)] #[verifier::opaque] #[verifier::loop_isolation(false)] #[inline] #[verus::trusted] #[verifier::nonlinear] proof fn f() {}'), []],
    ['an attribute that is not known', inVerus('#[verifier::believe_me] fn f() {}\n#[verus::internal(external_body)] fn g() {}'), ['unknown-attribute: #[verifier::believe_me]', 'unknown-attribute: #[verus::internal(external_body)]']],
    ['a layout of the machine', inVerus('global size_of usize == 8;'), ['global: global size_of usize == 8;']],
    ['an uninterpreted function promises nothing', inVerus('pub uninterp spec fn h(x: int) -> int;\ntrait T { proof fn p(&self) ensures true; }'), []],
    ['an attribute in a comment of an attribute', inVerus('#[doc = "verifier::external_body"] fn f() {}'), []],
    ['unclosed', 'verus! { proof fn f() { assume(false); ', ['assume: assume(false);']],
    ['air inline', inVerus('proof fn f() { inline_air_stmt("(assume false)"); }'), ['inline-air: inline_air_stmt("(assume false)");']],
  ])('%s', (_, source, expected) => { expect(findings(source)).toEqual(expected); });

  const graph = inVerus(`
    proof fn bad() ensures false { admit(); }
    axiom fn ax() ensures true;
    proof fn uses_bad() { middle(); }
    proof fn middle() { bad(); }
    proof fn clean() {}
    assume_specification [core::mem::swap::<u8>](a: &mut u8, b: &mut u8);
    fn swaps(a: &mut u8, b: &mut u8) { core::mem::swap(a, b); }
    mod inner { pub proof fn with_axiom() { super::ax(); } }
  `);
  it.each([['c::clean', []], ['c::uses_bad', ['admit']], ['c::middle', ['admit']], ['c::bad', ['admit']], ['c::swaps', ['assume_specification']], ['c::inner::with_axiom', ['axiom']]])('%s rests on %j', (symbol, kinds) => {
    expect(restsOn(graph, symbol)).toEqual(kinds);
  });

  it('lets every function rest on what a module brings in by broadcast, and on what belongs to none', () => {
    const source = `#![verifier::exec_allows_no_decreases_clause]\n${inVerus('broadcast axiom fn ax() ensures true;\nbroadcast group all { ax }\nmod m { broadcast use super::all;\nproof fn f() {} }')}`;
    expect(restsOn(source, 'c::m::f')).toEqual(['axiom', 'exec_allows_no_decreases_clause']);
  });

  it('names two equal assumptions apart', () => {
    const ids = programOf('c', inVerus('proof fn f() { assume(false); assume(false); }')).assumptions.map((one) => one.id);
    expect(new Set(ids).size).toBe(2);
  });
});
