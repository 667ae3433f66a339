/** Ledgers made up for tests of what reads ledgers. Everything has a default; a test names what it is about. */
import type { Assumption, Attempt, Limits, Obligation, ObligationResult, Tool } from '../../toolchains/contract.ts';
import type { Verdict } from '../../toolchains/verdict.ts';
import type { Ledger, LedgerEntry, RunRecord } from '../../app/engine/ledger/types.ts';

export const LIMITS: Limits = { wallSeconds: 10, memoryMb: 4096, effort: 1 };

export interface EntryDetails {
  readonly file?: string;
  readonly line?: number;
  readonly symbol?: string;
  readonly seconds?: number;
  readonly flags?: Partial<Pick<LedgerEntry, 'stale' | 'cached' | 'voided' | 'at'>>;
  readonly obligation?: Partial<Obligation>;
  readonly result?: Partial<ObligationResult>;
  /** "z3 4.8.12" or "yosys 0.23 z3 4.8.12". */
  readonly by?: string;
}

export function entry(verdict: Verdict, details: EntryDetails = {}): LedgerEntry {
  const { file = 'a.smt2', line = 1, symbol = 'check-sat 1', seconds = 0.01, by = 'z3 4.8.12' } = details;
  const id = `smt:${file}#${symbol}`;
  const start = { line, column: 1 };
  return {
    obligation: {
      id, project: `smt:${file}`, toolchain: 'smt', symbol, kind: 'check-sat', file, range: { start, end: start },
      assumptions: [], assumptionScope: 'exact', ...details.obligation,
    },
    result: {
      obligation: id, verdict, diagnostics: [], attempts: by === '' ? [] : [attempt(by, seconds)], confirmed: [], seconds, memoryMb: 10, ...details.result,
    },
    stale: false, cached: false, at: '2026-01-02T03:04:05.000Z', inputs: [], ...details.flags,
  };
}

function attempt(by: string, seconds: number): Attempt {
  const [tool = '', toolVersion = '', solver, solverVersion = ''] = by.split(' ');
  return {
    tool, toolVersion, fingerprint: by, argv: [tool], cwd: '/', env: {}, exit: { code: 0, signal: null, reason: 'exited' }, limits: LIMITS,
    startedAt: '2026-01-02T03:04:05.000Z', seconds, peakMemoryMb: 10, outputs: [],
    ...(solver === undefined ? {} : { solver: { id: solver, version: solverVersion, fingerprint: solver } }),
  };
}

export function assumption(kind: string, details: Partial<Assumption> = {}): Assumption {
  const start = { line: 1, column: 1 };
  return { id: `verilog:a.v:${kind}`, toolchain: 'verilog', kind, file: 'a.v', range: { start, end: start }, text: kind, ...details };
}

export function tool(id: string, version: string, details: Partial<Tool> = {}): Tool {
  return { id, version, path: `/usr/bin/${id}`, sha256: '0', fingerprint: `${id} ${version}`, embedded: false, ...details };
}

export function ledger(entries: readonly LedgerEntry[], details: Partial<Omit<Ledger, 'run' | 'entries'>> & { readonly run?: Partial<RunRecord> } = {}): Ledger {
  const { run, ...rest } = details;
  return {
    run: {
      id: 'run-1', command: ['verify', '.'], root: '/repository', limits: LIMITS, startedAt: '2026-01-02T03:04:05.000Z',
      endedAt: '2026-01-02T03:04:07.000Z', seconds: 1.25, outcome: 'finished', ...run,
    },
    machine: { platform: 'linux-x64', cores: 2 }, tools: [tool('z3', '4.8.12')], projects: [], entries, assumptions: [], uncovered: [], ...rest,
  };
}
