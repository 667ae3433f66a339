/**
 * A solver that says "unsat" to everything makes every program verify. Before its first use each one must answer two
 * questions whose answers are known, in a conversation as Dafny and Verus have it; kept for the life of this process by the solver's fingerprint.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckContext, Tool } from './contract.ts';

const QUESTIONS = '(declare-const x Int)\n(push 1)\n(assert (> (* x x) 8))\n(check-sat)\n(pop 1)\n(push 1)\n(assert (and (> x 3) (< x 4)))\n(check-sat)\n(pop 1)\n';
const ANSWERS = 'sat\nunsat';
const WALL_SECONDS = 30;
const known = new Map<string, Promise<string | undefined>>();

/** Why it must not be used, or undefined. */
export function solverProblem(context: CheckContext, solver: Tool): Promise<string | undefined> {
  let answer = known.get(solver.fingerprint);
  if (!answer) {
    answer = ask(context, solver);
    known.set(solver.fingerprint, answer);
    // What was cut short says nothing about the solver.
    void answer.then((problem) => { if (problem !== undefined) known.delete(solver.fingerprint); }, () => known.delete(solver.fingerprint));
  }
  return answer;
}

async function ask(context: CheckContext, solver: Tool): Promise<string | undefined> {
  const folder = await context.workspace();
  const file = join(folder, 'canary.smt2');
  await writeFile(file, QUESTIONS);
  const result = await context.run({
    tool: solver, args: solver.id === 'cvc5' ? ['--lang=smt2.6', '--incremental', '-'] : ['-smt2', '-in'], stdinFile: file, cwd: folder, label: `${solver.id} canary`, learnKey: `canary ${solver.version}`, obligations: [], expectedMemoryMb: 30, limits: { wallSeconds: WALL_SECONDS },
  });
  const said = result.stdout.content.toString('utf8').trim();
  return said === ANSWERS ? undefined : `${solver.path} gives wrong answers to questions whose answers are known`;
}
