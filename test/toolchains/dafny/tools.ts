/** The Dafny of this machine for tests: on PATH, or in the folder where .ci/run installs it. */
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Limits, ObligationResult } from '../../../toolchains/contract.ts';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { checkFolder, temporaryFolder, toolsOf, type Checked, type CheckOptions } from '../check-context.ts';

export const DAFNY_PATH = [process.env.PATH ?? '', join(homedir(), '.assay-dafny')].join(delimiter);
export const tools = await toolsOf(dafny, DAFNY_PATH);
export const hasDafny = tools.some((tool) => tool.id === 'dafny') && tools.some((tool) => tool.id === 'z3');

/** A machine under load starts Dafny in twenty seconds. */
export const SLOW_MS = 240_000;

export interface Told extends Checked {
  /** By symbol. */
  readonly by: Readonly<Record<string, ObligationResult>>;
  /** Kind, or "kind: reason". */
  readonly words: Readonly<Record<string, string>>;
  /** Kinds of the assumptions that each symbol rests on, sorted. */
  readonly trust: Readonly<Record<string, readonly string[]>>;
}

export async function told(files: Readonly<Record<string, string | Buffer>>, options: CheckOptions & { readonly effort?: Limits['effort'] } = {}): Promise<Told> {
  const folder = await temporaryFolder(files);
  try {
    return tell(await checkFolder(dafny, folder.root, { tools, ...options, limits: { wallSeconds: 20, effort: options.effort ?? 1, ...options.limits } }));
  } finally {
    await folder.dispose();
  }
}

export function tell(checked: Checked): Told {
  const symbols = new Map(checked.obligations.map((obligation) => [obligation.id, obligation.symbol]));
  const assumptions = new Map(checked.outlines.flatMap((outline) => outline.assumptions).map((one) => [one.id, one.kind]));
  const by = Object.fromEntries(checked.results.map((result) => [symbols.get(result.obligation) ?? result.obligation, result]));
  const words = Object.fromEntries(Object.entries(by).map(([symbol, { verdict }]) => {
    const reason = 'reason' in verdict && verdict.kind !== 'nothing-to-prove' ? verdict.reason : undefined;
    return [symbol, reason === undefined ? verdict.kind : `${verdict.kind}: ${reason}`];
  }));
  const trust = Object.fromEntries(checked.obligations.map((obligation) => [obligation.symbol, obligation.assumptions.map((id) => assumptions.get(id) ?? id).sort()]));
  return { ...checked, by, words, trust };
}
