/** Which functions rest on what a crate takes on trust; what that is, is held by test/inventory. */
import { describe, expect, it } from 'vitest';
import { programOf } from './read.ts';

function restsOn(source: string, symbol: string): string[] {
  const program = programOf('c', source);
  const ids = program.functions.find((one) => one.obligation.symbol === symbol)!.obligation.assumptions;
  return ids.map((id) => program.assumptions.find((one) => one.id === id)!.kind).sort();
}
const inVerus = (body: string): string => `use vstd::prelude::*;\nverus! {\n${body}\n}\n`;

describe('assumption inventory', () => {
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
