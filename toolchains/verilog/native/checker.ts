/** The program yosys-abc as a {@link ModelChecker}: one system, one question, one process. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, type CheckContext, type Tool } from '../../contract.ts';
import { openVerdict } from '../../ended.ts';
import { readBmcOutput, readPdrOutput } from '../aiger/abc-output.ts';
import type { Aig } from '../aiger/model.ts';
import type { Asked, ModelChecker, Question } from '../aiger/reach.ts';
import { readWitness, type Witness } from '../aiger/witness.ts';
import { writeAiger } from '../aiger/write.ts';
import { attemptOf, ENGINE_OUTPUT } from './evidence.ts';

const WITNESS = 'witness.aiw';
/** Given to abc beyond its own limit, which it looks at only now and then, as a share of it and at most. */
const GRACE_SHARE = 0.5, GRACE_SECONDS = 2;

export interface NativeChecker extends ModelChecker {
  /** The same, ended by this signal too (a lost race). */
  under(signal: AbortSignal): ModelChecker;
}

export function nativeChecker(context: CheckContext, abc: Tool, models: string, obligations: readonly string[]): NativeChecker {
  const name = `abc (${abc.id} ${abc.version})`;
  const asked = (signal?: AbortSignal): ModelChecker['ask'] => (aig, question, label) => ask({ context, abc, models, obligations, ...(signal && { signal }) }, aig, question, label);
  return { name, ask: asked(), under: signal => ({ name, ask: asked(signal) }) };
}

interface Setting { readonly context: CheckContext; readonly abc: Tool; readonly models: string; readonly obligations: readonly string[]; readonly signal?: AbortSignal }

async function ask(setting: Setting, given: Aig, question: Question, label: string): Promise<Asked> {
  const { context, abc } = setting;
  const aig = withState(given);
  const folder = await mkdtemp(join(setting.models, 'abc-'));
  await writeFile(join(folder, 'system.aig'), writeAiger(aig));
  const seconds = Math.max(1, Math.floor(question.seconds));
  const check = question.kind === 'bmc' ? `bmc3 -F ${question.frames} -T ${seconds} -v` : `pdr -T ${seconds} -v`;
  await writeFile(join(folder, 'commands.abc'), ['read_aiger system.aig', check, 'print_status', `write_cex -a ${WITNESS}`, 'quit', ''].join('\n'));
  const limits = { wallSeconds: seconds + Math.min(GRACE_SECONDS, GRACE_SHARE * seconds), ...ENGINE_OUTPUT };
  // -s: without the user's start-up file; -F: every command is printed before its answer.
  const result = await context.run({
    tool: abc, args: ['-s', '-F', 'commands.abc'], cwd: folder, limits, label: `abc ${label}`, learnKey: `${context.unit.id} abc ${question.kind}`,
    obligations: setting.obligations, expectedMemoryMb: 60, ...(setting.signal && { signal: setting.signal }),
  });
  const attempt = attemptOf(context, abc, result, { limits: { ...context.limits, wallSeconds: seconds } });
  const open = openVerdict(result, 'abc', { wallSeconds: seconds, memoryMb: context.limits.memoryMb });
  if (open) return { attempt: { ...attempt, said: open }, answer: { kind: 'ended', verdict: open } };
  if (result.stdout.truncated) return { attempt, answer: { kind: 'unreadable', why: 'the output of abc is longer than what is kept' } };
  const output = echoed(result.stdout.content.toString('latin1'));
  const answer = question.kind === 'bmc' ? readBmcOutput(output, { inputs: aig.inputs.length, latches: aig.latches.length }, question.frames) : readPdrOutput(output);
  if (answer.kind !== 'reached') return { attempt, answer };
  const witness = await witnessOf(join(folder, WITNESS), aig, given);
  return { attempt, answer, ...(witness && { witness }) };
}

/** The program echoes "abc - > command"; inside yosys it is "+ command". The reader knows the latter. */
export function echoed(output: string): string {
  return output.replace(/^abc \S+ ?> (.*)$/gm, '+ $1 ');
}

/** bmc3 refuses a system without a latch: it gets one that stays 0. */
function withState(aig: Aig): Aig {
  if (aig.latches.length > 0) return aig;
  const variable = aig.maximumVariable + 1;
  return { ...aig, maximumVariable: variable, latches: [{ variable, next: 0, reset: 0 }] };
}

async function witnessOf(path: string, asked: Aig, given: Aig): Promise<Witness | undefined> {
  const text = await readFile(path, 'latin1').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const witness = readWitness(WITNESS, text, { latches: asked.latches.length, inputs: asked.inputs.length });
    return { ...witness, state: witness.state.subarray(0, given.latches.length) };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
