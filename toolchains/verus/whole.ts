/**
 * What a run says of the crate as a whole, where it says nothing of single functions that can be believed.
 * Exit codes (recorded, Verus 0.2026.06.07): 0 verified; 1 proof, Rust or syntax error, missing file, unknown option of rustc;
 * 255 bad value of an option; 128 no solver; 134 panic (wrong Z3). They only break ties: the text decides.
 */
import type { Limits } from '../contract.ts';
import { openVerdict } from '../ended.ts';
import type { ProcessResult } from '../process.ts';
import type { Verdict } from '../verdict.ts';
import type { DiagnosticReading } from './diagnostics.ts';
import type { Reading } from './output.ts';

const PANIC = /^thread '.*' (?:\(\d+\) )?panicked at|^error: internal compiler error/;
const NO_SOLVER = /could not execute (?:z3|cvc5|the solver)|^help: z3 needs to be in the PATH/;
const WRONG_SOLVER = /^expected (?:z3|cvc5) version|^The verifier expects (?:z3|cvc5) version/;
const NO_TOOLCHAIN = /^verus: required rust toolchain (\S+) not found|^verus: rustup not found/;

/** Undefined where the run went through and its records can be weighed one by one. */
export function verdictOfWhole(reading: Reading, said: DiagnosticReading, result: ProcessResult, verus: string, limits: Limits): Verdict | undefined {
  const open = openVerdict(result, verus, limits);
  if (open) return open.kind === 'timeout' ? { ...open, seconds: Math.round(result.seconds), reason: 'the whole run took too long, and its records come at the end' } : open;
  const errors = said.diagnostics.filter((one) => one.severity === 'error');
  const everything = [...said.stray, ...reading.stray, ...errors.map((one) => one.message)];
  const find = (pattern: RegExp): string | undefined => everything.find((line) => pattern.test(line));
  const solver = find(NO_SOLVER);
  if (solver !== undefined) return { kind: 'tool-missing', reason: firstLine(solver), remedy: 'put the z3 of the Verus release beside verus, or set VERUS_Z3_PATH' };
  const wrong = find(WRONG_SOLVER);
  if (wrong !== undefined) return { kind: 'tool-missing', reason: firstLine(wrong), remedy: 'put the z3 of the Verus release beside verus, or set VERUS_Z3_PATH' };
  const toolchain = find(NO_TOOLCHAIN);
  if (toolchain !== undefined) {
    const version = NO_TOOLCHAIN.exec(toolchain)?.[1];
    return { kind: 'tool-missing', reason: firstLine(toolchain), remedy: version === undefined ? 'install rustup (https://rustup.rs)' : `rustup toolchain install ${version}` };
  }
  const panic = find(PANIC);
  if (panic !== undefined) return { kind: 'crashed', reason: `${verus}: ${firstLine(panic)}${after(said.stray, panic)}` };
  const doubt = reading.doubt ?? reading.reports.find((report) => report.doubt !== undefined)?.doubt;
  if (doubt !== undefined) return { kind: 'crashed', reason: `${verus}: ${doubt}` };
  if (reading.reports.length === 0) {
    const [first] = errors;
    if (first) return { kind: 'malformed', reason: described(first.message, errors.length) };
    const text = said.stray[0] ?? reading.stray[0];
    return { kind: 'crashed', reason: `${verus} ended with code ${result.exit.code ?? ''} and without a result${text === undefined ? '' : `: ${firstLine(text)}`}` };
  }
  const refused = reading.reports.find((report) => report.encounteredVirError || (report.encounteredError && (report.errors ?? 0) === 0));
  if (refused) {
    const [first] = errors;
    return first ? { kind: 'malformed', reason: described(first.message, errors.length) } : { kind: 'crashed', reason: `${verus} met an error and did not say which` };
  }
  if (reading.reports.some((report) => report.entireCrate !== true || report.success === undefined || report.verified === undefined || report.errors === undefined))
    return { kind: 'crashed', reason: `${verus} did not go through the whole crate` };
  const succeeded = reading.reports.every((report) => report.success === true);
  if ((result.exit.code === 0) !== succeeded) return { kind: 'crashed', reason: `${verus} ended with code ${result.exit.code ?? ''}, and its result says ${succeeded ? 'success' : 'errors'}` };
  if (succeeded && (errors.length > 0 || said.aborting !== undefined)) return { kind: 'crashed', reason: `${verus} reports success and an error: ${firstLine(errors[0]?.message ?? 'aborting')}` };
  return undefined;
}

/** The words of a panic stand on the line behind the place. */
function after(lines: readonly string[], line: string): string {
  const next = lines[lines.indexOf(line) + 1];
  return next === undefined || next.startsWith('stack backtrace') ? '' : ` ${firstLine(next)}`;
}

function described(message: string, count: number): string { return `${firstLine(message)}${count > 1 ? ` (and ${count - 1} more)` : ''}`; }

export function firstLine(text: string): string { return text.split('\n')[0]!.slice(0, 500); }
