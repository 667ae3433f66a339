/** Random small systems, and what they reach by trying everything. */
import fc from 'fast-check';
import { AigBuilder } from '../../../toolchains/verilog/aiger/builder.ts';
import { AigEvaluation } from '../../../toolchains/verilog/aiger/evaluate.ts';
import { type Aig, type Latch, type Literal } from '../../../toolchains/verilog/aiger/model.ts';

export interface Recipe { readonly inputs: number; readonly resets: readonly Latch['reset'][]; readonly gates: readonly (readonly [number, number])[]; readonly next: readonly number[]; readonly roots: readonly number[] }

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  inputs: fc.integer({ min: 0, max: 3 }), resets: fc.array(fc.constantFrom<Latch['reset']>(0, 1, 'free'), { maxLength: 4 }),
  gates: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 14 }), next: fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }), roots: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
});

/** bads: one; constraints: up to two. */
export function build(recipe: Recipe): Aig {
  const builder = new AigBuilder();
  const literals: Literal[] = [0];
  for (let index = 0; index < recipe.inputs; index++) literals.push(builder.input());
  const latches = recipe.resets.map((reset) => builder.latch(reset));
  literals.push(...latches);
  const pick = (choice: number): Literal => literals[Math.floor(choice / 2) % literals.length]! ^ (choice & 1);
  for (const [left, right] of recipe.gates) literals.push(builder.and(pick(left), pick(right)));
  for (const [index, latch] of latches.entries()) builder.setNext(latch, pick(recipe.next[index]!));
  const [bad, ...constraints] = recipe.roots.map(pick);
  return builder.finish({ bads: [bad!], constraints: constraints.filter((_, index) => recipe.roots[index + 1]! % 3 !== 0) });
}

/** First step at which `target` is true in a run that satisfies all constraints so far; by breadth, over all states. */
export function firstReached(aig: Aig, target: Literal, limit: number): number | undefined {
  let states = new Map<string, Uint8Array>();
  const free = aig.latches.flatMap((latch, index) => (latch.reset === 'free' ? [index] : []));
  for (let choice = 0; choice < 2 ** free.length; choice++) {
    const state = Uint8Array.from(aig.latches, (latch) => (latch.reset === 'free' ? 0 : latch.reset));
    for (const [bit, index] of free.entries()) state[index] = (choice >> bit) & 1;
    states.set(state.join(''), state);
  }
  const anyReset: Aig = { ...aig, latches: aig.latches.map((latch) => ({ ...latch, reset: 'free' })) };
  for (let step = 0; step < limit; step++) {
    const next = new Map<string, Uint8Array>();
    for (const state of states.values()) for (let choice = 0; choice < 2 ** aig.inputs.length; choice++) {
      const run = new AigEvaluation(anyReset, state);
      run.settle(aig.inputs.map((_, bit) => (choice >> bit) & 1));
      if (!aig.constraints.every((constraint) => run.value(constraint) === 1)) continue;
      if (run.value(target) === 1) return step;
      const after = Uint8Array.from(aig.latches, (latch) => run.value(latch.next));
      next.set(after.join(''), after);
    }
    states = next;
  }
  return undefined;
}
