/** The threads that the embedded SAT engine runs in (embedded.worker.ts). */
import type { Formula } from './formula.ts';
import { ThreadPool } from './threads.ts';

export interface EmbeddedRequest {
  readonly formula: Formula;
  /** 0: no certificate is wanted. */
  readonly proofLimitBytes: number;
  readonly memoryMb: number;
}

export type EmbeddedReply =
  | { readonly kind: 'sat'; readonly model: Int32Array }
  | { readonly kind: 'unsat'; readonly proof?: Uint8Array }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'too-much-proof' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Above this Z3's terms for the clauses no longer fit into the 4 GiB of 32-bit WebAssembly. */
export const EMBEDDED_MAXIMUM_LITERALS = 20_000_000;
/** Resident size of a thread with Z3 loaded, and per literal of the formula; measured with z3-solver 5.2.0. */
export const EMBEDDED_BASE_MB = 200;
export const EMBEDDED_BYTES_PER_LITERAL = 200;

/** Two threads stay warm: a start costs about half a second. */
export const embeddedThreads = new ThreadPool<EmbeddedRequest, EmbeddedReply>('toolchains/sat/embedded.worker', 2);
