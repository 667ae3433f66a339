/**
 * The embedded SAT engine: Z3 in WebAssembly, in a thread of its own that the engine can end. One formula a
 * message. It prints nothing and decides nothing: what it answers is checked outside.
 */
import { parentPort } from 'node:worker_threads';
import { init } from 'z3-solver';
import { dimacsChunks } from './write-dimacs.ts';
import { originalOf, renumber } from './renumber.ts';
import type { EmbeddedReply, EmbeddedRequest } from './embedded.ts';

/** The file system that emscripten keeps in memory. */
interface MemoryFiles {
  readFile(path: string): Uint8Array;
  stat(path: string): { size: number };
  unlink(path: string): void;
}

const PROOF = '/proof.drat';
/** Z3_L_TRUE and Z3_L_FALSE of z3_api.h. */
const TRUE = 1, FALSE = -1;
const SIZE_CHECK_MS = 200;

const z3 = init();

async function solve(request: EmbeddedRequest): Promise<EmbeddedReply> {
  const { Z3, em } = await z3;
  const files = (em as { FS: MemoryFiles }).FS;
  // Z3 numbers variables in the order in which they occur; with the same numbers its certificate can be read back.
  const { formula, originals } = renumber(request.formula);
  const text = Buffer.concat([...dimacsChunks(formula)]).toString('latin1');
  Z3.global_param_set('memory_max_size', String(request.memoryMb));
  Z3.global_param_set('sat.drat.binary', 'false');
  Z3.global_param_set('sat.drat.file', request.proofLimitBytes > 0 ? PROOF : '');
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  Z3.del_config(config);
  const solver = Z3.mk_solver_for_logic(context, Z3.mk_string_symbol(context, 'QF_FD'));
  Z3.solver_inc_ref(context, solver);
  let reply: EmbeddedReply;
  try {
    Z3.solver_from_string(context, solver, text);
    const error = Z3.get_error_code(context);
    const read = Z3.ast_vector_size(context, Z3.solver_get_assertions(context, solver));
    if (error !== 0) reply = { kind: 'failed', reason: `Z3 did not read the formula: ${Z3.get_error_msg(context, error)}` };
    else if (read !== formula.clauses) reply = { kind: 'failed', reason: `Z3 read ${read} of ${formula.clauses} clauses` };
    else reply = await check();
  } finally {
    // The certificate's file is flushed when its solver goes.
    Z3.solver_dec_ref(context, solver);
    Z3.del_context(context);
  }
  const proof = reply.kind === 'unsat' && request.proofLimitBytes > 0 ? originalOf(files.readFile(PROOF), originals) : undefined;
  if (sizeOf(files) > 0) files.unlink(PROOF);
  return proof ? { kind: 'unsat', proof } : reply;

  async function check(): Promise<EmbeddedReply> {
    let tooMuchProof = false;
    const watch = setInterval(() => {
      tooMuchProof = request.proofLimitBytes > 0 && sizeOf(files) > request.proofLimitBytes;
      if (tooMuchProof) Z3.interrupt(context);
    }, SIZE_CHECK_MS);
    const answer = await Z3.solver_check(context, solver);
    clearInterval(watch);
    if (tooMuchProof) return { kind: 'too-much-proof' };
    if (answer === FALSE) return { kind: 'unsat' };
    if (answer !== TRUE) return { kind: 'unknown', reason: Z3.solver_get_reason_unknown(context, solver) };
    const model = Z3.solver_get_model(context, solver);
    Z3.model_inc_ref(context, model);
    const literals: number[] = [];
    for (let i = 0, count = Z3.model_get_num_consts(context, model); i < count; i++) {
      const declaration = Z3.model_get_const_decl(context, model, i);
      const value = Z3.model_get_const_interp(context, model, declaration);
      // Z3 names the variable n of a DIMACS file k!n.
      const variable = originals[Number(/k!(\d+)/.exec(Z3.func_decl_to_string(context, declaration))?.[1] ?? 0)];
      if (value === null || !variable) continue;
      const truth = Z3.get_bool_value(context, value);
      if (truth === TRUE) literals.push(variable); else if (truth === FALSE) literals.push(-variable);
    }
    Z3.model_dec_ref(context, model);
    return { kind: 'sat', model: Int32Array.from(literals) };
  }
}

function sizeOf(files: MemoryFiles): number {
  try { return files.stat(PROOF).size; } catch { return 0; }
}

parentPort!.on('message', (request: EmbeddedRequest) => {
  solve(request).then(
    (reply) => { parentPort!.postMessage(reply); },
    (error: unknown) => { parentPort!.postMessage({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) } satisfies EmbeddedReply); },
  );
});
