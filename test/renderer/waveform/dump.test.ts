/** Dumps as lists of changes: what real traces hold, what is cut, and what is refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeVcd } from '../../../toolchains/verilog/vcd/write.ts';
import { DumpError, edge, nameOf, readDump, valueAt } from '../../../renderer/views/waveform/dump.ts';
import { firstState, namesOf, reduceWave } from '../../../renderer/views/waveform/state.ts';
import { height, shown } from '../../../renderer/views/waveform/values.ts';
import { axis, moved, whole, xOf, zoomed } from '../../../renderer/views/waveform/view.ts';

const SMALL = `$timescale 1 ns $end $scope module top $end $var wire 1 ! clk $end $var wire 8 " count [7:0] $end
$scope module inner $end $var wire 8 " seen $end $upscope $end $upscope $end $enddefinitions $end
#0 $dumpvars 0! b0 " $end #5 1! b11 " #10 0! #15 1! b1x " #20`;

describe('a dump', () => {
  const dump = readDump(SMALL);
  const [clock, count, seen] = dump.signals;
  it('names signals by their scopes, and one code may have two names', () => {
    expect(dump.signals.map(nameOf)).toEqual(['clk', 'count', 'inner.seen']);
    expect(seen!.values).toBe(count!.values);
    expect(dump).toMatchObject({ unit: '1ns', end: 20, steps: [] });
  });
  it('gives values at any time, extended as the standard says', () => {
    expect([valueAt(count!, -1), valueAt(count!, 0), valueAt(count!, 7), valueAt(count!, 99)]).toEqual([undefined, '00000000', '00000011', '0000001x']);
  });
  it('finds the next and the previous change', () => {
    expect([edge(clock!, 0, 1), edge(clock!, 7, 1), edge(clock!, 7, -1), edge(clock!, 5, -1), edge(clock!, 15, 1), edge(clock!, 0, -1)]).toEqual([5, 10, 5, 0, undefined, undefined]);
  });
  it.each(['', 'no dump at all', '$var wire 1 ! a $end', '$enddefinitions $end #0 1?', '$enddefinitions $end #5 #3', '$var wire x ! a $end $enddefinitions $end'])('is refused where it is none: %s', (text) => {
    expect(() => readDump(text)).toThrow(DumpError);
  });
  it('keeps hostile names as text', () => {
    const name = '<img/onerror=alert(1)>__proto__';
    expect(nameOf(readDump(`$scope module t $end $var wire 1 ! ${name} $end $enddefinitions $end`).signals[0]!)).toBe(name);
  });
});

const recorded = join(import.meta.dirname, '../../../../shared/data/recorded');
const traces = (() => { try { return readdirSync(recorded, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.vcd')).slice(0, 20); } catch { return []; } })();
it.skipIf(traces.length === 0)('recorded traces of real tools are read (needs shared data)', () => {
  for (const path of traces) expect(readDump(readFileSync(join(recorded, path), 'latin1')).signals.length, path).toBeGreaterThan(0);
});

describe('the cycles of a dump', () => {
  const trace = { steps: 3, signals: [{ name: 'clk', width: 1, values: ['0', '0', '0'] }, { name: 'left', width: 4, values: ['0000', '0000', '1111'] }] };
  it('are the steps of the trace that it was written from, also where a clock changes within them', () => {
    for (const clocks of [new Set<string>(), new Set(['clk'])]) {
      const dump = readDump(writeVcd(trace, { top: 'timer', clocks }));
      expect(dump.steps).toEqual([0, 10, 20]);
      expect(dump.steps.map((time) => valueAt(dump.signals[1]!, time))).toEqual(trace.signals[1]!.values);
    }
  });
  it('are counted by yosys-smtbmc itself', () => {
    expect(readDump('$var integer 32 t smt_step $end $scope module m $end $var wire 1 n0 a $end $upscope $end $enddefinitions $end #0 b0 t b0 n0 #5 #10 b1 t b1 n0 #15 #20 b10 t').steps).toEqual([0, 10, 20]);
  });
});

describe('values', () => {
  it('are shown in every radix, unknown digits as such', () => {
    expect(['binary', 'hexadecimal', 'unsigned', 'signed', 'text'].map((radix) => shown('11110001', radix as 'binary'))).toEqual(['11110001', 'f1', '241', '-15', '·']);
    expect([shown('10x0zzzz', 'hexadecimal'), shown('10x0zzzz', 'unsigned'), shown('x', 'hexadecimal'), shown('0100000101000010', 'text'), shown('101', 'hexadecimal')]).toEqual(['xz', 'xz', 'x', 'AB', '5']);
    expect([height('1111', 'signed'), height('1111', 'unsigned'), height('1x', 'unsigned')]).toEqual([-1, 15, undefined]);
  });
});

describe('the view', () => {
  it('zooms about a time that stays where it is, never beyond the dump', () => {
    const view = zoomed(whole(100), 30, 0.5, 100);
    expect(xOf(view, 1000, 30)).toBeCloseTo(xOf(whole(100), 1000, 30));
    expect(zoomed(view, 30, 1000, 100)).toEqual(whole(100));
    expect(moved(view, 1e9, 100).to).toBeCloseTo(whole(100).to);
  });
  it('marks round times', () => { expect(axis({ from: 0, to: 100 }, 900)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]); });
});

describe('what a person chose', () => {
  const dump = readDump(SMALL);
  it('begins with what matters to the failure, or with what was there before', () => {
    expect(firstState(dump, ['inner.seen', 'gone'], undefined, 15)).toMatchObject({ shown: [{ name: 'inner.seen' }], cursor: 15 });
    expect(firstState(dump, [], [{ name: 'clk', radix: 'binary', analogue: false }, { name: 'gone', radix: 'binary' }, 7], undefined).shown.map((signal) => signal.name)).toEqual(['clk']);
    expect(firstState(dump, [], undefined, undefined).shown).toHaveLength(namesOf(dump).size);
  });
  it('moves, removes, marks and follows changes', () => {
    let state = firstState(dump, [], undefined, undefined);
    state = reduceWave(dump, state, { type: 'move', row: 0, to: 2 });
    expect(state.shown.map((signal) => signal.name)).toEqual(['count', 'inner.seen', 'clk']);
    state = reduceWave(dump, state, { type: 'edge', direction: 1 });
    expect(state.cursor).toBe(5);
    state = reduceWave(dump, reduceWave(dump, state, { type: 'marker' }), { type: 'remove', row: 2 });
    expect(state).toMatchObject({ markers: [5], row: 1, shown: [{ name: 'count' }, { name: 'inner.seen' }] });
    expect(reduceWave(dump, state, { type: 'add', names: ['count'] })).toMatchObject({ row: 0, shown: state.shown });
  });
});
