/** The ABC inside the WebAssembly yosys as a {@link ModelChecker}, admitted and limited by the context of a check. */
import { type Attempt, type CheckContext, InputError, type Tool } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import { readBmcOutput, readPdrOutput } from '../aiger/abc-output.ts';
import type { Aig } from '../aiger/model.ts';
import type { Asked, ModelChecker, Question } from '../aiger/reach.ts';
import { readWitness, type Witness } from '../aiger/witness.ts';
import { writeAiger } from '../aiger/write.ts';
import { abcJob, WITNESS_FILE } from './abc.ts';
import { embeddedYosys, type YosysRequest, type YosysRun } from './engine.ts';

/** What a job of the WebAssembly yosys takes at first (a warm worker with a small design), in MiB. */
export const EXPECTED_MEMORY_MB = 400;

export function embeddedChecker(context: CheckContext, tool: Tool, obligations: readonly string[]): ModelChecker {
  return {
    name: `abc in yosys ${tool.version} (WebAssembly)`,
    async ask(aig: Aig, question: Question, label: string): Promise<Asked> {
      // ABC counts whole seconds; one second before ours, so that it can still say how far it came.
      const job = abcJob(writeAiger(aig), { ...question, seconds: Math.max(1, question.seconds - 1) });
      const run = await runEmbedded(context, tool, { args: job.args, files: job.files, wanted: job.wanted, wallSeconds: question.seconds, memoryMb: context.limits.memoryMb }, label, obligations);
      const attempt = attemptOf(context, tool, job.args, run);
      const ended = endOf(run, question.seconds);
      if (ended) return { attempt: { ...attempt, said: ended }, answer: { kind: 'ended', verdict: ended } };
      const output = run.output.toString('latin1');
      const answer = question.kind === 'bmc' ? readBmcOutput(output, { inputs: aig.inputs.length, latches: aig.latches.length }, question.frames) : readPdrOutput(output);
      if (answer.kind !== 'reached') return { attempt, answer };
      return { attempt, answer, witness: witnessOf(run, aig) };
    },
  };
}

export async function runEmbedded(context: CheckContext, tool: Tool, request: Omit<YosysRequest, 'signal'>, label: string, obligations: readonly string[]): Promise<YosysRun> {
  return context.compute({ label: `${tool.id} ${label}`, obligations, expectedMemoryMb: EXPECTED_MEMORY_MB }, (signal) => embeddedYosys.run({ ...request, signal }));
}

export function attemptOf(context: CheckContext, tool: Tool, args: readonly string[], run: YosysRun): Attempt {
  return {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint, argv: ['yowasp-yosys', ...args], cwd: '/', env: {},
    exit: run.reason === 'trapped'
      ? { code: null, signal: null, reason: 'signalled', message: run.message }
      : { code: run.code, signal: null, reason: run.reason },
    limits: context.limits, startedAt: run.startedAt, seconds: run.seconds, peakMemoryMb: run.peakMemoryMb,
    outputs: [{ name: 'stdout', content: run.output, bytes: run.outputBytes, truncated: run.outputBytes > run.output.length }],
  };
}

/** The verdict of a run that did not end by itself, or whose output is not whole; undefined where it can be read. */
export function endOf(run: YosysRun, seconds: number): Verdict | undefined {
  switch (run.reason) {
    case 'wall': return { kind: 'timeout', seconds };
    case 'memory': return { kind: 'out-of-memory' };
    case 'cancelled': return { kind: 'cancelled' };
    case 'trapped': return { kind: 'crashed', reason: `yosys in WebAssembly failed: ${run.message}` };
    case 'exited': return run.outputBytes > run.output.length ? { kind: 'crashed', reason: 'the output is longer than what is kept' } : undefined;
  }
}

function witnessOf(run: YosysRun, aig: Aig): Witness | undefined {
  const content = run.files[WITNESS_FILE];
  if (!content) return undefined;
  try {
    return readWitness(WITNESS_FILE, Buffer.from(content).toString('latin1'), { latches: aig.latches.length, inputs: aig.inputs.length });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
