/** What a run says of the program as a whole, where it says nothing of single symbols that can be believed. */
import type { Limits } from '../contract.ts';
import { openVerdict } from '../ended.ts';
import type { ProcessResult } from '../process.ts';
import type { Verdict } from '../verdict.ts';
import type { Reading } from './log.ts';

/** Sources of messages by which Dafny refuses a program; those of the verifier are no reason to call it malformed. */
const FRONT_END = /^(?:Parser|Resolver|Rewriter|Translator|Compiler|Project|Library|RefinementTransformer|Documentation|Cloner)/;

/** Undefined where the run finished and its log can be read symbol by symbol. */
export function verdictOfWhole(reading: Reading, result: ProcessResult, dafny: string, limits: Limits): Verdict | undefined {
  const errors = reading.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const internal = errors.find((error) => /^Internal error|unhandled exception/i.test(error.message))?.message;
  const prover = reading.stray.find((line) => /^Prover error|^Process terminated|^Unhandled exception/i.test(line));
  const trouble = internal === undefined && prover === undefined ? undefined : firstLine(internal ?? prover ?? '');
  const open = openVerdict(result, dafny, limits);
  if (open?.kind === 'crashed' && trouble !== undefined) return { kind: 'crashed', reason: `${open.reason}: ${trouble}` };
  if (open) return open.kind === 'timeout' ? { ...open, seconds: Math.round(result.seconds), reason: 'the whole run took too long, and its log comes at the end' } : open;
  const solver = errors.find((error) => error.place.file === undefined && /^Z3 not found/.test(error.message));
  if (solver) return { kind: 'tool-missing', reason: firstLine(solver.message), remedy: 'apt install z3' };
  if (trouble !== undefined) return { kind: 'crashed', reason: `${dafny}: ${trouble}` };
  if (reading.closing) return reading.doubt === undefined ? undefined : { kind: 'crashed', reason: `${dafny}: ${reading.doubt}` };
  const refusal = errors.find((error) => FRONT_END.test(error.source));
  if (refusal && (reading.refused !== undefined || errors.every((error) => FRONT_END.test(error.source)))) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    return { kind: 'malformed', reason: `${firstLine(refusal.message)}${more}` };
  }
  const said = reading.doubt ?? errors[0]?.message ?? reading.stray[0] ?? firstLine(result.stderr.content.toString('utf8').trim());
  return { kind: 'crashed', reason: `${dafny} ended without its last line${said ? `: ${firstLine(said)}` : ''}` };
}

export function firstLine(text: string): string { return text.split('\n')[0]!.slice(0, 500); }
