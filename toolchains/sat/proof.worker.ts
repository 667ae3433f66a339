/** Checks a certificate in a program of its own: long ones take seconds, and must not hold up the engine. */
import { workerPort } from '../worker-port.ts';
import { checkProof, type ProofRequest } from './check-proof.ts';
import type { ProofCheck } from './drat.ts';

const port = workerPort<ProofRequest, ProofCheck>();
port.onMessage((request) => { port.postMessage(checkProof(request)); });
