/**
 * Z3 in WebAssembly, in a program of its own that stays warm. It gets a framed copy in steps and sends back what each
 * printed; it decides nothing. A fresh context for each script, so that nothing of one reaches the next.
 */
import { createRequire } from 'node:module';
import { workerPort } from '../worker-port.ts';
import type { EmbeddedReply, EmbeddedRequest } from './embedded-protocol.ts';

/** Of the package's low-level interface what is used here (z3-solver 5.2.0, build/node.js). */
interface LowLevel {
  mk_config(): number;
  del_config(config: number): void;
  mk_context(config: number): number;
  del_context(context: number): void;
  global_param_set(name: string, value: string): void;
  get_estimated_alloc_size(): bigint;
}

/** Its Emscripten module. */
interface Runtime {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  ccall(name: string, result: 'void', types: readonly 'number'[], values: readonly number[]): void;
  /** Settles with what the call's own thread gives back. */
  async_call(start: () => void): Promise<string>;
}

const port = workerPort<EmbeddedRequest, EmbeddedReply>();
const send = (reply: EmbeddedReply): void => { port.postMessage(reply); };

const require = createRequire(import.meta.url);
const { init } = require('z3-solver/build/node.js') as { init(): Promise<{ Z3: LowLevel; em: Runtime }> };
const { Z3, em } = await init();

port.onMessage((request) => { void evaluate(request); });
send({ kind: 'ready' });

async function evaluate(request: EmbeddedRequest): Promise<void> {
  Z3.global_param_set('memory_max_size', String(request.memoryMb));
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  Z3.del_config(config);
  let failure: string | undefined;
  try {
    for (const step of request.steps) send({ kind: 'output', text: await evaluateStep(context, step) });
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  Z3.del_context(context);
  send({ kind: 'done', failure, heldMb: Number(Z3.get_estimated_alloc_size()) / 2 ** 20 });
}

/**
 * The package's own eval_smtlib2_string puts the text on the caller's stack, which is free again before the solver's
 * thread has read it: a script could change while it is read ("unexpected end of string", seen under load). Here the
 * text has memory of its own until the answer is there.
 */
async function evaluateStep(context: number, step: string): Promise<string> {
  const text = Buffer.from(`${step}\0`, 'utf8');
  const address = em._malloc(text.length);
  if (address === 0) throw new Error('out of memory');
  try {
    em.HEAPU8.set(text, address);
    return await em.async_call(() => { em.ccall('async_Z3_eval_smtlib2_string', 'void', ['number', 'number'], [context, address]); });
  } finally { em._free(address); }
}
