/**
 * The embedded SAT engine: Z3 in WebAssembly, in a thread of its own that the engine can end. One formula a
 * message. It prints nothing and decides nothing: what it answers is checked outside.
 */
import { init } from 'z3-solver';
import { originalOf, renumber, smtlibOf } from './renumber.ts';
import { workerPort } from '../worker-port.ts';
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
  // With Z3's own numbers its certificate can be read back. DIMACS would not do: Z3 sorts its clauses before it numbers.
  const { formula, originals } = renumber(request.formula);
  Z3.global_param_set('memory_max_size', String(request.memoryMb));
  Z3.global_param_set('sat.drat.binary', 'false');
  Z3.global_param_set('sat.drat.file', request.proofLimitBytes > 0 ? PROOF : '');
  // Variable elimination by gates leaves steps out of the certificate.
  Z3.global_param_set('sat.elim_vars', request.proofLimitBytes > 0 ? 'false' : 'true');
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  Z3.del_config(config);
  // The tactic alone: the solver of a logic simplifies first, which is not in the certificate.
  const tactic = Z3.mk_tactic(context, 'sat');
  Z3.tactic_inc_ref(context, tactic);
  const solver = Z3.mk_solver_from_tactic(context, tactic);
  Z3.solver_inc_ref(context, solver);
  let reply: EmbeddedReply;
  try {
    Z3.solver_from_string(context, solver, smtlibOf(formula));
    const error = Z3.get_error_code(context);
    const read = Z3.ast_vector_size(context, Z3.solver_get_assertions(context, solver));
    if (error !== 0) reply = { kind: 'failed', reason: `Z3 did not read the formula: ${Z3.get_error_msg(context, error)}` };
    else if (read !== formula.clauses) reply = { kind: 'failed', reason: `Z3 read ${read} of ${formula.clauses} clauses` };
    else reply = await check();
  } finally {
    // The certificate's file is flushed when its solver goes.
    Z3.solver_dec_ref(context, solver);
    Z3.tactic_dec_ref(context, tactic);
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
    // Variables that Z3 left open may have either value.
    const truths = new Map<number, number>();
    for (const literal of request.formula.literals) if (literal !== 0) truths.set(Math.abs(literal), -Math.abs(literal));
    for (let i = 0, count = Z3.model_get_num_consts(context, model); i < count; i++) {
      const declaration = Z3.model_get_const_decl(context, model, i);
      const value = Z3.model_get_const_interp(context, model, declaration);
      const variable = originals[Number(/\bx(\d+)/.exec(Z3.func_decl_to_string(context, declaration))?.[1] ?? 0)];
      if (value === null || !variable) continue;
      const truth = Z3.get_bool_value(context, value);
      if (truth === TRUE) truths.set(variable, variable);
    }
    Z3.model_dec_ref(context, model);
    return { kind: 'sat', model: Int32Array.from(truths.values()) };
  }
}

function sizeOf(files: MemoryFiles): number {
  try { return files.stat(PROOF).size; } catch { return 0; }
}

const port = workerPort<EmbeddedRequest, EmbeddedReply>();
port.onMessage((request) => {
  solve(request).then(
    (reply) => { port.postMessage(reply); },
    (error: unknown) => { port.postMessage({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) } satisfies EmbeddedReply); },
  );
});
