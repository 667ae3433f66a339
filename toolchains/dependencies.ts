/** What a green obligation rests on beside its own proof: others that it uses, directly or not, and that are not proved now. */
import type { Assumption, Diagnostic, Obligation } from './contract.ts';
import { classOf, type Verdict } from './verdict.ts';

/** @param all obligations with their graph; those outside count as proved */
export function unprovedDependencies(obligation: Obligation, all: readonly Obligation[], verdictOf: (id: string) => Verdict): { readonly assumptions: readonly Assumption[]; readonly diagnostics: readonly Diagnostic[] } {
  const byId = new Map(all.map((one) => [one.id, one]));
  const reached = new Set([obligation.id]);
  for (const id of reached) for (const used of byId.get(id)?.uses ?? []) reached.add(used);
  const open = [...reached].flatMap((id) => byId.get(id) ?? []).filter(({ id }) => id !== obligation.id && classOf(verdictOf(id).kind) !== 'green' && verdictOf(id).kind !== 'nothing-to-prove');
  const assumptions = open.map(({ id, toolchain, symbol, file, range }): Assumption => ({
    id: `${toolchain}:${file}:unproved-dependency:${id}`, toolchain, kind: 'unproved-dependency', file, range, symbol, text: `${symbol} is not proved (${verdictOf(id).kind})`,
  }));
  const diagnostics = assumptions.map(({ kind, text, file, range }): Diagnostic => ({ severity: 'warning', code: kind, message: `it rests on this: ${text}`, file, range, obligation: obligation.id }));
  return { assumptions, diagnostics };
}
