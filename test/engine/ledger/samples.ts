/** Obligations, attempts and results for the tests of the store. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Attempt, Limits, Obligation, ObligationResult } from '../../../toolchains/contract.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';
import type { UnitRecord } from '../../../app/engine/ledger/results.ts';
import type { LedgerEntry, RunDescription } from '../../../app/engine/ledger/types.ts';

export const limits: Limits = { wallSeconds: 10, memoryMb: 4096, effort: 1 };

export function description(root = '/repository'): RunDescription {
  return { command: ['assay', 'verify', root], root, limits, startedAt: new Date().toISOString() };
}

export function obligation(name: string): Obligation {
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 12 } };
  return { id: `smt:${name}.smt2#check-sat-1`, project: `smt:${name}.smt2`, toolchain: 'smt', symbol: 'check-sat-1', kind: 'check-sat', file: `${name}.smt2`, range, assumptions: [], assumptionScope: 'exact' };
}

export function attempt(output: string | Buffer = 'unsat\n', over: Partial<Attempt> = {}): Attempt {
  const content = Buffer.from(output);
  return {
    tool: 'z3', toolVersion: '4.8.12', fingerprint: 'print-z3', argv: ['/usr/bin/z3', 'a.smt2'], cwd: '/tmp/private', env: { PATH: '/usr/bin' },
    exit: { code: 0, signal: null, reason: 'exited' }, limits, startedAt: '2026-11-05T10:00:00.000Z', seconds: 0.01, peakMemoryMb: 12,
    outputs: [{ name: 'stdout', content, bytes: content.length, truncated: false }], said: { kind: 'proved', answer: 'unsat' }, ...over,
  };
}

export function result(name: string, verdict: Verdict = { kind: 'proved', answer: 'unsat' }, attempts: readonly Attempt[] = [attempt(`unsat ${name}\n`)]): ObligationResult {
  return { obligation: obligation(name).id, verdict, diagnostics: [], attempts, confirmed: [], seconds: 0.01, memoryMb: 12 };
}

export function entry(name: string, verdict?: Verdict, attempts?: readonly Attempt[]): LedgerEntry {
  return { obligation: obligation(name), result: result(name, verdict, attempts), stale: false, cached: false, at: '2026-11-05T10:00:00.000Z', inputs: [{ path: `${name}.smt2`, sha256: 'ab'.repeat(32) }] };
}

export function unitRecord(name: string, verdict?: Verdict, attempts?: readonly Attempt[], over: Partial<UnitRecord> = {}): UnitRecord {
  return { unit: `smt:${name}.smt2`, unitKey: `key-${name}`, limits, toolSet: 'tools', entries: [entry(name, verdict, attempts)], ...over };
}

/** A closed connection lets go of its file when its statements are collected: as the end of a process would. */
export async function letGo(): Promise<void> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  await new Promise(setImmediate);
}
