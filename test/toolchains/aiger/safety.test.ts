/** Questions to a model checker mean what was asked of the system: compared with trying everything. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AigEvaluation } from '../../../toolchains/verilog/aiger/evaluate.ts';
import type { Aig } from '../../../toolchains/verilog/aiger/model.ts';
import { readAiger } from '../../../toolchains/verilog/aiger/read.ts';
import { replayWitness } from '../../../toolchains/verilog/aiger/replay.ts';
import { atStep } from '../../../toolchains/verilog/aiger/runs.ts';
import { askSafety } from '../../../toolchains/verilog/aiger/safety.ts';
import { replayTernary } from '../../../toolchains/verilog/aiger/ternary.ts';
import { readWitness, writeWitness } from '../../../toolchains/verilog/aiger/witness.ts';
import { writeAiger } from '../../../toolchains/verilog/aiger/write.ts';
import { build, firstReached, recipes } from './systems.ts';

const STEPS = 6;

/** A witness of the folded system, by trying everything. */
function solve(aig: Aig, target: number, limit: number): { state: Uint8Array; inputs: Uint8Array[] } | undefined {
  let runs: { state: Uint8Array; path: Uint8Array[] }[] = [{ state: Uint8Array.from(aig.latches, () => 0), path: [] }];
  const open: Aig = { ...aig, latches: aig.latches.map((latch) => ({ ...latch, reset: 'free' })) };
  for (let step = 0; step < limit; step++) {
    const next = new Map<string, (typeof runs)[number]>();
    for (const { state, path } of runs) for (let choice = 0; choice < 2 ** aig.inputs.length; choice++) {
      const inputs = Uint8Array.from(aig.inputs, (_, bit) => (choice >> bit) & 1);
      const run = new AigEvaluation(open, state);
      run.settle(inputs);
      if (run.value(target) === 1) return { state: Uint8Array.from(aig.latches, () => 0), inputs: [...path, inputs] };
      const after = Uint8Array.from(aig.latches, (latch) => run.value(latch.next));
      if (!next.has(after.join(''))) next.set(after.join(''), { state: after, path: [...path, inputs] });
    }
    runs = [...next.values()];
  }
  return undefined;
}

describe('askSafety', () => {
  it('is reached in the same step as the target of the system, and its witness lifts', () => {
    fc.assert(fc.property(recipes, (recipe) => {
      const aig = build(recipe);
      const target = aig.bads[0]!;
      const question = askSafety(aig, [target], (_, copy) => copy(target));
      const expected = firstReached(aig, target, STEPS);
      const found = question.trivial === 'never' ? undefined : solve(question.aig, question.aig.outputs[0]!, STEPS);
      expect(found ? found.inputs.length - 1 : undefined).toBe(expected);
      if (question.trivial === 'at once') expect(expected).toBe(0);
      if (found) expect(replayWitness(aig, question.lift(found), target)).toMatchObject({ initial: true, reachedAt: expected });
    }), { numRuns: 250 });
  });

  it('has one output, no constraints and latches that start at 0', () => {
    fc.assert(fc.property(recipes, (recipe) => {
      const aig = build(recipe);
      const { aig: asked } = askSafety(aig, [aig.bads[0]!], (_, copy) => copy(aig.bads[0]!));
      expect(asked.outputs).toHaveLength(1);
      expect(asked.constraints).toEqual([]);
      expect(asked.latches.length).toBeGreaterThan(0);
      expect(asked.latches.every((latch) => latch.reset === 0)).toBe(true);
      const back = readAiger('back.aig', writeAiger(asked));
      expect(back.latches.map((latch) => latch.reset)).toEqual(asked.latches.map((latch) => latch.reset));
    }), { numRuns: 100 });
  });

  it('counts steps exactly', () => {
    for (let step = 0; step < 20; step++) {
      const question = askSafety({ maximumVariable: 0, inputs: [], latches: [], ands: { variable: new Uint32Array(), left: new Uint32Array(), right: new Uint32Array() }, outputs: [], bads: [], constraints: [], symbols: new Map() }, [], (builder) => atStep(builder, step));
      const run = new AigEvaluation(question.aig, []);
      const seen: number[] = [];
      for (let now = 0; now < 80; now++) { run.settle([]); if (run.value(question.aig.outputs[0]!) === 1) seen.push(now); run.advance(); }
      expect(seen).toEqual([step]);
    }
  });
});

describe('replayWitness', () => {
  it('refuses a wrong start, a broken constraint and a target that is not reached', () => {
    const builder = { maximumVariable: 2, inputs: [1], latches: [{ variable: 2, next: 2, reset: 0 as const }], ands: { variable: new Uint32Array(), left: new Uint32Array(), right: new Uint32Array() }, outputs: [], bads: [4], constraints: [3], symbols: new Map<string, string>() };
    const witness = (state: number, ...inputs: number[]) => ({ state: Uint8Array.of(state), inputs: inputs.map((value) => Uint8Array.of(value)) });
    // The latch takes the input; the constraint says that the input is 0.
    expect(replayWitness(builder, witness(1, 0, 0), 4)).toEqual({ initial: false, lawfulSteps: 2 });
    expect(replayWitness(builder, witness(0, 1, 0), 4)).toEqual({ initial: true, lawfulSteps: 0 });
    expect(replayWitness({ ...builder, constraints: [] }, witness(0, 1, 0), 4)).toEqual({ initial: true, lawfulSteps: 2, reachedAt: 1 });
    expect(replayWitness({ ...builder, constraints: [] }, witness(0, 0, 0), 4)).toEqual({ initial: true, lawfulSteps: 2 });
    expect(replayWitness({ ...builder, constraints: [] }, witness(0, 1, 0, 0), 4, 2)).toEqual({ initial: true, lawfulSteps: 3 });
  });
});

describe('replayTernary', () => {
  it('knows only what no choice of the unknown values changes', () => {
    fc.assert(fc.property(recipes, fc.infiniteStream(fc.nat(1)), (recipe, bits) => {
      const aig = build(recipe);
      const take = (): number => bits.next().value as number;
      const witness = { state: Uint8Array.from(aig.latches, (latch) => (latch.reset === 'free' ? take() : latch.reset)), inputs: Array.from({ length: 4 }, () => Uint8Array.from(aig.inputs, take)) };
      const value = replayTernary(aig, witness, 3, { inputs: new Set(aig.inputs.length > 0 ? [0] : []), state: true });
      const run = new AigEvaluation(aig, Uint8Array.from(aig.latches, take));
      for (const [step, inputs] of witness.inputs.entries()) { run.settle(inputs.map((given, index) => (index === 0 ? take() : given))); if (step < 3) run.advance(); }
      for (let literal = 0; literal <= 2 * aig.maximumVariable; literal++) { const known = value(literal); if (known !== undefined) expect(run.value(literal)).toBe(known); }
    }), { numRuns: 150 });
  });
});

describe('witness files', () => {
  it('come back as they were written', () => {
    fc.assert(fc.property(fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 5 }), (latches, inputs, steps) => {
      fc.pre(latches > 0 || inputs > 0);
      const witness = { state: Uint8Array.from({ length: latches }, (_, index) => index & 1), inputs: Array.from({ length: steps }, (_, step) => Uint8Array.from({ length: inputs }, (_value, index) => (index + step) & 1)) };
      const back = readWitness('w', writeWitness(witness), { latches, inputs });
      expect(back.state).toEqual(witness.state);
      expect(back.inputs).toEqual(witness.inputs);
    }));
  });

  it('are refused where they are cut or do not fit', () => {
    const shape = { latches: 2, inputs: 3 };
    expect(readWitness('w', '01\n000\n111# DONE\n', shape).inputs).toHaveLength(2);
    expect(readWitness('w', '1\nb0\n01\n000\n111\n.\n', shape).inputs).toHaveLength(2);
    for (const text of ['', '01\n000\n111\n', '01\n# DONE\n', '011\n000\n# DONE\n', '01\n00\n# DONE\n', '01\n002\n# DONE\n', '# DONE\n']) expect(() => readWitness('w', text, shape), text).toThrow();
  });
});
