/** Which solvers, versions and seeds are raced over a verification condition, and in which order. */
import { solverProblem } from '../../solver-canary.ts';
import type { CheckContext, Limits, Tool } from '../../contract.ts';
import { allFit, compareVersions } from '../../locate.ts';
import { EMBEDDED_ID } from '../../smt/embedded-location.ts';
import { embeddedTakes } from '../../smt/embedded.ts';
import { engineFor } from '../../smt/engines.ts';
import type { Script } from '../../smt/script.ts';

export interface Entrant { readonly tool: Tool; readonly seed: number }

const EXTRA_SEEDS = [17, 42];

/** Those that answered right where the answer is known. */
export async function soundSolvers(context: CheckContext): Promise<readonly Tool[]> {
  const sound: Tool[] = [];
  for (const tool of context.tools) {
    if (tool.unfit !== undefined || (tool.id !== 'z3' && tool.id !== 'cvc5' && tool.id !== EMBEDDED_ID)) continue;
    if (tool.embedded || await solverProblem(context, tool) === undefined) sound.push(tool);
  }
  return sound;
}

/** Another version first, another solver then, other seeds, and last the embedded one, which thinks two to five times slower. */
export function entrants(script: Script, tools: readonly Tool[], effort: Limits['effort'], failed: Tool): readonly Entrant[] {
  const native = [...allFit(tools, 'z3'), ...allFit(tools, 'cvc5')].filter((tool) => engineFor(tool.id)!.takes(script, tool));
  const z3 = native.filter((tool) => tool.id === 'z3').sort((a, b) => compareVersions(b.version, a.version));
  const others = native.filter((tool) => tool.id !== 'z3');
  const seeds = effort >= 3 ? EXTRA_SEEDS : EXTRA_SEEDS.slice(0, 1);
  return [
    ...[...z3.filter((tool) => tool.fingerprint !== failed.fingerprint), ...others].map((tool) => ({ tool, seed: 0 })),
    ...seeds.flatMap((seed) => z3.map((tool) => ({ tool, seed }))),
    ...(embeddedTakes(script) ? allFit(tools, EMBEDDED_ID).map((tool) => ({ tool, seed: 0 })) : []),
  ];
}
