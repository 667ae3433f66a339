/** [options] of an .sby: which mode, how deep, what is expected. An unknown option is a problem of the file, with its line. */
import type { Verdict } from '../../verdict.ts';
import type { Mode } from '../design.ts';
import type { SbyLine, SbyProblem } from './expand.ts';

export interface Options {
  readonly mode: Mode | undefined;
  readonly depth: number;
  readonly skip: number;
  readonly append: number;
  readonly timeoutSeconds?: number;
  readonly multiclock: boolean;
  readonly expected?: readonly Verdict['kind'][];
  readonly problems: readonly SbyProblem[];
  /** Options that change the trace files or the flow of sby only, and are not followed. */
  readonly unused: readonly SbyLine[];
}

const MODES: ReadonlySet<string> = new Set(['bmc', 'prove', 'cover', 'live', 'prep']);
/** They name files to write, widths of traces, or stops between tasks: no verdict depends on them. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'wait', 'vcd', 'vcd_sim', 'fst', 'cycle_width', 'aigsmt', 'tbtop', 'make_model', 'append_assume', 'cover_assert', 'assume_early',
  'witrename', 'aigfolds', 'aigvmap', 'aigsyms',
]);

/** Which verdicts an `expect` word stands for. Decides the exit code only. */
const EXPECTED: Readonly<Record<string, readonly Verdict['kind'][]>> = {
  pass: ['proved', 'bounded', 'covered'],
  fail: ['refuted', 'failed', 'unreachable'],
  unknown: ['unknown', 'bounded', 'out-of-resource'],
  error: ['malformed', 'crashed', 'tool-missing', 'failed'],
  timeout: ['timeout'],
};

export function readOptions(lines: readonly SbyLine[]): Options {
  const problems: SbyProblem[] = [];
  const unused: SbyLine[] = [];
  let mode: Mode | undefined;
  let depth = 20; // SymbiYosys reference: default of `depth`
  let skip = 0, append = 0, multiclock = false;
  let timeoutSeconds: number | undefined;
  let expected: readonly Verdict['kind'][] | undefined;
  for (const line of lines) {
    const [name, ...rest] = line.text.replace(/\s#.*$/, '').trim().split(/\s+/) as [string, ...string[]];
    const value = rest.join(' ');
    const problem = (message: string): void => { problems.push({ line: line.line, message }); };
    const whole = (): number => {
      if (/^\d{1,9}$/.test(value)) return Number(value);
      problem(`option ${name}: "${value}" is not a whole number`);
      return 0;
    };
    switch (name) {
      case 'mode': if (MODES.has(value)) mode = value as Mode; else problem(`unknown mode "${value}"`); break;
      case 'depth': depth = whole(); if (value === '0') problem('option depth: at least one step'); break;
      case 'skip': skip = value === 'none' ? 0 : whole(); break;
      case 'append': append = whole(); break;
      case 'timeout': if (value !== 'none') timeoutSeconds = whole(); break;
      case 'multiclock': if (value === 'on' || value === 'off') multiclock = value === 'on'; else problem(`option multiclock: on or off, not "${value}"`); break;
      case 'expect': {
        const words = value.toLowerCase().split(',').map(word => word.trim());
        for (const word of words) if (!EXPECTED[word]) problem(`option expect: unknown word "${word}"`);
        expected = words.flatMap(word => EXPECTED[word] ?? []);
        break;
      }
      case 'smtc': problem('option smtc: constraint files are not supported; write the constraint as an assume'); break;
      case 'skip_prep': if (value !== 'off') problem('option skip_prep: not supported; remove it'); break;
      default: if (WITHOUT_EFFECT.has(name)) unused.push(line); else problem(`unknown option "${name}"`);
    }
  }
  if (!mode && problems.length === 0) problems.push({ line: lines[0]?.line ?? 1, message: '[options] has no mode (bmc, prove, cover)' });
  return { mode, depth, skip, append, multiclock, problems, unused, ...(timeoutSeconds !== undefined && { timeoutSeconds }), ...(expected && { expected }) };
}
