/** [options] of an .sby: which mode, how deep, what is expected. What is wrong with an option is a problem of the file, with its line. */
import type { Verdict } from '../../verdict.ts';
import { DEFAULT_TRACES, type Mode, type TaskNote, type TraceOptions } from '../design.ts';
import type { SbyLine, SbyProblem } from './expand.ts';
import { OPTION_TABLE } from './option-table.ts';

export interface Options {
  readonly mode: Mode | undefined;
  readonly depth: number;
  readonly skip: number;
  readonly traces: TraceOptions;
  readonly timeoutSeconds?: number;
  readonly multiclock: boolean;
  readonly assumeEarly: boolean;
  readonly coverAssert: boolean;
  readonly wait: boolean;
  readonly expected?: readonly Verdict['kind'][];
  readonly problems: readonly SbyProblem[];
  /** Options that no verdict depends on, and that are not followed. */
  readonly notes: readonly TaskNote[];
}

const MODES: ReadonlySet<string> = new Set(['bmc', 'prove', 'cover', 'live', 'prep']);

/** Which verdicts an `expect` word stands for. Decides the exit code only. */
const EXPECTED: Readonly<Record<string, readonly Verdict['kind'][]>> = {
  pass: ['proved', 'bounded', 'covered'],
  fail: ['refuted', 'failed', 'unreachable'],
  unknown: ['unknown', 'bounded', 'out-of-resource'],
  error: ['malformed', 'crashed', 'tool-missing', 'failed'],
  timeout: ['timeout'],
  cancelled: ['cancelled'],
};

interface Given { readonly line: number; readonly name: string; readonly value: string }

export function readOptions(lines: readonly SbyLine[]): Options {
  const problems: SbyProblem[] = [];
  const notes: TaskNote[] = [];
  const given = new Map<string, Given>();
  for (const line of lines) {
    const [name, ...rest] = line.text.replace(/\s#.*$/, '').trim().split(/\s+/) as [string, ...string[]];
    const option: Given = { line: line.line, name, value: rest.join(' ') };
    const problem = problemOf(option);
    if (problem !== undefined) problems.push({ line: line.line, message: problem });
    // As sby: the last line of a name holds.
    else given.set(name, option);
  }
  const value = (name: string): string | undefined => given.get(name)?.value;
  const number = (name: string, usual: number): number => { const text = value(name); return text === undefined || text === 'none' ? usual : Number(text); };
  const isOn = (name: string, usual: boolean): boolean => { const text = value(name); return text === undefined ? usual : text === 'on'; };
  const mode = value('mode') as Mode | undefined;
  if (!mode && problems.length === 0) problems.push({ line: lines[0]?.line ?? 1, message: '[options] has no mode (bmc, prove, cover)' });
  for (const { line, name, value: text } of given.values()) {
    const rule = OPTION_TABLE[name]!;
    if (mode && rule.modes && !rule.modes.includes(mode)) problems.push({ line, message: `option ${name} has no meaning in mode ${mode}` });
    else if (rule.fate === 'said' && text !== rule.asUsual) notes.push({ line, message: `option ${name}: ${rule.word}` });
  }
  const expect = value('expect');
  return {
    mode, depth: number('depth', 20), skip: number('skip', 0), multiclock: isOn('multiclock', false), assumeEarly: isOn('assume_early', true),
    coverAssert: isOn('cover_assert', false), wait: isOn('wait', false), problems, notes,
    traces: {
      vcd: isOn('vcd', true), cycleWidth: number('cycle_width', DEFAULT_TRACES.cycleWidth), append: number('append', 0), appendAssume: isOn('append_assume', true),
    },
    ...(given.has('timeout') && value('timeout') !== 'none' && { timeoutSeconds: number('timeout', 0) }),
    ...(expect !== undefined && { expected: expectWords(expect).flatMap(word => EXPECTED[word] ?? []) }),
  };
}

function expectWords(value: string): readonly string[] {
  return value.toLowerCase().split(',').map(word => word.trim());
}

/** What is wrong with one line by itself. */
function problemOf({ name, value }: Given): string | undefined {
  const rule = Object.hasOwn(OPTION_TABLE, name) ? OPTION_TABLE[name] : undefined;
  if (!rule) return `unknown option "${name}"`;
  if (value === '') return `option ${name}: no value`;
  if (rule.form === 'switch' && value !== 'on' && value !== 'off') return `option ${name}: on or off, not "${value}"`;
  const isNumber = /^\d{1,9}$/.test(value);
  const mayBeNone = name === 'timeout' || name === 'skip';
  if ((rule.form === 'number' || (mayBeNone && value !== 'none')) && !isNumber) return `option ${name}: "${value}" is not a whole number`;
  if (rule.fate === 'refused' && value !== rule.asUsual) return `option ${name}: ${rule.word}`;
  switch (name) {
    case 'mode': return MODES.has(value) ? undefined : `unknown mode "${value}"`;
    case 'depth': return Number(value) === 0 ? 'option depth: at least one step' : undefined;
    case 'cycle_width': return Number(value) < 2 || Number(value) % 2 !== 0 ? 'option cycle_width: an even number of at least 2' : undefined;
    case 'append': return Number(value) > MOST_APPENDED ? `option append: at most ${MOST_APPENDED} steps` : undefined;
    case 'expect': { const wrong = expectWords(value).find(word => !Object.hasOwn(EXPECTED, word)); return wrong === undefined ? undefined : `option expect: unknown word "${wrong}"`; }
    default: return undefined;
  }
}

/** A trace is kept with the verdict; more steps than this are no trace to look at. */
const MOST_APPENDED = 10_000;
