/** One certificate against one formula, by Assay's own checkers. Pure; runs here or in a thread (proof.worker.ts). */
import { checkDrat, type ProofCheck } from './drat.ts';
import type { CertificateFormat } from './engines.ts';
import type { Formula } from './formula.ts';
import { checkLrat } from './lrat.ts';

export interface ProofRequest {
  readonly format: CertificateFormat;
  readonly formula: Formula;
  readonly proof: Uint8Array;
  readonly stepLimit: number;
}

export function checkProof(request: ProofRequest): ProofCheck {
  switch (request.format) {
    case 'drat': return checkDrat(request.formula, request.proof, request.stepLimit);
    case 'lrat': return checkLrat(request.formula, request.proof, request.stepLimit);
  }
}
