/** Reads the `.aim` map of yosys' `write_aiger -map`: which input, latch or initial value is which bit of which signal. */
import { InputError } from '../../contract.ts';

export interface AigerMapEntry {
  readonly kind: 'input' | 'init' | 'latch' | 'invlatch' | 'output' | 'wire';
  /** Of the input, latch or output; for `init`: of the input that carries it. */
  readonly index: number;
  readonly bit: number;
  readonly signal: string;
}

export function readAigerMap(file: string, text: string): readonly AigerMapEntry[] {
  const entries: AigerMapEntry[] = [];
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    // "ninitff N" names the latch that is 0 in the first step.
    if (line === '' || /^ninitff \d+$/.test(line)) continue;
    const match = /^(input|init|latch|invlatch|output|wire) (\d{1,9}) (-?\d{1,9}) (.+)$/s.exec(line);
    if (!match) throw new InputError(file, `line ${number + 1}: "${line.slice(0, 40)}" is no entry of a map`);
    entries.push({ kind: match[1] as AigerMapEntry['kind'], index: Number(match[2]), bit: Number(match[3]), signal: match[4]! });
  }
  return entries;
}
