/**
 * Weighs the certificate of an "unsat": Assay's own checker for what is not too long, and the installed program of
 * its format (drat-trim, lrat-check) wherever there is one. One rejection voids the answer.
 */
import { open, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Attempt, Certificate, CheckContext, Output } from '../contract.ts';
import { openVerdict } from '../ended.ts';
import { firstFit } from '../locate.ts';
import { attemptOf } from './evidence.ts';
import { checkProof, type ProofRequest } from './check-proof.ts';
import type { ProofCheck } from './drat.ts';
import { CHECKERS, type CertificateFormat } from './engines.ts';
import type { Formula } from './formula.ts';
import { ThreadPool } from './threads.ts';

/** Longer certificates are known by their hash alone. */
const KEPT_PROOF_BYTES = 4 * 1024 * 1024;
/** Longer ones are left to drat-trim and lrat-check. */
const OWN_CHECK_BYTES = 64 * 1024 * 1024;
/** What is this small is checked at once: a few milliseconds. */
const SMALL = { literals: 5_000, bytes: 8 * 1024, steps: 20_000 };
/** The thread is ended by the clock, not by its count. */
const UNBOUNDED_STEPS = Number.MAX_SAFE_INTEGER;

export const proofThreads = new ThreadPool<ProofRequest, ProofCheck>('toolchains/sat/proof.worker', 2);

export interface CertifiedAnswer {
  /** Set where a checker rejected it: the answer is void. */
  readonly rejected?: string;
  readonly certificate: Certificate;
  readonly outputs: readonly Output[];
  readonly confirmed: readonly { readonly by: string; readonly how: string }[];
  /** Runs of the installed checker. */
  readonly attempts: readonly Attempt[];
}

export interface ProofFile {
  readonly format: CertificateFormat;
  readonly path: string;
  readonly formulaPath: string;
  readonly formula: Formula;
  /** Who wrote it, for labels. */
  readonly engine: string;
}

export async function certify(context: CheckContext, file: ProofFile, signal: AbortSignal): Promise<CertifiedAnswer> {
  const bytes = (await stat(file.path)).size;
  const name = `proof.${file.format}`;
  const small = bytes <= OWN_CHECK_BYTES ? await readWhole(file.path, bytes) : undefined;
  const outputs = await outputsOf(name, file.path, bytes, small);
  const confirmed: { by: string; how: string }[] = [];
  const attempts: Attempt[] = [];
  const answer = (rejected?: string): CertifiedAnswer => ({
    ...(rejected === undefined ? {} : { rejected }), outputs, confirmed: rejected === undefined ? confirmed : [], attempts,
    certificate: { format: file.format, output: name, ...(rejected === undefined && confirmed.length > 0 ? { checkedBy: confirmed.map((one) => one.by).join(', ') } : {}) },
  });

  const how = `${file.format.toUpperCase()} certificate of ${file.engine} checked against every clause`;
  if (small) {
    const own = await ownCheck(context, { format: file.format, formula: file.formula, proof: small, stepLimit: UNBOUNDED_STEPS }, signal);
    if (own?.kind === 'rejected') return answer(`the certificate of ${file.engine} was rejected: ${own.reason}`);
    if (own?.kind === 'verified') confirmed.push({ by: 'assay', how });
  }
  const checker = CHECKERS.find((one) => one.format === file.format && firstFit(context.tools, one.id));
  const tool = checker && firstFit(context.tools, checker.id);
  if (checker && tool && !signal.aborted) {
    const result = await context.run({
      tool, args: checker.args({ formula: file.formulaPath, proof: file.path }, context.limits.wallSeconds), cwd: await context.workspace(),
      label: `${tool.id} ${context.project.name}`, obligations: context.unit.obligations, signal,
    });
    const finished = openVerdict(result, tool.id, context.limits) === undefined && !result.stdout.truncated;
    const said = finished ? checker.read(result.stdout.content.toString('latin1'), result.exit.code) : undefined;
    attempts.push(attemptOf(context, tool, result));
    if (said === 'rejected') return answer(`the certificate of ${file.engine} was rejected by ${tool.id}`);
    if (said === 'verified') confirmed.push({ by: tool.id, how });
  }
  return answer();
}

/** Undefined where it was stopped or ran out of time. */
async function ownCheck(context: CheckContext, request: ProofRequest, signal: AbortSignal): Promise<ProofCheck | undefined> {
  if (request.formula.literals.length <= SMALL.literals && request.proof.length <= SMALL.bytes) {
    const check = checkProof({ ...request, stepLimit: SMALL.steps });
    if (check.kind !== 'exhausted') return check;
  }
  const job = { label: `certificate of ${context.project.name}`, obligations: context.unit.obligations, signal };
  try {
    const end = await context.compute(job, (stop) => proofThreads.run(request, context.limits.wallSeconds, stop));
    return end.kind === 'reply' ? end.reply : undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

async function readWhole(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const content = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(content, 0, bytes, 0);
    return content.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function outputsOf(name: string, path: string, bytes: number, content: Buffer | undefined): Promise<readonly Output[]> {
  if (content && bytes <= KEPT_PROOF_BYTES) return [{ name, content, bytes, truncated: false }];
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    for await (const chunk of file.createReadStream()) hash.update(chunk as Buffer);
  } finally {
    await file.close();
  }
  const sum = Buffer.from(`${hash.digest('hex')}  ${name}\n`);
  return [
    { name, content: Buffer.alloc(0), bytes, truncated: true },
    { name: `${name}.sha256`, content: sum, bytes: sum.length, truncated: false },
  ];
}
