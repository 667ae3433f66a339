/** The readers without a process: what they would say of these bytes. */
import type { Project } from '../../../toolchains/contract.ts';
import type { ProcessResult } from '../../../toolchains/process.ts';
import { readDiagnostics } from '../../../toolchains/verus/diagnostics.ts';
import { readOutput } from '../../../toolchains/verus/output.ts';
import { readProgram } from '../../../toolchains/verus/program.ts';
import { readRustFile } from '../../../toolchains/verus/source/items.ts';
import { weigh } from '../../../toolchains/verus/weigh.ts';
import { verdictOfWhole } from '../../../toolchains/verus/whole.ts';

export const project = (crate: string): Project => ({ id: `verus:${crate}.rs`, toolchain: 'verus', root: '', name: `${crate}.rs`, files: [`${crate}.rs`], options: {}, executes: [] });

export function programOf(crate: string, source: string) { return readProgram(project(crate), crate, [readRustFile(`${crate}.rs`, source)]); }

export interface Said { readonly stdout: string; readonly stderr: string; readonly code: number }

/** Symbol to verdict kind. */
export function kindsSaid(crate: string, program: ReturnType<typeof programOf>, { stdout, stderr, code }: Said): Map<string, string> {
  const reading = readOutput(Buffer.from(stdout), false);
  const said = readDiagnostics(stderr, reading.messages);
  const stream = { content: Buffer.alloc(0), bytes: 0, truncated: false };
  const result: ProcessResult = {
    argv: ['verus'], cwd: '/', env: {}, startedAt: '', seconds: 1, cpuSeconds: 1, peakMemoryMb: 1, exit: { code, signal: null, reason: 'exited' }, stdout: stream, stderr: stream,
  };
  const whole = verdictOfWhole(reading, said, result, 'verus', { wallSeconds: 10, memoryMb: 1000, effort: 1 });
  if (whole) return new Map(program.functions.map((one) => [one.obligation.symbol, whole.kind]));
  const outcomes = weigh(reading, said, { project: project(crate), programs: [program], fileOf: (name) => (name === `${crate}.rs` ? name : undefined), rootFile: `${crate}.rs` });
  return new Map(outcomes.map((one) => [one.obligation.symbol, one.verdict.kind]));
}
