/** Which engines are tried on a script, and in which order. */
import type { Limits, Tool } from '../contract.ts';
import { compareVersions } from '../locate.ts';
import { EMBEDDED_ID } from './embedded-location.ts';
import { embeddedTakes } from './embedded.ts';
import { engineFor } from './engines.ts';
import type { Script } from './script.ts';
import { knownUnsound } from './unsound.ts';

export interface Entrant { readonly tool: Tool; readonly seed: number }

/**
 * From runs of 35 files over seven engines (recorded/portfolio-tables.txt): z3 is the best single engine, cvc5 solves
 * what it does not (the best pair), on bit-vectors bitwuzla is first and boolector close. The embedded engine starts
 * warm but thinks some two to five times slower than the native one.
 */
const GENERAL = ['z3', 'cvc5', 'yices', 'mathsat', 'z3-embedded', 'bitwuzla', 'boolector'];
const BIT_VECTORS = ['bitwuzla', 'z3', 'boolector', 'cvc5', 'yices', 'mathsat', 'z3-embedded'];
const isBitVectorLogic = (logic: string | undefined): boolean => logic !== undefined && /^QF_A?(?:UF)?BV$/.test(logic);

/** Different seeds change the search, not the answer; more than these have not paid. */
const EXTRA_SEEDS = [17, 42];

export function entrants(script: Script, tools: readonly Tool[], effort: Limits['effort']): readonly Entrant[] {
  const order = isBitVectorLogic(script.logic) ? BIT_VECTORS : GENERAL;
  const rank = (tool: Tool): number => order.indexOf(tool.id) < 0 ? order.length : order.indexOf(tool.id);
  const fit = tools.filter((tool) => tool.unfit === undefined && takes(script, tool));
  // Among versions of one solver: believed alone first, then the newest.
  const sorted = [...fit].sort((a, b) => rank(a) - rank(b) || soundness(a) - soundness(b) || compareVersions(b.version, a.version));
  if (effort === 0) {
    const first = sorted.find((tool) => !knownUnsound(tool)) ?? sorted[0];
    return first ? [{ tool: first, seed: 0 }] : [];
  }
  const newestOnly = sorted.filter((tool, index) => sorted.findIndex((other) => other.id === tool.id) === index);
  if (effort < 3) return newestOnly.map((tool) => ({ tool, seed: 0 }));
  const seeded = sorted.filter((tool) => tool.id === 'z3' || tool.id === 'cvc5').flatMap((tool) => EXTRA_SEEDS.map((seed) => ({ tool, seed })));
  return [...sorted.map((tool) => ({ tool, seed: 0 })), ...seeded];
}

function takes(script: Script, tool: Tool): boolean {
  if (tool.id === EMBEDDED_ID) return embeddedTakes(script);
  return engineFor(tool.id)?.takes(script, tool) ?? false;
}

function soundness(tool: Tool): number { return knownUnsound(tool) ? 1 : 0; }
