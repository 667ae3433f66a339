/**
 * Solver versions that are known to answer `unsat` where there is a model. Their `unsat` is believed only
 * with a second engine of another build; their `sat` counts as a witness only when the model was checked.
 */
import type { Tool } from '../contract.ts';
import { compareVersions } from '../locate.ts';

export interface KnownUnsound {
  readonly tool: string;
  /** Versions from … to, both included. */
  readonly from: string;
  readonly to: string;
  readonly source: string;
}

export const KNOWN_UNSOUND: readonly KnownUnsound[] = [
  {
    tool: 'z3', from: '4.8.12', to: '4.8.12',
    source: 'Z3Prover/z3test 3929b67, regressions/issues/5467.smt2 and three more of its files: expected sat or unknown, 4.8.12 says unsat',
  },
];

export function knownUnsound(tool: Pick<Tool, 'id' | 'version'>): KnownUnsound | undefined {
  return KNOWN_UNSOUND.find((entry) => entry.tool === tool.id && compareVersions(tool.version, entry.from) >= 0 && compareVersions(tool.version, entry.to) <= 0);
}
