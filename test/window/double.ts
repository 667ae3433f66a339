/**
 * A test double of the engine behind the window: answers the contract's requests from a recorded ledger and plays a run.
 * Every answer and event goes through the contract's own validation on the window's side.
 */
import type { BridgeEvent, LedgerRow, Problem, RequestInput, RequestName, RequestOutput, Settings } from '../../app/contract.ts';
import type { LedgerJson } from '../../app/engine/report/schema.ts';
import { entriesOf, proofEvent, reportOf, texts, trustOf } from './proofs.ts';
import { detailFrom, doctorFrom, planFrom, problemsFrom, recordedLedger, REPOSITORY, rowFrom, RUN } from './recorded.ts';

type Answers = { readonly [Name in RequestName]?: (input: RequestInput<Name>) => RequestOutput<Name> | Promise<RequestOutput<Name>> };
export class Refused extends Error { constructor(readonly problem: Problem) { super(problem.message); } }

export interface Double {
  readonly ledger: LedgerJson;
  rows: LedgerRow[];
  readonly asked: { readonly name: RequestName; readonly input: unknown }[];
  /** Replaces or adds answers. */
  answers: Answers;
  send(events: readonly BridgeEvent[]): void;
  deliver: (message: unknown) => void;
  receive(message: unknown): Promise<void>;
}

export const SETTINGS: Settings = { theme: 'light', fontSize: 13, cores: 0, memoryMb: 4096, effort: 1, verifyOn: 'ask', live: true, notifyAfterSeconds: 30, keys: {}, firstRunDone: true };

export function createDouble(settings: Partial<Settings> = {}): Double {
  const ledger = recordedLedger();
  const kept = new Map<string, RequestOutput<'state.load'>['value']>();
  let now: Settings = { ...SETTINGS, ...settings };
  const limits = { wallSeconds: 10, memoryMb: 4096, effort: 1 };
  const run = (id: string, startedAt: string) => ({ run: id, root: ledger.root, startedAt, seconds: 50, outcome: 'finished' as const, command: ['verify', '.'], limits, commit: '6de6ff639dd0' });
  const page = (from: number, count: number) => ({ revision: 1, total: double.rows.length, from, rows: double.rows.slice(from, from + count) });
  const detail = (id: string) => {
    const one = ledger.obligations.find((obligation) => obligation.id === id) ?? ledger.obligations[0]!;
    return detailFrom(one, double.rows.find((row) => row.id === id) ?? double.rows[0]!, ledger);
  };
  const built: Answers = {
    'app.info': () => ({ version: '0.1.0', transport: 'web', platform: 'linux', home: '/home/user/.assay', versions: { node: '20.20.2' }, cores: 2, memoryMb: 24_105, can: { chooseFiles: false, revealFiles: false, git: true }, toolchains: [] }),
    'settings.get': () => now,
    'settings.set': (change) => (now = { ...now, ...change }),
    'state.load': ({ name }) => ({ value: kept.get(name) ?? null }),
    'state.save': ({ name, value }) => { kept.set(name, value); return {}; },
    'repository.recent': () => ({
      repositories: [{ path: '/home/user/filter-bank', name: 'filter-bank', kind: 'folder', openedAt: '2026-11-24T16:40:00Z', exists: true }, { path: '/home/user/old.zip', name: 'old.zip', kind: 'archive', openedAt: '2026-10-02T09:12:00Z', exists: false }],
      samples: [{ id: 'mixed', name: 'One queue, five languages', line: 'A bounded queue in Verilog, Dafny, Verus, Lean and SMT' }, { id: 'smt', name: 'smt', line: 'Questions to SMT solvers' }, { id: 'verilog', name: 'verilog', line: 'A FIFO, a timer and an arbiter' }, { id: 'dafny', name: 'dafny', line: 'Search, sums and what is trusted' }],
    }),
    'repository.list': () => ({ repositories: [] }),
    'repository.open': () => planFrom(ledger, double.rows),
    'repository.plan': () => planFrom(ledger, double.rows),
    'repository.close': () => ({}), 'repository.forget': () => ({}),
    'trust.grant': () => ({ ...planFrom(ledger, double.rows), trust: { granted: true, possible: true } }),
    'trust.revoke': () => planFrom(ledger, double.rows),
    'ledger.rows': ({ from, count }) => page(from, count),
    'run.rows': ({ from, count }) => page(from, count),
    'ledger.detail': ({ obligation }) => detail(obligation),
    'ledger.problems': () => { const problems = problemsFrom(ledger); return { problems, total: problems.length }; },
    'run.start': () => ({ run: RUN, state: 'running', startedAt: new Date().toISOString(), total: double.rows.length, counts: {} }),
    'run.cancel': () => ({}), 'run.focus': () => ({}),
    'run.list': () => ({ runs: [run(RUN, '2026-11-25T10:57:00Z'), run('run-1', '2026-11-24T18:02:00Z')] }),
    'run.compare': () => {
      const red = double.rows.filter((row) => row.verdict.kind === 'refuted').map((after) => ({ before: { ...after, verdict: { kind: 'proved' as const } }, after }));
      return { before: run('run-1', '2026-11-24T18:02:00Z'), after: run(RUN, '2026-11-25T10:57:00Z'), worse: true, unchanged: 50, newlyFailing: red, lost: [], newlyProved: [], otherwiseChanged: [], added: [], removed: [], newAssumptions: [], goneAssumptions: [], slower: red.map((pair) => ({ ...pair, ratio: 2.5 })), faster: [], tools: [], caveats: ['The limits differ: effort 0 before, 1 after'] };
    },
    'prove.start': () => proofEvent(double.rows, 'running').proof, 'prove.cancel': () => ({}), 'prove.reject': () => ({}),
    'prove.read': () => ({ goals: [] }),
    'prove.candidate': () => texts,
    'prove.accept': () => ({ kind: 'written', files: [{ path: 'dafny/sum.dfy', sha256: '1'.repeat(64) }] }), 'prove.undo': () => ({ kind: 'written', files: [{ path: 'dafny/sum.dfy', sha256: '0'.repeat(64) }] }),
    'ledger.assumptions': () => trustOf(ledger),
    'justify.entries': ({ reviewer, reason }) => entriesOf(reviewer, reason), 'justify.append': () => ({ kind: 'written', sha256: '2'.repeat(64) }),
    'report.make': () => reportOf(ledger).made,
    'report.read': ({ offset, length }) => { const { content } = reportOf(ledger); return { total: content.length, base64: content.subarray(offset, offset + length).toString('base64') }; },
    'output.read': () => { const text = 'unsat\n; 12 conflicts, 40 propagations\n'; return { total: text.length, base64: Buffer.from(text).toString('base64') }; },
    'files.tree': () => ({ files: [...new Set(double.rows.map((row) => row.file))].map((path) => ({ path, bytes: 1000, toolchains: [] })) }),
    'files.find': ({ query }) => ({ matches: double.rows.slice(0, 30).map((row, index) => ({ file: row.file, line: index + 1, column: 1, length: query.text.length, text: `  assert ${query.text};` })), files: 12, searched: 40, more: false }),
    'lanes.read': () => lanesOf(double.rows),
    'doctor.read': () => doctorFrom(ledger),
    'install.list': () => ({ recipes: [{ tool: 'z3', version: '4.13.3', installed: false }, { tool: 'verus', version: '0.2026.06.07', installed: false, note: 'needs rustup' }, { tool: 'dafny', version: '4.11.0', installed: true }], jobs: [] }),
    'install.start': ({ tool }) => ({ job: 'job-1', tool, version: '1', state: 'fetch', bytes: 4_000_000, totalBytes: 12_000_000, secondsLeft: 9 }),
  };
  const double: Double = {
    ledger, rows: ledger.obligations.map((one) => rowFrom(one, ledger)), asked: [], answers: {}, deliver: () => undefined,
    send: (events) => { double.deliver({ type: 'events', events }); },
    async receive(message) {
      const { type, id, name, input } = message as { type: string; id: number; name: RequestName; input: never };
      if (type !== 'request') return;
      double.asked.push({ name, input });
      const answer = (double.answers[name] ?? built[name]) as ((input: never) => unknown) | undefined;
      try {
        if (!answer) throw new Refused({ kind: 'unsupported', message: `the double has no answer to ${name}` });
        double.deliver({ type: 'answer', id, value: await answer(input) });
      } catch (error) {
        double.deliver({ type: 'refusal', id, problem: error instanceof Refused ? error.problem : { kind: 'internal', message: String(error) } });
      }
    },
  };
  return double;
}

/** Two lanes that took the rows in turn, a gap in between. */
function lanesOf(rows: readonly LedgerRow[]): RequestOutput<'lanes.read'> {
  const ends = [0, 0];
  const spans = rows.filter((row) => row.seconds > 0).map((row, index) => {
    const lane = index % 2, startedAt = ends[lane]! + (index === 6 ? 1.5 : 0.02);
    ends[lane] = startedAt + row.seconds;
    return { lanes: [`core ${lane}`], label: `${row.by?.split(' ')[0] ?? row.toolchain} ${row.file}`, obligations: [row.id], startedAt, endedAt: ends[lane]!, outcome: 'finished' as const };
  });
  return { lanes: ['core 0', 'core 1'], spans, gaps: [{ lane: 'core 0', reason: 'memory', startedAt: spans[4]!.endedAt, endedAt: spans[6]!.startedAt }], running: [{ lanes: ['core 1'], label: 'yosys-smtbmc verilog/fifo.sby', obligations: [rows[3]!.id], startedAt: ends[1]!, memoryMb: 210, ending: false }], now: Math.max(...ends) + 2, dropped: 0 };
}

export { REPOSITORY };
