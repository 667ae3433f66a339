/** Checks a certificate in a thread of its own: long ones take seconds, and must not hold up the engine. */
import { parentPort } from 'node:worker_threads';
import { checkProof, type ProofRequest } from './check-proof.ts';

parentPort!.on('message', (request: ProofRequest) => {
  parentPort!.postMessage(checkProof(request));
});
