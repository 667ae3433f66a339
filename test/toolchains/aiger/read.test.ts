/** The AIGER readers on good and on hostile files. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../toolchains/contract.ts';
import { AigEvaluation } from '../../../toolchains/verilog/aiger/evaluate.ts';
import { readAigerMap } from '../../../toolchains/verilog/aiger/map.ts';
import { readAiger } from '../../../toolchains/verilog/aiger/read.ts';
import { readWitness } from '../../../toolchains/verilog/aiger/witness.ts';
import { writeAiger } from '../../../toolchains/verilog/aiger/write.ts';
import { build, recipes } from './systems.ts';

const text = (...lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));

describe('readAiger', () => {
  it('reads the text format with resets, bads, constraints and symbols', () => {
    const aig = readAiger('a.aag', text('aag 6 1 2 1 2 1 1', '2', '4 8 1', '6 10 6', '8', '10', '3', '8 4 2', '10 9 7', 'i0 enable', 'l1 state of it', 'b0 never', 'c', 'a comment'));
    expect(aig.latches).toEqual([{ variable: 2, next: 8, reset: 1 }, { variable: 3, next: 10, reset: 'free' }]);
    expect(aig).toMatchObject({ inputs: [1], outputs: [8], bads: [10], constraints: [3] });
    expect([...aig.symbols]).toEqual([['i0', 'enable'], ['l1', 'state of it'], ['b0', 'never']]);
  });

  it('puts gates of the text format into order', () => {
    const aig = readAiger('a.aag', text('aag 4 1 0 1 3', '2', '8', '8 6 7', '6 4 2', '4 2 2'));
    expect([...aig.ands.variable]).toEqual([2, 3, 4]);
  });

  it('reads back what is written, with the same behaviour', () => {
    fc.assert(fc.property(recipes, fc.infiniteStream(fc.nat(1)), (recipe, bits) => {
      const aig = build(recipe);
      const back = readAiger('b.aig', writeAiger(aig));
      const state = aig.latches.map(() => bits.next().value as number);
      const one = new AigEvaluation(aig, state);
      const other = new AigEvaluation(back, state);
      for (let step = 0; step < 5; step++) {
        const inputs = aig.inputs.map(() => bits.next().value as number);
        for (const run of [one, other]) run.settle(inputs);
        expect([...back.bads, ...back.constraints].map((literal) => other.value(literal))).toEqual([...aig.bads, ...aig.constraints].map((literal) => one.value(literal)));
        for (const run of [one, other]) run.advance();
      }
    }), { numRuns: 200 });
  });

  it('refuses what is broken', () => {
    const bad: readonly Buffer[] = [
      text(''), text('aig'), text('aag 1 1 0 0'), text('aag 1 1 0 0 0 0 0 1', '2'), text('aag x 1 0 0 0'), text('aag 999999999 0 0 0 0'), text('aag 5 5 0 0 0', '2'),
      text('aag 1 1 0 0 0', '3'), text('aag 1 1 0 0 0', '4'), text('aag 2 2 0 0 0', '2', '2'), text('aag 1 0 0 1 0', '2'), text('aag 1 0 1 0 0', '2 2 7'),
      text('aag 3 1 0 1 2', '2', '4', '4 6 2', '6 4 2'), text('aag 2 1 0 1 1', '2', '4', '4 4 2'), text('aag 1 1 0 0 0', '2', 'i7 name'), text('aag 1 1 0 0 0', '2', 'nonsense'),
      text('aig 3 1 0 0 1'), text('aig 999999 999999 0 0 9'), text('aig 67108863 67108863 0 0 0'), Buffer.from('aig 2 1 0 0 1\n\xff\xff\xff\xff\xff\xff\n', 'latin1'), Buffer.from('aig 2 1 0 0 1\n\x09\x00', 'latin1'), Buffer.from('aag 1 1 0 0 0\n2'),
    ];
    for (const content of bad) expect(() => readAiger('bad', content), JSON.stringify(content.toString('latin1'))).toThrow(InputError);
  });

  it('never fails in any other way on cut or changed files', () => {
    const sources = fc.oneof(recipes.map((recipe) => writeAiger(build(recipe))), fc.constant(text('aag 6 1 2 1 2 1 1', '2', '4 8 1', '6 10 6', '8', '10', '3', '8 4 2', '10 9 7', 'i0 enable')));
    fc.assert(fc.property(sources, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), (content, cut, changes) => {
      const bytes = Buffer.from(content.subarray(0, content.length - (cut % (content.length + 1))));
      for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
      try {
        const aig = readAiger('fuzz', bytes);
        new AigEvaluation(aig, []).settle([]);
      } catch (error) { expect(error).toBeInstanceOf(InputError); }
    }), { numRuns: 500 });
  });

  it('does not take long for deep or repeated gates', () => {
    const depth = 100_000;
    const lines = [`aag ${depth + 1} 1 0 1 ${depth}`, '2', `${2 * depth + 2}`];
    for (let gate = depth; gate >= 1; gate--) lines.push(`${2 * gate + 2} ${2 * gate} ${2 * gate}`);
    expect(readAiger('deep', text(...lines)).ands.variable.length).toBe(depth);
  });
});

describe('readAigerMap', () => {
  it('reads the map of yosys, names with blanks and all', () => {
    expect(readAigerMap('m.aim', 'input 0 0 clk\nlatch 3 7 \\odd name [1]\nninitff 21\ninit 8 -1 x\n')).toEqual([
      { kind: 'input', index: 0, bit: 0, signal: 'clk' }, { kind: 'latch', index: 3, bit: 7, signal: '\\odd name [1]' }, { kind: 'init', index: 8, bit: -1, signal: 'x' },
    ]);
    expect(() => readAigerMap('m.aim', 'input 0 clk\n')).toThrow(InputError);
  });
});

const recorded = new URL('../../../../shared/data/recorded/yosys-0.23/', import.meta.url);
describe.skipIf(!existsSync(recorded))('recorded witnesses (need the recorded data)', () => {
  it.each([['bad.aiw', 23, 20], ['bad-bmc3.aiw', 23, 20], ['fifo.aiw', 53, 77]])('%s', (name, latches, inputs) => {
    const content = readFileSync(new URL(name, recorded), 'latin1');
    const witness = readWitness(name, content, { latches, inputs });
    expect(witness.inputs.length).toBe(content.split('\n').filter((line) => /^[01]/.test(line)).length - 1);
    for (let cut = 0; cut < content.length - 1; cut += 11) expect(() => readWitness(name, content.slice(0, cut), { latches, inputs })).toThrow(InputError);
  });
});
