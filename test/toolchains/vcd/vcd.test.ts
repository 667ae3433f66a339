/** Traces go out and come back; hostile dumps are refused. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../toolchains/contract.ts';
import type { Trace } from '../../../toolchains/verilog/design.ts';
import { readVcd, readVcdStream } from '../../../toolchains/verilog/vcd/read.ts';
import { splitName, writeVcd } from '../../../toolchains/verilog/vcd/write.ts';

const digits = (width: number) => fc.array(fc.constantFrom('0', '1', 'x', 'z'), { minLength: width, maxLength: width }).map((list) => list.join(''));
const traces: fc.Arbitrary<Trace> = fc.integer({ min: 1, max: 8 }).chain((steps) => fc.array(
  fc.record({ name: fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}(\.[a-z][a-z0-9_]{0,8}){0,2}$/), width: fc.integer({ min: 1, max: 70 }) }), { minLength: 1, maxLength: 8 },
).chain((shapes) => fc.tuple(...shapes.map(({ name, width }) => fc.array(digits(width), { minLength: steps, maxLength: steps }).map((values) => ({ name, width, values })))).map((signals) => ({ steps, signals }))));

describe('a written trace', () => {
  it('is read back as it was', () => {
    fc.assert(fc.property(traces, (trace) => {
      const back = readVcd(writeVcd(trace, { top: 'top' }), { period: 10 });
      expect(back.steps).toBe(trace.steps);
      // Signals of inner scopes come later; names may repeat.
      const key = (signal: Trace['signals'][number]): string => JSON.stringify(signal);
      expect(back.signals.map(key).sort()).toEqual(trace.signals.map(key).sort());
    }), { numRuns: 40 });
  });

  it('draws clocks and keeps names whole', () => {
    const text = writeVcd({ steps: 2, signals: [{ name: 'clk', width: 1, values: ['0', '0'] }, { name: 'u.\\odd.name [3] q', width: 2, values: ['01', '01'] }] }, { top: 'top', clocks: new Set(['clk']) });
    expect(text).toContain('#0\n1!');
    expect(text).toContain('#5\n0!');
    expect(text).toContain('$scope module u $end');
  });

  it('splits names at dots, but not inside escaped ones', () => {
    expect(splitName('a.b.c')).toEqual(['a', 'b', 'c']);
    expect(splitName('u.\\x.y z')).toEqual(['u', '\\x.y', 'z']);
    expect(splitName('')).toEqual(['_']);
  });
});

const HEAD = '$timescale 1 ns $end\n$scope module t $end\n$var wire 2 ! a [1:0] $end\n$var wire 1 " __proto__ $end\n$upscope $end\n$enddefinitions $end\n';

describe('a read trace', () => {
  it('extends short values and holds what does not change', () => {
    const trace = readVcd(`${HEAD}#0\nb1 !\n1"\n#10\nbx !\n#20\n`, { period: 10 });
    expect(trace).toEqual({ steps: 2, signals: [{ name: 'a', width: 2, values: ['01', 'xx'] }, { name: '__proto__', width: 1, values: ['1', '1'] }] });
  });

  it('may come in chunks of any size', async () => {
    const bytes = Buffer.from(`${HEAD}#0\nb10 !\n0"\n#10\n1"\n#20\n`);
    const whole = readVcd(bytes, { period: 10 });
    for (const size of [1, 3, 7]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      expect(await readVcdStream((async function* () { yield* chunks; })(), { period: 10 })).toEqual(whole);
    }
  });

  it('refuses what is no dump, and what is too much', () => {
    const bad: readonly string[] = [
      '', '#0\n', '$enddefinitions', `${HEAD}#5\n#4\n`, `${HEAD}1?\n`, `${HEAD}b111 !\n`, `${HEAD}b1`, `${HEAD}hello\n`, '$var wire 0 ! a $end $enddefinitions $end',
      '$var wire 99999999 ! a $end $enddefinitions $end', `${HEAD}$var wire 1 ! late $end`, '$var wire 1 ! a $end $var wire 2 ! b $end $enddefinitions $end',
    ];
    for (const text of bad) expect(() => readVcd(text), JSON.stringify(text)).toThrow(InputError);
    expect(() => readVcd(`${HEAD}#0\n1"\n#999999999999\n`, { period: 1 })).toThrow(InputError);
    expect(() => readVcd(`${HEAD}${'#1\n'.repeat(1)}${'0'.repeat(200_000)}`)).toThrow(InputError);
    expect(() => readVcd(HEAD + Array.from({ length: 50 }, (_, time) => `#${time}\n${time % 2}"\n`).join(''), { bounds: { steps: 10 } })).toThrow(InputError);
  });

  it('never fails in any other way', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('$var', 'wire', '1', '!', 'a', '$end', '$enddefinitions', '#0', '#7', '0!', 'b1', '$scope', 'module', '$upscope', 'x!', '$dumpvars', 'r1.5'), { maxLength: 40 }), (words) => {
      try { readVcd(words.join(' ')); } catch (error) { expect(error).toBeInstanceOf(InputError); }
    }), { numRuns: 500 });
  });

  const recorded = new URL('../../../../shared/data/recorded/yosys-0.23/bad-bmc.vcd', import.meta.url);
  it.skipIf(!existsSync(recorded))('reads what smtbmc wrote, one step every ten units (needs the recorded data)', () => {
    const trace = readVcd(readFileSync(recorded));
    const q = trace.signals.find((signal) => signal.name === 'q');
    expect(q?.values.map((value) => Number.parseInt(value, 2)).some((value) => value >= 40)).toBe(true);
    expect(trace.steps).toBe(6);
    expect(trace.signals.map((signal) => signal.name)).toEqual(['clk', 'd', 'en', 'past', 'q', 'rst']);
  });
});
