/** A recorded ledger of the samples (real tools, 2 cores), as the window's contract has it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerRow, ObligationDetail, PlanView, ProblemRow, RequestOutput } from '../../app/contract.ts';
import type { LedgerJson } from '../../app/engine/report/schema.ts';
import { VERDICT_MEANINGS } from '../../app/contract/verdict-words.ts';

export const REPOSITORY = '0123456789abcdef';
export const RUN = 'run-2';

export function recordedLedger(): LedgerJson {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/window/samples-ledger.json'), 'utf8')) as LedgerJson;
}

type ObligationJson = LedgerJson['obligations'][number];

export function rowFrom(one: ObligationJson, ledger: LedgerJson): LedgerRow {
  const { counterexample, ...verdict } = one.verdict;
  const kinds = new Map(ledger.assumptions.map((assumption) => [assumption.id, assumption.kind]));
  return {
    id: one.id, project: one.project, toolchain: one.toolchain, symbol: one.symbol, kind: one.kind, file: one.file, range: one.range, verdict,
    sentence: verdict.reason ?? VERDICT_MEANINGS[verdict.kind], asExpected: one.expected?.includes(verdict.kind) === true, cached: one.cached, confirmed: one.confirmed.length,
    assumptions: one.assumptions.map((id) => kinds.get(id) ?? 'assumption'), assumptionScope: one.assumptionScope, seconds: one.seconds, memoryMb: one.memoryMb,
    values: (counterexample?.values.length ?? 0) > 0, trace: counterexample?.witness !== undefined,
    ...(one.task === undefined ? {} : { task: one.task }),
    ...(one.evidence ? { at: one.evidence.startedAt, by: `${one.evidence.tool.id} ${one.evidence.tool.version}` } : {}),
  };
}

export function detailFrom(one: ObligationJson, row: LedgerRow, ledger: LedgerJson): ObligationDetail {
  const at = one.evidence?.startedAt ?? ledger.started;
  return {
    row, obligation: one, assumptions: ledger.assumptions.filter((assumption) => one.assumptions.includes(assumption.id)).map((assumption) => ({ ...assumption, supports: 1 })),
    history: [{ run: RUN, kind: one.verdict.kind, seconds: one.seconds, memoryMb: one.memoryMb, at, cached: one.cached }, { run: 'run-1', kind: 'timeout', seconds: 10, memoryMb: 100, at: ledger.started, cached: false }],
    uses: [], usedBy: [], run: RUN,
  };
}

export function problemsFrom(ledger: LedgerJson): ProblemRow[] {
  return ledger.obligations.flatMap((one) => one.diagnostics.map((diagnostic) => ({ ...diagnostic, obligation: one.id, toolchain: one.toolchain, symbol: one.symbol })));
}

const CAPABILITIES = { perSymbol: true, counterexamples: true, goals: false, certificates: true, resourceLimit: true, bounded: true };
const TOOLCHAINS = [['smt', 'SMT-LIB'], ['sat', 'SAT'], ['verilog', 'Verilog'], ['dafny', 'Dafny'], ['verus', 'Verus'], ['lean', 'Lean 4']] as const;
const USERS: Readonly<Record<string, string>> = { z3: 'smt', cvc5: 'smt', 'z3-embedded': 'smt', cadical: 'sat', minisat: 'sat', yosys: 'verilog', dafny: 'dafny' };

export function toolchainsFrom(ledger: LedgerJson): PlanView['toolchains'] {
  return TOOLCHAINS.map(([toolchain, name]) => {
    const tools = ledger.tools.filter((tool) => USERS[tool.id] === toolchain).map((tool) => ({ ...tool }));
    const lacking = toolchain === 'verus' || toolchain === 'lean';
    return { toolchain, name, ready: !lacking, tools, missing: lacking ? [{ id: toolchain, why: `${name} is not on PATH`, remedy: `./assay install ${toolchain}`, install: toolchain }] : [], capabilities: CAPABILITIES, strategies: toolchain === 'dafny' ? [{ name: 'bounds', summary: 'bounds of changing integers' }, { name: 'postconditions', summary: 'claims with a limit replaced by an index' }] : [] };
  });
}

export function planFrom(ledger: LedgerJson, rows: readonly LedgerRow[]): PlanView {
  const count = (of: (row: LedgerRow) => boolean): number => rows.filter(of).length;
  return {
    repository: REPOSITORY, revision: 1, root: ledger.root, origin: ledger.root, name: 'samples', kind: 'folder', writable: true, empty: false,
    commit: { hash: '6de6ff639dd0a1b2c3d4e5f60718293a4b5c6d7e', branch: 'main', dirty: false }, trust: { granted: false, possible: true },
    projects: ledger.projects.map((project) => ({ ...project, files: 1, obligations: count((row) => row.project === project.id) })),
    obligations: rows.length, units: rows.length, assumptions: ledger.assumptions.length,
    byToolchain: TOOLCHAINS.map(([toolchain]) => ({ toolchain, projects: ledger.projects.filter((project) => project.toolchain === toolchain).length, obligations: count((row) => row.toolchain === toolchain), units: count((row) => row.toolchain === toolchain) })),
    toolchains: toolchainsFrom(ledger), executes: [{ project: 'verilog:verilog/timer.sby', file: 'verilog/timer.sby', line: 7, what: 'pycode in the job file' }],
    sandbox: { kind: 'bubblewrap', version: '0.8.0', path: '/usr/bin/bwrap' }, expected: { seconds: 50, memoryMb: 640, known: 30, of: 56, cores: 2 }, known: 12,
    uncovered: ledger.uncovered.map((one) => ({ ...one })), uncoveredCount: ledger.uncovered.length, other: [{ ending: '.md', count: 5 }], diagnostics: [], notices: [],
  };
}

export function doctorFrom(ledger: LedgerJson): RequestOutput<'doctor.read'> {
  return {
    version: '0.1.0', node: '20.20.2', home: '/home/user/.assay', platform: 'linux-x64', cores: 2, memoryMb: 24_105, toolchains: toolchainsFrom(ledger),
    sandbox: { kind: 'bubblewrap', version: '0.8.0', path: '/usr/bin/bwrap' }, notices: [], text: 'assay 0.1.0\nz3 4.8.12 /usr/bin/z3',
  };
}
