/** Checks one unit: context, toolchain, inputs hashed before and after, names weighed both ways. Never rejects for what a tool does. */
import type { Obligation, ObligationResult, Toolchain } from '../../../toolchains/contract.ts';
import { createContext, type UnitRun } from './context.ts';
import { settle, type Settled } from './settle.ts';

export interface UnitCheck extends Omit<UnitRun, 'onDiscover' | 'onReport'> {
  readonly toolchain: Toolchain;
  /** Hashes of the unit's inputs as they were when the key was made. */
  readonly hashesBefore: ReadonlyMap<string, string>;
  /** Hashes them again; paths that are gone are absent from the answer. */
  readonly hashAgain: (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Told for the lanes and the progress line; the verdict is not final before the unit ended. */
  readonly onLive?: (result: ObligationResult) => void;
}

export async function checkUnit(check: UnitCheck): Promise<Settled[]> {
  const reported = new Map<string, ObligationResult>();
  const discovered: Obligation[] = [];
  const context = createContext({
    ...check,
    onDiscover: (obligation) => { discovered.push(obligation); },
    onReport: (result) => { reported.set(result.obligation, result); check.onLive?.(result); },
  });
  let thrown: string | undefined;
  try {
    await check.toolchain.check(context);
  } catch (error) {
    if (!check.signal.aborted) thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  try {
    return settle({
      asked: check.asked, discovered, reported, cancelled: check.signal.aborted, ...(thrown === undefined ? {} : { thrown }),
      changed: await changedInputs(check, context.hashes),
    });
  } finally {
    await context.dispose();
  }
}

/** Paths whose bytes are not those of the key: at the end of the run, or as the toolchain read them in between. */
async function changedInputs(check: UnitCheck, read: ReadonlyMap<string, string>): Promise<string[]> {
  const paths = [...check.hashesBefore.keys(), ...(check.unit.inputs.absent ?? [])];
  const after = await check.hashAgain(paths);
  const changed = new Set<string>();
  for (const path of paths) if (after.get(path) !== check.hashesBefore.get(path)) changed.add(path);
  for (const [path, hash] of read) {
    const before = check.hashesBefore.get(path);
    if (before !== undefined && before !== hash) changed.add(path);
  }
  return [...changed].sort();
}
