/** The readers of ABC's output, against whole real transcripts and all that can be done to them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AbcAnswer, readBmcOutput, readPdrOutput } from '../../../toolchains/verilog/aiger/abc-output.ts';

const read = (name: string): string => readFileSync(`test/fixtures/abc/${name}.txt`, 'latin1');
const sizeOf = (text: string): { inputs: number; latches: number } => {
  const match = /PI\/PO\/Reg = (\d+)\/1\/(\d+)\./.exec(text)!;
  return { inputs: Number(match[1]), latches: Number(match[2]) };
};
const bmc = (text: string, frames = 6): AbcAnswer => readBmcOutput(text, sizeOf(read('bmc-clear')), frames);
const green = (answer: AbcAnswer): boolean => answer.kind === 'free-up-to' || answer.kind === 'never';

describe('bmc3', () => {
  it('reads whole transcripts', () => {
    expect(bmc(read('bmc-clear'))).toEqual({ kind: 'free-up-to', frames: 6 });
    expect(readBmcOutput(read('bmc-reached'), sizeOf(read('bmc-reached')), 6)).toEqual({ kind: 'reached', frame: 4 });
    expect(readBmcOutput(read('bmc-open'), sizeOf(read('bmc-open')), 6)).toEqual({ kind: 'undecided', frames: 1 });
  });

  it('takes an early stop for what it is, where all states must have been visited', () => {
    const text = read('bmc-explored');
    const size = sizeOf(text);
    expect(readBmcOutput(text, size, 10)).toEqual({ kind: 'free-up-to', frames: 10 });
    expect(readBmcOutput(text.replace('all 2^2', 'all 2^1'), size, 10).kind).toBe('unreadable');
    expect(readBmcOutput(text.replace('completing 4 frames', 'completing 3 frames'), size, 10).kind).toBe('unreadable');
    expect(readBmcOutput(text.replace('Status = 1', 'Status = -1'), size, 10).kind).toBe('unreadable');
    expect(readBmcOutput(text.replace(/^ABC: +3 \+ :.*\n/m, ''), size, 10).kind).toBe('unreadable');
    expect(readBmcOutput(text.replace(/^ABC: Stopping.*\n/m, ''), size, 10).kind).toBe('unreadable');
  });

  it('does not take another system, another depth or another command for its own', () => {
    const text = read('bmc-clear');
    expect(readBmcOutput(text, { inputs: 99, latches: 1 }, 6).kind).toBe('unreadable');
    for (const frames of [5, 7, 60]) expect(bmc(text, frames).kind).toBe('unreadable');
    expect(readPdrOutput(text).kind).toBe('unreadable');
    expect(bmc(text.replace('FramesMax = 6', 'FramesMax = 5')).kind).toBe('unreadable');
    expect(bmc(text.replace('Start = 0', 'Start = 3')).kind).toBe('unreadable');
    expect(bmc(text.replace('No output asserted in 6 frames', 'No output asserted in 5 frames')).kind).toBe('unreadable');
    expect(bmc(text.replace(/^(ABC: \+ read_aiger.*)$/m, '$1\nABC: Warning: The last output is interpreted as a constraint.')).kind).toBe('unreadable');
  });
});

describe('pdr', () => {
  it('reads whole transcripts', () => {
    expect(readPdrOutput(read('pdr-proved'))).toEqual({ kind: 'never' });
    expect(readPdrOutput(read('pdr-reached'))).toEqual({ kind: 'reached', frame: 4 });
    expect(readPdrOutput(read('pdr-open')).kind).toBe('undecided');
  });

  it('wants the invariant, its verification and the status of a proof', () => {
    const text = read('pdr-proved');
    expect(readPdrOutput(text.replace(/Verification of invariant with \d+/, 'Verification of invariant with 999')).kind).toBe('unreadable');
    expect(readPdrOutput(text.replace('Status = 1', 'Status = -1')).kind).toBe('unreadable');
    expect(readPdrOutput(text.replace(/was successful\./, 'has failed.')).kind).toBe('unreadable');
  });
});

/** What a green answer rests on: where one of these lines is gone or doubled, there is none. */
const RECORDS: Readonly<Record<string, readonly RegExp[]>> = {
  'bmc-clear': [/\+ read_aiger/, /\+ bmc3/, /Running "bmc3"/, /Params:/, /^ABC: +\d+ \+ :/, /No output asserted/, /\+ print_status/, /Status =/, /\+ write_cex/, /^End of script/],
  'pdr-proved': [/\+ read_aiger/, /\+ pdr/, /VarMax/, /Invariant F/, /Verification of invariant/, /TOTAL/, /Property proved/, /\+ print_status/, /Status =/, /\+ write_cex/, /^End of script/],
};

describe.each(['bmc-clear', 'pdr-proved'])('%s', (name) => {
  const lines = read(name).split('\n');
  const answer = (changed: readonly string[]): AbcAnswer => (name === 'bmc-clear' ? bmc(changed.join('\n')) : readPdrOutput(changed.join('\n')));
  const end = lines.findIndex((line) => line.startsWith('End of script'));

  it('is green as recorded', () => { expect(green(answer(lines))).toBe(true); });

  it('is not green where it is cut at any line before its end', () => {
    for (let cut = 0; cut <= end; cut++) expect(green(answer(lines.slice(0, cut))), `cut at ${cut}`).toBe(false);
  });

  it('is not green where the text ends inside any line before its end', () => {
    const text = lines.slice(0, end).join('\n');
    for (let cut = 0; cut < text.length; cut += 7) expect(green(answer([text.slice(0, cut)]))).toBe(false);
  });

  it('is not green where a record is dropped', () => {
    for (const [index, line] of lines.entries())
      if (RECORDS[name]!.some((record) => record.test(line))) expect(green(answer(lines.filter((_, other) => other !== index))), `without ${line}`).toBe(false);
  });

  it('is not green where a record is doubled, but for the end', () => {
    for (const [index, line] of lines.entries())
      if (index !== end && RECORDS[name]!.some((record) => record.test(line))) expect(green(answer(lines.flatMap((each, other) => (other === index ? [each, each] : [each])))), `twice ${line}`).toBe(false);
  });

  it('never becomes another decided answer by dropping or doubling any line', () => {
    for (let index = 0; index < lines.length; index++)
      for (const changed of [lines.filter((_, other) => other !== index), lines.flatMap((each, other) => (other === index ? [each, each] : [each]))])
        expect(['free-up-to', 'never', 'unreadable', 'undecided']).toContain(answer(changed).kind);
  });
});
