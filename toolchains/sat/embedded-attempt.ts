/** One attempt with the embedded engine. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, Tool } from '../contract.ts';
import type { ProcessExit } from '../process.ts';
import type { Verdict } from '../verdict.ts';
import { judged, UNDECIDED, type Outcome, type Question } from './attempt.ts';
import { certify } from './certificate.ts';
import { EMBEDDED_BASE_MB, EMBEDDED_BYTES_PER_LITERAL, EMBEDDED_MAXIMUM_LITERALS, embeddedThreads, type EmbeddedReply } from './embedded.ts';
import type { ThreadEnd } from './threads.ts';

/** A certificate is kept in the memory of the thread. */
const EMBEDDED_PROOF_LIMIT_BYTES = 128 * 1024 * 1024;

export async function attemptEmbedded(question: Question, tool: Tool, signal: AbortSignal): Promise<Outcome> {
  const { context, formula } = question;
  const none = (open: Verdict, attempts: readonly Attempt[] = []): Outcome => ({ tool, confirmed: [], attempts, open });
  if (formula.literals.length > EMBEDDED_MAXIMUM_LITERALS)
    return none({ kind: 'out-of-memory', reason: `${tool.id} holds at most ${EMBEDDED_MAXIMUM_LITERALS} literals, the formula has ${formula.literals.length}` });
  const limit = Math.min(question.proofLimitBytes, EMBEDDED_PROOF_LIMIT_BYTES);
  let { end, ...times } = await timed(question, limit, signal);
  if (end.kind === 'reply' && end.reply.kind === 'too-much-proof') ({ end, ...times } = await timed(question, 0, signal));
  const attempt: Attempt = {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint, argv: [tool.path, 'sat', context.unit.inputs.files[0] ?? ''],
    cwd: '', env: {}, exit: exitOf(end), limits: context.limits, ...times, outputs: [], peakMemoryMb: 0,
  };
  const said = (open: Verdict): Outcome => none(open, [{ ...attempt, said: open }]);
  switch (end.kind) {
    case 'stopped': return said({ kind: 'cancelled' });
    case 'wall': return said({ kind: 'timeout', seconds: context.limits.wallSeconds });
    case 'died': return said({ kind: 'crashed', reason: `${tool.id}: ${end.reason}` });
    case 'reply': break;
  }
  const { reply } = end;
  switch (reply.kind) {
    case 'failed': return said(/memory/i.test(reply.reason) ? { kind: 'out-of-memory', reason: reply.reason } : { kind: 'crashed', reason: `${tool.id}: ${reply.reason}` });
    case 'unknown': return said(/memory/i.test(reply.reason) ? { kind: 'out-of-memory', reason: reply.reason } : { kind: 'unknown', answer: 'unknown', reason: `${tool.id}: ${reply.reason}` });
    case 'too-much-proof': return said(UNDECIDED);
    case 'sat': return judged(question, tool, reply, attempt);
    case 'unsat': break;
  }
  const outcome = judged(question, tool, { kind: 'unsat' }, attempt);
  if (!reply.proof) return outcome;
  const path = join(await mkdtemp(join(await context.workspace(), 'z3-')), 'proof.drat');
  await writeFile(path, reply.proof);
  const certified = await certify(context, { format: 'drat', path, formulaPath: question.formulaPath, formula, engine: tool.id }, signal);
  const attempts = [{ ...attempt, outputs: certified.outputs }, ...certified.attempts];
  if (certified.rejected !== undefined) return none({ kind: 'unknown', reason: certified.rejected }, attempts);
  return { tool, answer: 'unsat', certificate: certified.certificate, confirmed: certified.confirmed, attempts, open: outcome.open };
}

async function timed(question: Question, proofLimitBytes: number, signal: AbortSignal): Promise<{ end: ThreadEnd<EmbeddedReply>; startedAt: string; seconds: number }> {
  const { context, formula } = question;
  const job = {
    label: `z3-embedded ${context.project.name}`, obligations: context.unit.obligations, signal,
    expectedMemoryMb: EMBEDDED_BASE_MB + Math.ceil(formula.literals.length * EMBEDDED_BYTES_PER_LITERAL / 2 ** 20),
  };
  let startedAt = new Date().toISOString();
  let began = performance.now();
  try {
    const end = await context.compute(job, (stop) => {
      startedAt = new Date().toISOString();
      began = performance.now();
      return embeddedThreads.run({ formula, proofLimitBytes, memoryMb: context.limits.memoryMb }, context.limits.wallSeconds, stop);
    });
    return { end, startedAt, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    if (!signal.aborted && !context.signal.aborted) throw error;
    return { end: { kind: 'stopped' }, startedAt, seconds: (performance.now() - began) / 1000 };
  }
}

function exitOf(end: ThreadEnd<EmbeddedReply>): ProcessExit {
  switch (end.kind) {
    case 'reply': return { code: 0, signal: null, reason: 'exited' };
    case 'stopped': return { code: null, signal: null, reason: 'cancelled' };
    case 'wall': return { code: null, signal: null, reason: 'wall' };
    case 'died': return { code: null, signal: null, reason: 'signalled', message: end.reason };
  }
}
