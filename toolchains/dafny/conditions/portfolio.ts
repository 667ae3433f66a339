/** Which solvers, versions and seeds are raced over a verification condition, and in which order. */
import type { Limits, Tool } from '../../contract.ts';
import { allFit, compareVersions } from '../../locate.ts';
import { EMBEDDED_ID, embeddedTakes } from '../../smt/embedded.ts';
import { engineFor } from '../../smt/engines.ts';
import type { Script } from '../../smt/script.ts';

export interface Entrant { readonly tool: Tool; readonly seed: number }

/** Solvers that Dafny itself is not run with. */
export const FURTHER_SOLVERS = ['cvc5', EMBEDDED_ID] as const;
const EXTRA_SEEDS = [17, 42];

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
