/** One attempt with an installed solver. */
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessJob, Tool } from '../contract.ts';
import { openVerdict } from '../ended.ts';
import type { ProcessResult } from '../process.ts';
import { readAnswer } from './answer.ts';
import { judged, type Outcome, type Question } from './attempt.ts';
import { certify } from './certificate.ts';
import type { SatEngine } from './engines.ts';
import { attemptOf } from './evidence.ts';

/** "v", and per variable a sign, ten digits and a blank. */
const MODEL_BYTES_PER_VARIABLE = 13;
const SMALL_OUTPUT_BYTES = 1024 * 1024;
/** Solvers keep about this much per literal, over a base; only a first guess for admission. */
const BYTES_PER_LITERAL = 40, BASE_MB = 20;
const PROOF_POLL_MS = 200;

export async function attemptNative(question: Question, engine: SatEngine, tool: Tool, seed: number, signal: AbortSignal): Promise<Outcome> {
  const format = question.proofLimitBytes > 0 ? engine.certificate(tool.version) : undefined;
  if (format === undefined) return (await once(question, engine, tool, seed, signal, undefined))!;
  // Undefined: the certificate outgrew its limit and the attempt was ended; the next goes without one.
  return await once(question, engine, tool, seed, signal, format) ?? (await once(question, engine, tool, seed, signal, undefined))!;
}

async function once(
  question: Question, engine: SatEngine, tool: Tool, seed: number, signal: AbortSignal, format: 'drat' | 'lrat' | undefined,
): Promise<Outcome | undefined> {
  const { context, formula } = question;
  const folder = await mkdtemp(join(await context.workspace(), `${tool.id}-`));
  const files = { formula: question.formulaPath, result: join(folder, 'result'), seed, ...(format ? { proof: join(folder, `proof.${format}`) } : {}) };
  const outputBytes = SMALL_OUTPUT_BYTES + MODEL_BYTES_PER_VARIABLE * Math.max(formula.largestVariable, 0);
  const job: ProcessJob = {
    tool, args: engine.args(files, tool.version), cwd: folder, label: `${tool.id} ${context.project.name}`,
    obligations: context.unit.obligations, signal, expectedMemoryMb: BASE_MB + Math.ceil(formula.literals.length * BYTES_PER_LITERAL / 2 ** 20),
    limits: { outputBytes, floodBytes: 4 * outputBytes },
  };
  const run = files.proof === undefined ? { result: await context.run(job), outgrown: false } : await watched(question, job, files.proof);
  if (run.outgrown) return undefined;
  const { result } = run;
  const attempt = attemptOf(context, tool, result);
  const open = openVerdict(result, tool.id, context.limits);
  if (open) return { tool, confirmed: [], attempts: [{ ...attempt, said: open }], open };
  const reading = readAnswer(engine.format, {
    exitCode: result.exit.code, stdout: result.stdout.content, stdoutTruncated: result.stdout.truncated,
    ...(engine.format.style === 'minisat' ? await resultOf(files.result, outputBytes) : {}),
  });
  const outcome = judged(question, tool, reading, attempt);
  if (outcome.answer !== 'unsat' || files.proof === undefined || format === undefined) return outcome;
  if (!await exists(files.proof)) {
    const reason = `${tool.id} said "unsat" and wrote no certificate`;
    return { tool, confirmed: [], attempts: outcome.attempts, open: { kind: 'unknown', reason } };
  }
  const certified = await certify(context, { format, path: files.proof, formulaPath: question.formulaPath, formula, engine: tool.id }, signal);
  const attempts = [{ ...attempt, outputs: [...attempt.outputs, ...certified.outputs] }, ...certified.attempts];
  if (certified.rejected !== undefined) return { tool, confirmed: [], attempts, open: { kind: 'unknown', reason: certified.rejected } };
  return { tool, answer: 'unsat', certificate: certified.certificate, confirmed: certified.confirmed, attempts, open: outcome.open };
}

/** Runs while the certificate stays within its limit. */
async function watched(question: Question, job: ProcessJob, proof: string): Promise<{ readonly result: ProcessResult; readonly outgrown: boolean }> {
  const tooLong = new AbortController();
  const timer = setInterval(() => {
    stat(proof).then((state) => { if (state.size > question.proofLimitBytes) tooLong.abort(); }, () => { /* not begun */ });
  }, PROOF_POLL_MS);
  try {
    const result = await question.context.run({ ...job, signal: job.signal ? AbortSignal.any([job.signal, tooLong.signal]) : tooLong.signal });
    return { result, outgrown: tooLong.signal.aborted && result.exit.reason === 'cancelled' };
  } finally {
    clearInterval(timer);
  }
}

async function resultOf(path: string, maximumBytes: number): Promise<{ readonly resultFile?: Buffer }> {
  const state = await stat(path).catch(() => undefined);
  return state?.isFile() && state.size <= maximumBytes ? { resultFile: await readFile(path) } : {};
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
