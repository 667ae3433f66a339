/** Answers about obligations, from the rows of the session and the store. */
import type { ProblemRow } from '../../contract.ts';
import type { Diagnostic } from '../../../toolchains/contract.ts';
import { usersOf } from '../../../toolchains/graph.ts';
import type { LedgerEntry } from '../../engine/ledger/types.ts';
import { outputHash } from '../../engine/ledger/outputs.ts';
import { obligationJson } from '../../engine/report/json.ts';
import { sessionOf, type Answers, type HostState } from '../answers.ts';
import { assumptionsOf, assumptionViews, signaturesOf } from '../assumptions.ts';
import { openRow, rowOf, witnessOf } from '../rows.ts';
import { refuse } from '../refusal.ts';
import type { RepositorySession } from '../session.ts';

const PROBLEMS_SHOWN = 5_000;

export function ledgerAnswers(state: HostState): Answers<'ledger'> {
  return {
    'ledger.rows': ({ repository, from, count }) => {
      const session = sessionOf(state, repository);
      const rows = session.orderedRows();
      return { revision: session.rowsRevision, total: rows.length, from, rows: rows.slice(from, from + count) };
    },
    'ledger.detail': ({ repository, obligation: id, run }) => {
      const session = sessionOf(state, repository);
      const planned = session.opened.plan.obligations.find((one) => one.id === id);
      const found = session.entry(id, run);
      const entry = found && planned ? { ...found, obligation: planned } : found ?? (planned && neverRun(planned));
      if (!entry) refuse('input', 'There is no such obligation in this repository', 'It may have been renamed: look at the ledger');
      const { obligation } = entry;
      const row = run === undefined ? session.rows.get(id) ?? rowOf(entry, session.kindOf) : found ? rowOf(entry, session.kindOf) : openRow(obligation, session.kindOf, 'that run did not reach it');
      const unit = session.units.find((one) => one.unit.obligations.includes(id));
      const wanted = new Set(obligation.assumptions);
      return {
        row, obligation: obligationJson(entry, session.toolchain(obligation.toolchain)),
        ...(unit ? { unit: { id: unit.unit.id, label: unit.unit.label, obligations: unit.unit.obligations.length, executesCode: unit.unit.executesCode } } : {}),
        assumptions: assumptionViews(session, [...session.opened.plan.assumptions.filter((one) => wanted.has(one.id)), ...(entry.result.assumptions ?? [])]),
        history: state.engine.parts.store.history(id, session.root).map(({ voided, ...item }) => ({ ...item, ...(voided ? { voided: voided.reason } : {}) })),
        uses: [...(obligation.uses ?? [])], usedBy: usersOf(session.opened.plan.obligations).get(id) ?? [],
        ...(run !== undefined ? { run } : runOf(session, id)),
      };
    },
    'ledger.assumptions': ({ repository }) => {
      const session = sessionOf(state, repository);
      return { assumptions: assumptionViews(session, assumptionsOf(session)), signatures: signaturesOf(session) };
    },
    'ledger.problems': ({ repository }) => {
      const session = sessionOf(state, repository);
      const problems: ProblemRow[] = session.opened.plan.diagnostics.map((one) => copyOf(one));
      for (const row of session.rows.values()) {
        if (row.stale !== undefined) continue;
        for (const diagnostic of session.diagnosticsOf(row.id)) problems.push({ ...copyOf(diagnostic), obligation: row.id, toolchain: row.toolchain, symbol: row.symbol, file: diagnostic.file ?? row.file, range: diagnostic.range ?? row.range });
      }
      const order = { error: 0, warning: 1, info: 2 } as const;
      problems.sort((a, b) => order[a.severity] - order[b.severity]);
      return { problems: problems.slice(0, PROBLEMS_SHOWN), total: problems.length };
    },
    'ledger.marks': ({ repository, file }) => {
      const session = sessionOf(state, repository);
      const rows = session.orderedRows().filter((row) => row.file === file);
      const hash = rows.map((row) => session.evidence.get(row.id)?.inputs.find((input) => input.path === file)?.sha256).find((one) => one !== undefined);
      const obligations = rows.map((row) => {
        const entry = session.evidence.has(row.id) ? session.entry(row.id) : undefined;
        const { verdict } = entry?.result ?? {};
        const counterexample = verdict && 'counterexample' in verdict ? verdict.counterexample : undefined;
        return {
          row, entry,
          parts: (entry?.result.parts ?? []).map((part) => ({ label: part.label, kind: part.verdict.kind, ...(part.range ? { range: part.range } : {}), ...('reason' in part.verdict && part.verdict.reason !== undefined ? { reason: part.verdict.reason } : {}) })),
          values: (counterexample?.values ?? []).filter((value) => value.file === undefined || value.file === file).map(({ name, value, step, line }) => ({ name, value, ...(step === undefined ? {} : { step }), ...(line === undefined ? {} : { line }) })),
        };
      });
      return {
        ...(hash === undefined ? {} : { sha256: hash }),
        obligations: obligations.map(({ entry: _entry, ...mark }) => mark),
        diagnostics: [
          ...session.opened.plan.diagnostics.filter((one) => one.file === file),
          ...obligations.flatMap(({ row, entry }) => (entry?.result.diagnostics ?? []).map((one) => ({ ...one, obligation: row.id })).filter((one) => (one.file ?? row.file) === file)),
        ].map(copyOf),
        assumptions: assumptionViews(session, session.opened.plan.assumptions.filter((one) => one.file === file)),
      };
    },
    'ledger.graph': ({ repository }) => {
      const { plan } = sessionOf(state, repository).opened;
      const names = new Map(plan.projects.map((project) => [project.id, project.name]));
      const modules = new Map<string, { id: string; label: string; toolchain: string; file?: string; obligations: number }>();
      for (const { project, toolchain, file } of plan.obligations) {
        const id = `${project} ${file}`;
        const known = modules.get(id) ?? { id, label: file || names.get(project) || project, toolchain, file, obligations: 0 };
        known.obligations += 1;
        modules.set(id, known);
      }
      const ids = new Set(plan.obligations.map((one) => one.id)), assumed = new Set(plan.assumptions.map((one) => one.id));
      return {
        modules: [...modules.values()],
        nodes: [
          ...plan.obligations.map(({ id, symbol, project, file }) => ({ id, label: symbol, module: `${project} ${file}`, type: 'obligation' as const })),
          ...plan.assumptions.map(({ id, kind, file, toolchain }) => ({ id, label: kind, module: [...modules.values()].find((one) => one.file === file && one.toolchain === toolchain)?.id ?? file, type: 'assumption' as const })),
        ],
        edges: plan.obligations.flatMap(({ id, uses, assumptions }) => [
          ...(uses ?? []).filter((to) => ids.has(to)).map((to) => ({ from: id, to, type: 'uses' as const })),
          ...assumptions.filter((to) => assumed.has(to)).map((to) => ({ from: id, to, type: 'rests-on' as const })),
        ]),
        unknown: [...new Set(plan.obligations.filter((one) => one.uses === undefined).map((one) => one.toolchain))],
      };
    },
  };
}

function neverRun(obligation: LedgerEntry['obligation']): LedgerEntry {
  const verdict = { kind: 'not-run', reason: 'nothing of it has run yet' } as const;
  return { obligation, stale: false, cached: false, at: '', inputs: [], result: { obligation: obligation.id, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 } };
}

function runOf(session: RepositorySession, id: string): { run?: string } {
  const from = session.evidence.get(id)?.from;
  return from && 'run' in from ? { run: from.run } : {};
}

function copyOf(diagnostic: Diagnostic): ProblemRow {
  const { notes, ...rest } = diagnostic;
  return { ...rest, ...(notes ? { notes: notes.map((note) => ({ ...note })) } : {}) };
}

export function witnessAnswers(state: HostState): Answers<'witness'> & Answers<'output'> {
  // Read in pieces, one after the other: unpacked once.
  let last: { readonly sha256: string; readonly content: Buffer } | undefined;
  return {
    'witness.find': ({ repository, obligation, run }) => {
      const entry = sessionOf(state, repository).entry(obligation, run);
      const wanted = entry && witnessOf(entry);
      const output = wanted && entry.result.attempts.flatMap((attempt) => attempt.outputs).find((one) => one.name === wanted.name);
      if (!wanted || !output) return {};
      return { witness: { name: output.name, sha256: outputHash(output), bytes: output.bytes, truncated: output.truncated, ...(wanted.failingStep === undefined ? {} : { failingStep: wanted.failingStep }) } };
    },
    'output.read': ({ sha256, offset, length }) => {
      const content = last?.sha256 === sha256 ? last.content : state.engine.parts.store.readOutput(sha256);
      if (!content) refuse('input', 'This output is not in the store any more', 'Run the obligation again');
      last = offset + length < content.length ? { sha256, content } : undefined;
      return { total: content.length, base64: content.subarray(offset, offset + length).toString('base64') };
    },
  };
}
