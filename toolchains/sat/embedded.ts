/** The embedded SAT engine as a tool, and the threads it runs in (embedded.worker.ts). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Tool, ToolHost } from '../contract.ts';
import { EMBEDDED } from './engines.ts';
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

export async function locateEmbedded(host: ToolHost): Promise<Tool | undefined> {
  let folder: string;
  try {
    folder = dirname(createRequire(import.meta.url).resolve('z3-solver'));
  } catch {
    return undefined;
  }
  const manifest = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  const sha256 = await host.hash(join(folder, 'z3-built.wasm'));
  const script = await host.hash(join(folder, 'z3-built.js'));
  return {
    id: EMBEDDED, version: manifest.version, path: `npm:z3-solver@${manifest.version}`, sha256, embedded: true,
    fingerprint: createHash('sha256').update(`${sha256}\0${script}\0${manifest.version}`).digest('hex'),
  };
}
